import { AppModel } from '../app-model';
import { Resource } from '../resource';
import { Value } from '../value';

/** Whether the caller waits for the answer, Lambda queues the event, or Lambda reads the source and waits itself. */
export type Invocation = 'synchronous' | 'asynchronous' | 'polling';

/**
 * What can invoke functions, and how it does unless a template says otherwise.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export const INVOCATIONS = {
  'alarm': 'asynchronous',
  'appsync': 'synchronous',
  'authorizer': 'synchronous',
  'bedrock': 'synchronous',
  'cloudformation': 'asynchronous',
  'cloudfront': 'synchronous',
  'codepipeline': 'asynchronous',
  'cognito': 'synchronous',
  'config': 'asynchronous',
  'connect': 'synchronous',
  'destination': 'asynchronous',
  'documentdb': 'polling',
  'dynamodb': 'polling',
  'elb': 'synchronous',
  'events': 'asynchronous',
  'firehose': 'synchronous',
  'http-api': 'synchronous',
  'iot': 'asynchronous',
  'kafka': 'polling',
  'kinesis': 'polling',
  'lex': 'synchronous',
  'logs': 'asynchronous',
  'mq': 'polling',
  'object-lambda': 'synchronous',
  'pipes': 'synchronous',
  'rest-api': 'synchronous',
  's3': 'asynchronous',
  'scheduler': 'asynchronous',
  'secretsmanager': 'asynchronous',
  'ses': 'asynchronous',
  'sns': 'asynchronous',
  'sqs': 'polling',
  'states': 'synchronous',
  'unknown-source': 'polling',
  'url': 'synchronous',
  'vpc-lattice': 'synchronous',
  'websocket-api': 'synchronous',
} as const satisfies Record<string, Invocation>;

export type TriggerService = keyof typeof INVOCATIONS;

/** Something of the app that invokes a function. */
export interface Trigger {
  readonly fn: Resource;
  /** The version or alias that is invoked, unless it is the function itself. */
  readonly qualifier?: Resource;
  readonly service: TriggerService;
  readonly invocation: Invocation;
  /** What says so, and by which property: a subscription by its `Endpoint`. */
  readonly resource: Resource;
  readonly property: string;
  /** Where the events come from, where that is a resource of its own: the topic of a subscription. */
  readonly source: Value;
  readonly wait?: Wait;
}

/** How long a trigger waits for a function. */
export interface Wait {
  readonly seconds: Value;
  /** What happens after that time, to complete "which ...". */
  readonly then: string;
}

/** What one property of a resource says about the function that it names. */
export interface TriggerFact {
  readonly names: Value;
  readonly service: TriggerService;
  readonly property: string;
  readonly invocation?: Invocation;
  readonly source?: Value;
  readonly wait?: Wait;
}

/** Reads the properties of one type of resource that name functions. */
export type TriggerReader = (resource: Resource, app: AppModel) => Iterable<TriggerFact>;

/** The elements of a list and the property of each; of one that depends on a condition, all that it may have. */
export function elementsAt(parent: { get(path: string): Value }, path: string, prefix = ''): (readonly [string, Value])[] {
  const list = parent.get(path);
  if (!Array.isArray(list.literal)) return list.items.map(item => [prefix + path, item] as const);
  return list.literal.map((_, index) => [`${prefix}${path}.${index}`, list.get(String(index))] as const);
}

/** A wait of a fixed time. */
export function waits(seconds: number, then: string): Wait {
  return { seconds: Value.known(seconds), then };
}
