import { topicAccountsKnown } from '../../../src/rules/sns/topic-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

testRule(topicAccountsKnown, accountCases({
  resources: statement => ({
    Topic: { Type: 'AWS::SNS::Topic' },
    Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [statement] } } },
  }),
  action: 'sns:Publish',
  found: { at: 'Stack/Policy', property: 'PolicyDocument.Statement.0.Principal', reasons: ['this is a policy of Stack/Topic'] },
}));
