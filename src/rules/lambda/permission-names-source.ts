import { functionPolicies } from '../../iam/function-policies';
import { serviceOf } from '../../iam/principal';
import { namesSource, namesSourceAccount } from '../../iam/source-conditions';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const permissionNamesSource = defineRule({
  id: 'lambda/permission-names-source',
  severity: Severity.HIGH,
  summary: 'A service may run a function on behalf of a named source alone',
  rationale: 'The service does what its customers ask for. Without a source, any customer in any account who knows the name of the function can have it run, with input of their choice.',
  remedy: 'Name the ARN of what calls, or the account it belongs to. For S3 name the account in any case, since the name of a deleted bucket is anybody\'s.',
  fix: 'fn.addPermission(\'Topic\', { principal: new iam.ServicePrincipal(\'sns.amazonaws.com\'), sourceArn: topic.topicArn });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  ],
  peers: { 'checkov': ['CKV_AWS_364'], 'Trivy': ['AWS-0067'], 'cfn-lint': ['W3663'], 'Guard Rules Registry': ['LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'] },
  compliance: { securityHub: ['Lambda.1'], nist80053: ['AC-3', 'AC-4', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    sourceless: {
      type: 'strings',
      description: 'Services whose constructs in the CDK can name no source',
      pattern: /^[a-z0-9-]+$/,
      default: ['elasticloadbalancing', 'secretsmanager', 'edgelambda', 'replicator'],
    },
  },

  *check(app, { sourceless }) {
    for (const statement of functionPolicies(app)) {
      const services = statement.principals.filter(({ type }) => type === 'Service').flatMap(({ value }) => serviceOf(value) ?? []);
      if (statement.allows === 'no' || services.length === 0 || services.every(service => sourceless.includes(service))) continue;
      const bucket = services.includes('s3');
      yield {
        resource: statement.origin.resource,
        property: statement.at('Condition'),
        holds: bucket ? namesSourceAccount(statement) : namesSource(statement),
        message: () => `\`${services.join(', ')}\` may run the function on behalf of anybody, expected ${bucket ? 'the account of the bucket' : 'the ARN or the account of the source'}`,
        reasons: () => statement.origin.resource.get('FunctionName').targets.map(target => ({ resource: target, text: `which ${target} is open by` })),
      };
    }
  },
});
