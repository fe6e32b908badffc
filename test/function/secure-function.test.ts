import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CODE, stackWith } from './fixtures';
import { Concurrency, SecureDefaults, SecureFunction } from '../../src';


test('a function with no options of ours has a timeout, a reservation and a role without managed policies', () => {
  const stack = stackWith();
  new SecureFunction(stack, 'Handler', CODE);

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 10, ReservedConcurrentExecutions: 10 });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

describe('memory', () => {
  test.each([128, 10_240])('%d MiB is accepted', memorySize => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', { ...CODE, memorySize });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { MemorySize: memorySize });
  });

  test.each([127, 10_241, 128.5])('%d MiB is a fault', memorySize => {
    expect(() => new SecureFunction(stackWith(), 'Handler', { ...CODE, memorySize })).toThrow(/`memorySize` is `[\d.]+` \(allowed: whole MiB/);
  });

  test('is written down where nobody set it, and comes from the defaults of the scope', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Handler', CODE);
    SecureDefaults.set(stack, { memorySize: 512 });
    new SecureFunction(stack, 'Larger', CODE);
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { MemorySize: 128 }, 1);
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { MemorySize: 512 }, 1);
  });
});

test('all faults come in one error, each with the value, what is allowed and what to change', () => {
  expect(() => new SecureFunction(stackWith(), 'Handler', {
    ...CODE,
    timeout: Duration.seconds(0),
    memorySize: 64,
    concurrency: Concurrency.unreserved(''),
  })).toThrow([
    'Stack/Handler has 3 faults:',
    '  - `timeout` is `0 seconds` (allowed: whole seconds from 1 s to 900 s): set what the function needs, such as `Duration.seconds(10)`',
    '  - `memorySize` is `64` (allowed: whole MiB from 128 to 10240): set what the function needs, such as `memorySize: 256`',
    '  - `Concurrency.unreserved` is `` (allowed: a reason of at least 10 characters): say why the weaker setting is acceptable here',
  ].join('\n'));
});
