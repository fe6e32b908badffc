import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { tableRecoverable } from '../../../src/rules/dynamodb/table-recoverable';
import { testRule } from '../rule-tester';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const found = (property: string, recovery: string, at: string) => [{ at, property, message: `point-in-time recovery is \`${recovery}\`, expected \`true\`` }];

testRule(tableRecoverable, {
  valid: {
    'a table': { app: stack => void new dynamodb.Table(stack, 'Table', { partitionKey, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }) },
    'a global table': { app: stack => void new dynamodb.TableV2(stack, 'Table', { partitionKey, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }) },
  },
  unknown: {
    'replicas that a parameter brings': {
      sections: { Parameters: { Replicas: { Type: 'String' } } },
      resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: { Ref: 'Replicas' } } } },
      findings: found('Replicas.0.PointInTimeRecoverySpecification', '${parameter Replicas}', 'Stack/Table'),
    },
  },
  invalid: {
    'a table as the CDK makes it': {
      app: stack => void new dynamodb.Table(stack, 'Table', { partitionKey }),
      findings: found('PointInTimeRecoverySpecification', '(not set)', 'Stack/Table/Resource'),
    },
    'the one replica of two that has none': {
      resources: {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }, { Region: 'eu-west-1' }] },
        },
      },
      findings: found('Replicas.1.PointInTimeRecoverySpecification', '(not set)', 'Stack/Table'),
    },
  },
});
