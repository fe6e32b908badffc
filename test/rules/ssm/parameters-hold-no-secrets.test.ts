import { SecretValue } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { parametersHoldNoSecrets } from '../../../src/rules/ssm/parameters-hold-no-secrets';
import { testRule } from '../rule-tester';

const parameter = (properties: object) => ({ Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } } });
const found = (message: string) => [{ at: 'Stack/Parameter', property: 'Value', message: `${message}, expected the ARN of a secret` }];

testRule(parametersHoldNoSecrets, {
  valid: {
    'configuration': { resources: parameter({ Name: '/orders/table', Value: 'orders-table-2024' }) },
    'the ARN of a secret, under the name of one': {
      app: stack => void new ssm.StringParameter(stack, 'P', { parameterName: '/orders/db-secret', stringValue: new secretsmanager.Secret(stack, 'S').secretArn }),
    },
    'a parameter without a value': { resources: parameter({}) },
  },
  unknown: {
    'a value that deployment brings, under the name of a token': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: parameter({ Name: '/orders/api-token', Value: { Ref: 'Given' } }),
      findings: found('`${parameter Given}` is known at deployment only, and its name promises a credential'),
    },
  },
  invalid: {
    'a password under its name': {
      resources: parameter({ Name: '/orders/db-password', Value: 'Summer' + '2024!' }),
      findings: found('`Su... (11 characters)` looks like the credential that its name promises'),
    },
    'a key, whatever its name': {
      resources: parameter({ Value: 'AKIA' + 'IOSFODNN7EXAMPLE' }),
      findings: found('`AKIA... (20 characters)` looks like an AWS access key id'),
    },
    'a secret that is fetched from where it was kept well': {
      app: stack => void new ssm.StringParameter(stack, 'P', { stringValue: SecretValue.secretsManager('orders/db').unsafeUnwrap() }),
      findings: [{
        at: 'Stack/P/Resource',
        property: 'Value',
        message: '`{{resolve:secretsmanager:orders/db:SecretString:::}}` is fetched at deployment and stored in plain text, expected the ARN of a secret',
      }],
    },
  },
});
