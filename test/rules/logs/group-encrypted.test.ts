import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { SecureFunction } from '../../../src';
import { groupEncrypted } from '../../../src/rules/logs/group-encrypted';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const found = (key: string, at = 'Stack/Group') => [{ at, property: 'KmsKeyId', message: `the key is \`${key}\`, expected a customer managed key` }];

testRule(groupEncrypted, {
  valid: {
    'a key of the app': { app: stack => void new logs.LogGroup(stack, 'Group', { encryptionKey: new kms.Key(stack, 'Key') }) },
    'a function of this library': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a key that a parameter brings': {
      sections: { Parameters: { Key: { Type: 'String' } } },
      resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { Ref: 'Key' } } } },
      findings: found('${parameter Key}'),
    },
  },
  invalid: { 'a group as the CDK makes it': { app: stack => void new logs.LogGroup(stack, 'Group'), findings: found('(not set)', 'Stack/Group/Resource') } },
});
