import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { environmentEncrypted } from '../../../src/rules/lambda/environment-encrypted';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const fn = (properties: object) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: properties } });
const variables = { Environment: { Variables: { STAGE: 'prod' } } };
const found = (key: string, at = 'Stack/Fn') => [{
  at, property: 'KmsKeyArn', message: `the key of the environment variables is \`${key}\`, expected a customer managed key`,
}];

testRule(environmentEncrypted, {
  valid: {
    'a function without variables': { resources: fn({}) },
    'no variables in the end': { resources: fn({ Environment: { Variables: {} } }) },
    'a function of this library': { app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, environment: { STAGE: 'prod' } }) },
    'a key of the app': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, environment: { A: 'b' }, environmentEncryption: new kms.Key(stack, 'Key') }) },
    'a key by its ARN': { resources: fn({ ...variables, KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234' }) },
  },
  unknown: {
    'a key that a parameter brings': {
      sections: { Parameters: { Key: { Type: 'String' } } },
      resources: fn({ ...variables, KmsKeyArn: { Ref: 'Key' } }),
      findings: found('${parameter Key}'),
    },
  },
  invalid: {
    'the key of the service, since none is named': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, environment: { A: 'b' } }),
      findings: found('(not set)', 'Stack/Fn/Resource'),
    },
    'the key of the service by name': {
      resources: fn({ ...variables, KmsKeyArn: { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:111122223333:alias/aws/lambda' } }),
      findings: found('arn:aws:kms:${AWS::Region}:111122223333:alias/aws/lambda'),
    },
  },
});
