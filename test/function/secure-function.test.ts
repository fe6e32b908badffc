import { Match, Template } from 'aws-cdk-lib/assertions';
import { CODE, stackWith } from './fixtures';
import { SecureFunction } from '../../src';


test('a function with no options of ours has a timeout, a reservation and a role without managed policies', () => {
  const stack = stackWith();
  new SecureFunction(stack, 'Handler', CODE);

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 10, ReservedConcurrentExecutions: 10 });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});
