import { CfnParameter, SecretValue } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { secretPropertiesHoldNoLiterals } from '../../../src/rules/cloudformation/secret-properties-hold-no-literals';
import { RuleCase, testRule } from '../rule-tester';

const connection = (secret: SecretValue): RuleCase['app'] => stack =>
  void new events.Connection(stack, 'Connection', { authorization: events.Authorization.apiKey('x-api-key', secret) });
const found = (at: string, property: string, shown: string) => [{ at, property, message: `the secret is \`${shown}\`, expected a dynamic reference` }];

testRule(secretPropertiesHoldNoLiterals, {
  valid: {
    'a secret that is generated': { app: stack => void new secretsmanager.Secret(stack, 'Secret') },
    'a dynamic reference': { app: connection(SecretValue.secretsManager('partner/key')) },
    'a hidden parameter': { app: stack => connection(SecretValue.cfnParameter(new CfnParameter(stack, 'Key', { noEcho: true })))!(stack, undefined as never) },
    'an empty text': { resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '' } } } },
    'a dynamic reference that names a secret of the app': {
      resources: {
        Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' } } },
        Secret: { Type: 'AWS::SecretsManager::Secret' },
      },
    },
  },
  unknown: {
    'a parameter that isn\'t hidden': {
      app: stack => connection(SecretValue.unsafePlainText(new CfnParameter(stack, 'Key').valueAsString))!(stack, undefined as never),
      findings: found('Stack/Connection/Connection', 'AuthParameters.ApiKeyAuthParameters.ApiKeyValue', '${parameter Key}'),
    },
  },
  invalid: {
    'a key of a connection': { app: connection(SecretValue.unsafePlainText('partner' + '-key-1')), findings: found('Stack/Connection/Connection', 'AuthParameters.ApiKeyAuthParameters.ApiKeyValue', 'par... (13 characters)') },
    'a secret whose value is written': {
      app: stack => void new secretsmanager.Secret(stack, 'Secret', { secretStringValue: SecretValue.unsafePlainText('hunter' + '22') }),
      findings: found('Stack/Secret/Resource', 'SecretString', 'hu... (8 characters)'),
    },
    'a literal for one of two stages': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Dev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } } },
      resources: { Db: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: { 'Fn::If': ['Dev', 'dev' + 'password', '{{resolve:secretsmanager:db}}'] } } } },
      findings: found('Stack/Db', 'MasterUserPassword', 'de... (11 characters)'),
    },
  },
});
