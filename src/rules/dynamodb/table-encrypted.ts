import { isCustomerKey } from '../../model/kms/customer-key';
import { all } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const tableEncrypted = defineRule({
  id: 'dynamodb/table-encrypted',
  severity: Severity.LOW,
  summary: 'Tables are encrypted with a key of AWS KMS that the account can see',
  rationale: 'DynamoDB always encrypts, by default with a key of its own that nobody can audit, restrict or revoke. With a key of AWS KMS, CloudTrail shows who used it; with a customer managed one, its policy says who may.',
  remedy: 'Switch on encryption with AWS KMS, best with a customer managed key.',
  fix: `new dynamodb.TableV2(this, 'Table', {
  partitionKey,
  encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
});`,
  references: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html'],
  peers: { checkov: ['CKV_AWS_119'], cfn_nag: ['W74'], Trivy: ['AWS-0025'], Prowler: ['dynamodb_tables_kms_cmk_encryption_enabled'] },
  compliance: {
    nist80053: ['SC-12', 'SC-28', 'SC-28(1)'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },
  options: {
    customerManagedKey: { type: 'boolean', description: 'Whether only a customer managed key will do', default: false },
  },

  *check(app, { customerManagedKey }) {
    for (const table of app.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
      const specification = table.get('SSESpecification');
      const enabled = specification.get('SSEEnabled');
      const message = () => `encryption with AWS KMS is \`${enabled}\`, expected \`true\`${customerManagedKey ? ' and a customer managed key' : ''}`;
      // A global table has a key for each replica.
      const keys = table.type === 'AWS::DynamoDB::Table'
        ? [specification.get('KMSMasterKeyId')]
        : table.get('Replicas').items.map(replica => replica.get('SSESpecification.KMSMasterKeyId'));
      const holds = all([enabled.isTrue, ...customerManagedKey ? keys.map(isCustomerKey) : []]);
      yield { resource: table, property: 'SSESpecification', holds, message };
    }
  },
});
