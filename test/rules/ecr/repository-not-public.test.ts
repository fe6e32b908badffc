import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { repositoryNotPublic } from '../../../src/rules/ecr/repository-not-public';
import { testRule } from '../rule-tester';

const repository = (Principal: unknown, more: object = {}) => ({
  Repository: {
    Type: 'AWS::ECR::Repository',
    Properties: { RepositoryPolicyText: { Statement: [{ Effect: 'Allow', Principal, Action: 'ecr:BatchGetImage', ...more }] } },
  },
});
const found = [{
  at: 'Stack/Repository',
  property: 'RepositoryPolicyText.Statement.0.Principal',
  message: '`Allow` of `ecr:BatchGetImage` is granted to everybody, expected named principals or a condition on who asks',
}];
const asking = (key: string, value: unknown) => ({ Condition: { StringEquals: { [key]: value } } });

testRule(repositoryNotPublic, {
  valid: {
    'a repository without a policy': { resources: { Repository: { Type: 'AWS::ECR::Repository' } } },
    'Lambda, which pulls images for its functions': { resources: repository({ Service: 'lambda.amazonaws.com' }) },
    'Lambda for the functions of another account': {
      resources: repository({ Service: 'lambda.amazonaws.com' }, { Condition: { StringLike: { 'aws:sourceARN': 'arn:aws:lambda:eu-west-1:111111111111:function:*' } } }),
    },
    'an account': { resources: repository({ AWS: '111111111111' }) },
    'the account of the stack': { resources: repository({ AWS: { Ref: 'AWS::AccountId' } }) },
    'everybody of the organization': { resources: repository('*', asking('aws:PrincipalOrgID', 'o-a1b2c3d4e5')) },
    'everybody, to whom it is denied': { resources: repository('*', { Effect: 'Deny' }) },
  },
  unknown: {
    'a principal from a parameter': { sections: { Parameters: { Who: { Type: 'String' } } }, resources: repository({ AWS: { Ref: 'Who' } }), findings: found },
  },
  invalid: {
    'everybody': { resources: repository('*'), findings: found },
    'everybody in AWS, among others': { resources: repository({ AWS: ['111111111111', '*'] }), findings: found },
    'everybody who says so': { resources: repository('*', asking('aws:UserAgent', 'ours')), findings: found },
    'everybody by a grant of the CDK': {
      app: stack => new ecr.Repository(stack, 'Repository').grantRead(new iam.AnyPrincipal()),
      findings: [{ ...found[0], at: 'Stack/Repository/Resource', message: '`Allow` of `ecr:DescribeRepositories, ecr:DescribeImages` is granted to everybody, expected named principals or a condition on who asks' }],
    },
  },
});
