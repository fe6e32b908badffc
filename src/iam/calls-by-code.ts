import { executionRole } from './execution-roles';
import { Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { functionOf } from '../model/lambda/function-of';
import { triggers } from '../model/lambda/triggers';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** What a function's role allows, and its code would call. */
export interface GrantedCall {
  readonly action: string;
  readonly statement: Statement;
}

/**
 * What Lambda calls with a function's role to read from an event source.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
const POLLS = /^(dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)|kinesis:(Describe.*|Get.*|List.*|SubscribeToShard)|secretsmanager:(DescribeSecret|GetSecretValue)|sqs:(ChangeMessageVisibility|DeleteMessage|GetQueue.*|ReceiveMessage))$/;

/** Reading of streams that comes with grants to read tables. */
const WITH_TABLES = /^dynamodb:(GetRecords|GetShardIterator)$/;

/** Each action that the role of a function allows for its code, not for Lambda to read event sources or to hand over results. */
export function callsByCode(app: AppModel, fn: Resource): readonly GrantedCall[] {
  const forLambda = callsByLambda(app, fn);
  return (executionRole(app, fn)?.written ?? []).filter(statement => statement.allows === 'yes' && !statement.actions.negated).flatMap(statement =>
    statement.actions.each.flatMap(({ text: action }) => action === undefined || forLambda({ action, statement }) ? [] : [{ action, statement }]));
}

/** Tells which calls Lambda makes with the role of a function. */
export function callsByLambda(app: AppModel, fn: Resource): (call: GrantedCall) => boolean {
  const isPolled = triggers(app).of(fn).some(({ invocation }) => invocation === 'polling');
  const destinations = destinationsByFunction(app).get(fn) ?? new Set();
  const handsOver = (statement: Statement) => {
    const named = statement.resources.each.flatMap(resource => resource.targets);
    return named.length > 0 && named.every(target => destinations.has(target));
  };
  return ({ action, statement }) => WITH_TABLES.test(action) || isPolled && POLLS.test(action) || destinations.size > 0 && handsOver(statement);
}

/** Where Lambda sends what functions return or fail to process. */
const destinationsByFunction = view(app => {
  const found = new Map<Resource, Set<Resource>>();
  const add = (fn: Resource | undefined, ...values: readonly Value[]) => {
    if (!fn) return;
    const known = found.get(fn) ?? new Set();
    values.flatMap(value => value.targets).forEach(target => known.add(target));
    found.set(fn, known);
  };
  for (const fn of app.ofType('AWS::Lambda::Function')) add(fn, fn.get('DeadLetterConfig.TargetArn'));
  for (const config of app.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')) {
    add(functionOf(config.get('FunctionName')), config.get('DestinationConfig.OnFailure.Destination'), config.get('DestinationConfig.OnSuccess.Destination'));
  }
  return found;
});
