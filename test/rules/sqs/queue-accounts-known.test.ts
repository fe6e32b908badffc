import { queueAccountsKnown } from '../../../src/rules/sqs/queue-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

testRule(queueAccountsKnown, accountCases({
  resources: statement => ({
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [statement] } } },
  }),
  action: 'sqs:SendMessage',
  found: { at: 'Stack/Policy', property: 'PolicyDocument.Statement.0.Principal', reasons: ['this is a policy of Stack/Queue'] },
}));
