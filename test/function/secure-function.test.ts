import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction, SecureFunctionProps } from '../../src';

const CODE: SecureFunctionProps = {
  code: lambda.Code.fromInline('exports.handler = async () => {}'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_22_X,
};

test('a function with no options of ours has a timeout, a reservation and a role without managed policies', () => {
  const stack = new Stack(new App(), 'Stack');
  new SecureFunction(stack, 'Handler', CODE);

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 10, ReservedConcurrentExecutions: 10 });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});
