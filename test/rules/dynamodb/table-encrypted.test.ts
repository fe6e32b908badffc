import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { tableEncrypted } from '../../../src/rules/dynamodb/table-encrypted';
import { testRule } from '../rule-tester';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const table = (specification: unknown) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: specification } } });
const found = (enabled: string, at = 'Stack/Table', more = '') => [{
  at, property: 'SSESpecification', message: `encryption with AWS KMS is \`${enabled}\`, expected \`true\`${more}`,
}];
const strict = { options: { customerManagedKey: true } };

testRule(tableEncrypted, {
  valid: {
    'the key of the service': { app: stack => void new dynamodb.Table(stack, 'Table', { partitionKey, encryption: dynamodb.TableEncryption.AWS_MANAGED }) },
    'a customer managed key': {
      app: stack => void new dynamodb.Table(stack, 'Table', { partitionKey, encryptionKey: new kms.Key(stack, 'Key') }), ...strict,
    },
    'a global table with a customer managed key': {
      app: (_, app) => {
        const stack = new Stack(app, 'Known', { env: { region: 'eu-west-1', account: '111122223333' } });
        new dynamodb.TableV2(stack, 'Table', { partitionKey, encryption: dynamodb.TableEncryptionV2.customerManagedKey(new kms.Key(stack, 'Key')) });
      },
      ...strict,
    },
  },
  unknown: {
    'a switch that a parameter sets': {
      sections: { Parameters: { On: { Type: 'String' } } }, resources: table({ SSEEnabled: { Ref: 'On' } }), findings: found('${parameter On}'),
    },
  },
  invalid: {
    'a table as the CDK makes it': { app: stack => void new dynamodb.Table(stack, 'Table', { partitionKey }), findings: found('(not set)', 'Stack/Table/Resource') },
    'a global table as the CDK makes it': { app: stack => void new dynamodb.TableV2(stack, 'Table', { partitionKey }), findings: found('(not set)', 'Stack/Table/Resource') },
    'a switch that is off': { resources: table({ SSEEnabled: false }), findings: found('false') },
    'the key of the service where a customer managed one is asked for': {
      app: stack => void new dynamodb.TableV2(stack, 'Table', { partitionKey, encryption: dynamodb.TableEncryptionV2.awsManagedKey() }),
      ...strict,
      findings: found('true', 'Stack/Table/Resource', ' and a customer managed key'),
    },
  },
});
