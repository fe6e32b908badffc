import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Each place where recovery is set: once for a table, for each replica of a global one. */
function recoveries(table: Resource): readonly (readonly [property: string, recovery: Value])[] {
  const [specification, enabled] = ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'];
  if (table.type === 'AWS::DynamoDB::Table') return [[specification, table.get(`${specification}.${enabled}`)]];
  return table.get('Replicas').items.map((replica, index) => [`Replicas.${index}.${specification}`, replica.get(`${specification}.${enabled}`)]);
}

export const tableRecoverable = defineRule({
  id: 'dynamodb/table-recoverable',
  severity: Severity.MEDIUM,
  summary: 'Tables can be brought back to any second of the last days',
  rationale: 'A function with a fault, or one that somebody has taken over, overwrites data faster than anybody notices. Without recovery to a point in time, what it overwrote is gone.',
  remedy: 'Switch on point-in-time recovery, for each replica of a global table.',
  fix: `new dynamodb.TableV2(this, 'Table', {
  partitionKey,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
});`,
  references: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html'],
  peers: {
    'cdk-nag': ['AwsSolutions-DDB3'],
    'checkov': ['CKV_AWS_28', 'CKV_AWS_165'],
    'cfn_nag': ['W78'],
    'Trivy': ['AWS-0024'],
    'Prowler': ['dynamodb_tables_pitr_enabled'],
  },
  compliance: {
    securityHub: ['DynamoDB.2'],
    nist80053: ['CP-9', 'CP-10', 'SI-12'],
    hipaa: ['164.308(a)(7)(ii)(A)', '164.308(a)(7)(ii)(B)'],
  },

  *check(app) {
    for (const table of app.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
      for (const [property, recovery] of recoveries(table)) {
        yield { resource: table, property, holds: recovery.isTrue, message: () => `point-in-time recovery is \`${recovery}\`, expected \`true\`` };
      }
    }
  },
});
