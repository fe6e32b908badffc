import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { CODE, stackWith } from './fixtures';
import { BoundedTimeout, SecureDefaults, SecureFunction } from '../../src';

function secured(stack: Stack, timeout?: Duration): lambda.Function {
  return new SecureFunction(stack, 'Handler', { ...CODE, timeout });
}

function timeoutOf(stack: Stack): unknown {
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } });
  return Object.values(functions)[0].Properties.Timeout;
}

const synth = (stack: Stack) => () => Template.fromStack(stack);

/** A trigger, how long it waits, and a way to attach it. */
const TRIGGERS: [string, number, (fn: lambda.Function, stack: Stack) => void][] = [
  ['a REST API', 29, (fn, stack) => {
    new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.LambdaIntegration(fn));
  }],
  ['a REST API with a shorter integration timeout', 7, (fn, stack) => {
    new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.LambdaIntegration(fn, { timeout: Duration.seconds(7) }));
  }],
  ['an HTTP API', 29, (fn, stack) => {
    new apigatewayv2.HttpApi(stack, 'Api', { defaultIntegration: new integrations.HttpLambdaIntegration('Integration', fn) });
  }],
  ['an HTTP API through an alias', 29, (fn, stack) => {
    const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
    new apigatewayv2.HttpApi(stack, 'Api', { defaultIntegration: new integrations.HttpLambdaIntegration('Integration', alias) });
  }],
  ['an authorizer of an HTTP API', 10, (fn, stack) => {
    new apigatewayv2.HttpApi(stack, 'Api', {
      defaultAuthorizer: new authorizers.HttpLambdaAuthorizer('Authorizer', fn),
      defaultIntegration: new integrations.HttpUrlIntegration('Integration', 'https://example.com'),
    });
  }],
  ['a Cognito trigger', 5, (fn, stack) => {
    new cognito.UserPool(stack, 'Users', { lambdaTriggers: { preSignUp: fn } });
  }],
  ['a queue', 30, (fn, stack) => {
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
  }],
  ['a queue with a visibility timeout', 120, (fn, stack) => {
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.minutes(2) })));
  }],
  ['a stream whose records expire', 60, (fn, stack) => {
    fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), {
      startingPosition: lambda.StartingPosition.LATEST,
      maxRecordAge: Duration.minutes(1),
    }));
  }],
  ['a task of a state machine', 20, (fn, stack) => {
    const task = new tasks.LambdaInvoke(stack, 'Task', { lambdaFunction: fn, taskTimeout: stepfunctions.Timeout.duration(Duration.seconds(20)) });
    new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(task) });
  }],
];

describe('a timeout next to triggers', () => {
  test.each(TRIGGERS)('%s waits %d s: as long is accepted', (_, seconds, attach) => {
    const stack = stackWith();
    attach(secured(stack, Duration.seconds(seconds)), stack);
    expect(timeoutOf(stack)).toBe(seconds);
  });

  test.each(TRIGGERS)('%s waits %d s: one second more is an error that names the trigger and the bound', (_, seconds, attach) => {
    const stack = stackWith();
    attach(secured(stack, Duration.seconds(seconds + 1)), stack);
    expect(synth(stack)).toThrow(new RegExp(`timeout\` of ${seconds + 1} s is longer than Stack/.* waits, .* after ${seconds} s \\(expected at most ${seconds} s\\)`));
  });

  test.each(TRIGGERS)('%s waits %d s: the default gives way', (_, seconds, attach) => {
    const stack = stackWith();
    attach(secured(stack), stack);
    expect(timeoutOf(stack)).toBe(Math.min(10, seconds));
  });

  test('each trigger that waits less is reported', () => {
    const stack = stackWith();
    const fn = secured(stack, Duration.seconds(40));
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    new cognito.UserPool(stack, 'Users', { lambdaTriggers: { preSignUp: fn } });
    expect(synth(stack)).toThrow(/expected at most 30 s[^]*expected at most 5 s|expected at most 5 s[^]*expected at most 30 s/);
  });

  test('a trigger of another stack of the app counts', () => {
    const stack = stackWith();
    const fn = secured(stack, Duration.seconds(31));
    const other = new Stack(stack.node.root as App, 'Other');
    new lambda.EventSourceMapping(other, 'Mapping', { target: fn, eventSourceArn: new sqs.Queue(other, 'Queue').queueArn });
    expect(synth(stack)).toThrow(/Other\/Mapping\/Resource waits/);
  });

  test('a trigger that comes after a first synth counts in the next', () => {
    const stack = stackWith();
    const fn = secured(stack, Duration.seconds(31));
    (stack.node.root as App).synth();
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    expect(() => (stack.node.root as App).synth({ force: true })).toThrow(/waits/);
  });
});

describe('no verdict where the wait cannot be known', () => {
  test.each<[string, (fn: lambda.Function, stack: Stack) => void]>([
    ['a queue of another app', fn => {
      fn.addEventSourceMapping('Source', { eventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' });
    }],
    ['a visibility timeout that is a token', (fn, stack) => {
      const visibilityTimeout = Duration.seconds(Lazy.number({ produce: () => 3 }));
      fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue', { visibilityTimeout })));
    }],
    ['a task without a timeout', (fn, stack) => {
      new stepfunctions.StateMachine(stack, 'Machine', {
        definitionBody: stepfunctions.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Task', { lambdaFunction: fn })),
      });
    }],
    ['a definition that is not JSON', (fn, stack) => {
      new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromString(`not JSON ${fn.functionArn}`) });
    }],
  ])('%s', (_, attach) => {
    const stack = stackWith();
    attach(secured(stack, Duration.seconds(900)), stack);
    expect(timeoutOf(stack)).toBe(900);
  });

  test('a timeout that is a token', () => {
    const stack = stackWith();
    const fn = secured(stack, Duration.seconds(Lazy.number({ produce: () => 60 })));
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(60) })));
    expect(timeoutOf(stack)).toBe(60);
  });
});

describe('the visibility timeout that AWS advises', () => {
  const consume = (visibility: number) => {
    const stack = stackWith();
    const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(visibility) });
    secured(stack).addEventSource(new sources.SqsEventSource(queue));
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('expected a visibility timeout of at least 60 s'));
  };
  test('six timeouts are enough', () => expect(consume(60)).toHaveLength(0));
  test('one second less is a warning', () => expect(consume(59)).toHaveLength(1));
});

describe('bounds of the value itself', () => {
  test.each([1, 900])('%d s is accepted', seconds => {
    const stack = stackWith();
    secured(stack, Duration.seconds(seconds));
    expect(timeoutOf(stack)).toBe(seconds);
  });

  test.each([
    ['0 s', Duration.seconds(0)],
    ['901 s', Duration.seconds(901)],
    ['half a second', Duration.millis(500)],
  ])('%s is a fault', (_, timeout) => {
    expect(() => secured(stackWith(), timeout)).toThrow(/Stack\/Handler has 1 fault:\n {2}- `timeout` is `.*` \(allowed: whole seconds from 1 s to 900 s\)/);
  });
});

describe('as a mixin on a plain function', () => {
  test('keeps the timeout that it has', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, timeout: Duration.seconds(42) }).with(new BoundedTimeout());
    expect(timeoutOf(stack)).toBe(42);
  });

  test('gives the default of the scope to one without', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { timeout: Duration.seconds(3) });
    new lambda.Function(stack, 'Handler', CODE).with(new BoundedTimeout());
    expect(timeoutOf(stack)).toBe(3);
  });

  test('its own timeout wins, and the bound is reported once though applied twice', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', CODE).with(new BoundedTimeout(), new BoundedTimeout({ timeout: Duration.seconds(31) })) as lambda.Function;
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    expect(synth(stack)).toThrow(/^Validation failed with the following errors:\n.*\[Stack\/Handler\] `timeout` of 31 s[^\n]*$/);
  });
});

test('pseudo parameters in a definition do not hide its tasks', () => {
  const stack = stackWith();
  const task = new tasks.LambdaInvoke(stack, 'Task', {
    lambdaFunction: secured(stack, Duration.seconds(21)),
    payload: stepfunctions.TaskInput.fromObject({ region: stack.region }),
    taskTimeout: stepfunctions.Timeout.duration(Duration.seconds(20)),
  });
  new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(task) });
  expect(synth(stack)).toThrow(/expected at most 20 s/);
});
