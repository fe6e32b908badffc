import { openings } from '../../iam/anonymous-access';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const repositoryNotPublic = defineRule({
  id: 'ecr/repository-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use a repository of images',
  rationale: 'Everybody with an AWS account may then do with the images what the policy allows: pull them and read the code and whatever else was packed, or push others that functions run once they are deployed.',
  remedy: 'Name the accounts, roles or services that may use the repository, or narrow the statement down by a condition on who asks, such as `aws:PrincipalOrgID`.',
  fix: 'repository.grantPull(new iam.OrganizationPrincipal(\'o-a1b2c3d4e5\'));',
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-ECR1'],
    'checkov': ['CKV_AWS_32'],
    'KICS': ['75be209d'],
    'Trivy': ['AWS-0032'],
    'Prowler': ['ecr_repositories_not_publicly_accessible'],
  },
  compliance: { nist80053: ['AC-3', 'AC-6', 'AC-21', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const repository of app.ofType('AWS::ECR::Repository')) {
      const open = openings(app, repository);
      if (open.length === 0) yield { resource: repository, holds: 'yes', message: () => '' };
      for (const { statement, isOpen } of open) {
        const message = () => `${statement} is granted to everybody, expected named principals or a condition on who asks`;
        yield { resource: repository, property: statement.at('Principal'), holds: not(isOpen), message };
      }
    }
  },
});
