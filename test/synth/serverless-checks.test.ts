import * as fs from 'fs';
import * as path from 'path';
import { App, Aspects, CfnParameter, Duration, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queuesAreFifo, useRules } from './fixtures';
import { FailOn, Profile, SecureFunction, ServerlessChecks, ServerlessRulesProps, Severity } from '../../src';
import { CODE } from '../function/fixtures';

afterEach(() => jest.restoreAllMocks());

const MESSAGE = '`FifoQueue` is `false`, expected `true`. Make it a FIFO queue. (cdk-secure-serverless::sqs/queues-are-fifo)';
const AT_QUEUE = Match.stringLikeRegexp('expected `true`');

/** A stack with a queue, checked. */
function checked(severity: Severity, props?: ServerlessRulesProps): Stack {
  useRules(queuesAreFifo(severity));
  const stack = new Stack(new App(), 'Orders');
  new sqs.Queue(stack, 'Queue');
  Aspects.of(stack.node.root).add(new ServerlessChecks(props));
  return stack;
}

describe('the checks', () => {
  test('put an error on the construct where the finding fails', () => {
    Annotations.fromStack(checked(Severity.HIGH)).hasError('/Orders/Queue/Resource', MESSAGE);
  });

  test('put a warning where it does not', () => {
    const annotations = Annotations.fromStack(checked(Severity.LOW));
    annotations.hasWarning('/Orders/Queue/Resource', AT_QUEUE);
    annotations.hasNoError('*', AT_QUEUE);
  });

  test.each<[string, Severity, ServerlessRulesProps]>([
    ['report only', Severity.CRITICAL, { reportOnly: true }],
    ['advice', Severity.CRITICAL, { profile: Profile.ADVICE }],
    ['failOn', Severity.HIGH, { failOn: FailOn.CRITICAL }],
  ])('fail nothing that does not fail: %s', (_, severity, props) => {
    const annotations = Annotations.fromStack(checked(severity, props));
    annotations.hasNoError('*', AT_QUEUE);
    annotations.hasWarning('/Orders/Queue/Resource', AT_QUEUE);
  });

  test('only inform of what is informational, and of what only deployment can decide', () => {
    useRules(queuesAreFifo(Severity.CRITICAL));
    const stack = new Stack(new App(), 'Orders');
    new sqs.CfnQueue(stack, 'Queue', { fifoQueue: new CfnParameter(stack, 'Fifo').valueAsString as unknown as boolean });
    Aspects.of(stack).add(new ServerlessChecks({ profile: Profile.STRICT }));
    Annotations.fromStack(stack).hasInfo('/Orders/Queue', Match.stringLikeRegexp('^only deployment can tell'));
    Annotations.fromStack(checked(Severity.INFORMATIONAL)).hasInfo('/Orders/Queue/Resource', AT_QUEUE);
  });

  test('tell the same once, however often the app is synthesized', () => {
    const stack = checked(Severity.HIGH);
    const app = stack.node.root as App;
    app.synth();
    app.synth({ force: true });
    expect(Annotations.fromStack(stack).findError('*', AT_QUEUE)).toHaveLength(1);
  });

  test('let the template as it is', () => {
    const template = (check: boolean) => {
      const app = new App();
      const [queues, readers] = ['Queues', 'Readers'].map(id => new Stack(app, id));
      const queue = new sqs.Queue(new NestedStack(queues, 'Nested'), 'Queue');
      const fn = new SecureFunction(readers, 'Reader', { ...CODE, environment: { NAME: queue.queueName } });
      fn.addEventSource(new SqsEventSource(queue));
      if (check) Aspects.of(app).add(new ServerlessChecks());
      const { directory } = app.synth();
      const templates = fs.readdirSync(directory).filter(file => file.endsWith('.template.json')).sort();
      expect(templates).toHaveLength(3);
      return templates.map(file => [file, fs.readFileSync(path.join(directory, file), 'utf8')]);
    };
    expect(template(true)).toEqual(template(false));
  });
});

describe('what is checked', () => {
  const visibility = { only: ['sqs/visibility-covers-timeout'] };
  const AT_VISIBILITY = Match.stringLikeRegexp('messages reappear after `30` s');
  const queueIn = (scope: Construct) => new sqs.Queue(scope, 'Queue', { visibilityTimeout: Duration.seconds(30) });
  const readerIn = (scope: Construct, queue: sqs.IQueue) =>
    new lambda.Function(scope, 'Reader', { ...CODE, timeout: Duration.seconds(20) }).addEventSource(new SqsEventSource(queue));

  test('includes nested stacks', () => {
    const stack = new Stack(new App(), 'Orders');
    const nested = new NestedStack(stack, 'Nested');
    readerIn(stack, queueIn(nested));
    Aspects.of(stack).add(new ServerlessChecks(visibility));
    Annotations.fromStack(stack).hasWarning('/Orders/Nested/Queue/Resource', AT_VISIBILITY);
  });

  test('follows references from one stack to another', () => {
    const app = new App();
    const queues = new Stack(app, 'Queues');
    readerIn(new Stack(app, 'Readers'), queueIn(queues));
    Aspects.of(app).add(new ServerlessChecks(visibility));
    Annotations.fromStack(queues).hasWarning('/Queues/Queue/Resource', AT_VISIBILITY);
  });

  test('is the stack that they are added to, with what others have to do with it', () => {
    const app = new App();
    const [queues, other] = ['Queues', 'Other'].map(id => new Stack(app, id));
    readerIn(new Stack(app, 'Readers'), queueIn(queues));
    readerIn(other, queueIn(other));
    Aspects.of(queues).add(new ServerlessChecks(visibility));
    Annotations.fromStack(queues).hasWarning('/Queues/Queue/Resource', AT_VISIBILITY);
    Annotations.fromStack(other).hasNoWarning('*', AT_VISIBILITY);
  });

  test('is the stage that they are added to, not those below an app', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App();
    const [test, prod] = ['Test', 'Prod'].map(id => new Stage(app, id));
    const [ofApp, ofTest, ofProd] = [app, test, prod].map(scope => new Stack(scope, 'Orders'));
    [ofApp, ofTest, ofProd].forEach(stack => new sqs.Queue(stack, 'Queue'));
    const checks = new ServerlessChecks();
    [app, prod].forEach(scope => Aspects.of(scope).add(checks));
    expect([ofApp, ofTest, ofProd].map(stack => Annotations.fromStack(stack).findError('*', AT_QUEUE).map(({ id }) => id)))
      .toEqual([['/Orders/Queue/Resource'], [], ['/Prod/Orders/Queue/Resource']]);
  });

  test('is a part of a stack if they are added to one', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const stack = new Stack(new App(), 'Orders');
    const [first, second] = ['First', 'Second'].map(id => new Construct(stack, id));
    [first, second].forEach(scope => new sqs.Queue(scope, 'Queue'));
    Aspects.of(second).add(new ServerlessChecks());
    expect(Annotations.fromStack(stack).findError('*', AT_QUEUE).map(({ id }) => id)).toEqual(['/Orders/Second/Queue/Resource']);
  });
});

describe('an acknowledgement', () => {
  test('holds as it does for the validator', () => {
    const stack = checked(Severity.HIGH);
    Validations.of(stack.node.findChild('Queue')).acknowledge({ id: 'cdk-secure-serverless::sqs/queues-are-fifo', reason: 'order is kept elsewhere' });
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });

  test('is a warning if it names no plugin', () => {
    const stack = checked(Severity.HIGH);
    Validations.of(stack.node.findChild('Queue')).acknowledge({ id: 'sqs/queues-are-fifo', reason: 'order is kept elsewhere' });
    const annotations = Annotations.fromStack(stack);
    annotations.hasError('/Orders/Queue/Resource', AT_QUEUE);
    annotations.hasWarning('/Orders/Queue', Match.stringLikeRegexp('names no plugin'));
  });
});

test('a rule that throws is an error on the stack, and hides no other finding', () => {
  useRules(queuesAreFifo(Severity.HIGH), queuesAreFifo(Severity.LOW, { id: 'sqs/throws', check: () => { throw new Error('no such thing'); } }));
  const stack = new Stack(new App(), 'Orders');
  new sqs.Queue(stack, 'Queue');
  Aspects.of(stack).add(new ServerlessChecks());
  const annotations = Annotations.fromStack(stack);
  annotations.hasError('/Orders', Match.stringLikeRegexp('`sqs/throws` failed with `no such thing`'));
  annotations.hasError('/Orders/Queue/Resource', AT_QUEUE);
});

test('a template is still a template for tests', () => {
  Template.fromStack(checked(Severity.CRITICAL)).resourceCountIs('AWS::SQS::Queue', 1);
});

test('bad input names the class', () => {
  expect(() => new ServerlessChecks({ skip: ['nothing'] })).toThrow(/^ServerlessChecks has 1 fault:/);
});
