import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { secretNotPublic } from '../../../src/rules/secretsmanager/secret-not-public';
import { testRule } from '../rule-tester';

const policy = (Principal: unknown, more: object = {}, properties: object = {}) => ({
  Secret: { Type: 'AWS::SecretsManager::Secret' },
  Policy: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: {
      SecretId: { Ref: 'Secret' },
      ResourcePolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more }] },
      ...properties,
    },
  },
});
const found = [{
  at: 'Stack/Policy',
  property: 'ResourcePolicy.Statement.0.Principal',
  message: '`Allow` of `secretsmanager:GetSecretValue` on `*` is granted to everybody, expected named principals or a condition on who asks',
  reasons: ['this is a policy of Stack/Secret'],
}];

testRule(secretNotPublic, {
  valid: {
    'a grant to an account': {
      app: stack => void new Secret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') }).grantRead(new iam.AccountPrincipal('222222222222')),
    },
    'everybody of the organization': { resources: policy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }) },
    'everybody, to whom it is denied': { app: stack => new Secret(stack, 'Secret').denyAccountRootDelete() },
    'everybody, which Secrets Manager refuses': { resources: policy('*', {}, { BlockPublicPolicy: true }) },
  },
  unknown: {
    'everybody, unless a parameter says otherwise': {
      sections: { Parameters: { Block: { Type: 'String' } } }, resources: policy('*', {}, { BlockPublicPolicy: { Ref: 'Block' } }), findings: found,
    },
    'a principal from a parameter': { sections: { Parameters: { Who: { Type: 'String' } } }, resources: policy({ AWS: { Ref: 'Who' } }), findings: found },
  },
  invalid: {
    'everybody': { resources: policy('*'), findings: found },
    'everybody in AWS, among others': { resources: policy({ AWS: ['222222222222', '*'] }), findings: found },
    'everybody, which is not refused': { resources: policy('*', {}, { BlockPublicPolicy: false }), findings: found },
    'everybody for a version': {
      resources: policy('*', { Condition: { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } } }), findings: found,
    },
  },
});
