import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { keyNotPublic } from '../../../src/rules/kms/key-not-public';
import { testRule } from '../rule-tester';

const key = (Principal: unknown, more: object = {}) => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*', ...more }] } } },
});
const found = [{
  at: 'Stack/Key',
  property: 'KeyPolicy.Statement.0.Principal',
  message: '`Allow` of `kms:Decrypt` on `*` is granted to everybody, expected named principals or a condition on who asks',
}];
const asking = (name: string, value: unknown) => ({ Condition: { StringEquals: { [name]: value } } });

testRule(keyNotPublic, {
  valid: {
    'the key that the CDK makes': { app: stack => void new kms.Key(stack, 'Key') },
    'the key of a secret, which the account uses through a service': { app: stack => void new Secret(stack, 'Secret', { encryptionKey: new kms.Key(stack, 'Key') }) },
    'everybody of an account': { resources: key('*', asking('kms:CallerAccount', '111111111111')) },
    'everybody of the organization': { resources: key({ AWS: '*' }, asking('aws:PrincipalOrgID', 'o-a1b2c3d4e5')) },
    'everybody, to whom it is denied': { resources: key('*', { Effect: 'Deny' }) },
    'a key without a policy': { resources: { Key: { Type: 'AWS::KMS::Key' } } },
  },
  unknown: {
    'a principal from a parameter': { sections: { Parameters: { Who: { Type: 'String' } } }, resources: key({ AWS: { Ref: 'Who' } }), findings: found },
  },
  invalid: {
    'everybody': { resources: key('*'), findings: found },
    'everybody in AWS': { resources: key({ AWS: '*' }), findings: found },
    'everybody through a service': { resources: key('*', asking('kms:ViaService', 's3.eu-west-1.amazonaws.com')), findings: found },
    'everybody who says so': { resources: key('*', asking('aws:UserAgent', 'ours')), findings: found },
    'everybody by a grant of the CDK': {
      app: stack => new kms.Key(stack, 'Key').grantDecrypt(new iam.AnyPrincipal()),
      findings: [{ ...found[0], at: 'Stack/Key/Resource', property: 'KeyPolicy.Statement.1.Principal' }],
    },
  },
});
