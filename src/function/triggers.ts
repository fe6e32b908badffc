import { CfnResource, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { perSynth } from './per-synth';
import { constructsIn, pathMarker, textWithPaths } from './references';

/** How long a trigger waits for the function that it invoked. */
export interface Wait {
  readonly seconds: number;
  /** What happens after that time, to complete "which ...". */
  readonly then: string;
}

/** Something in the app that invokes a function. */
export interface Trigger {
  readonly resource: CfnResource;
  readonly kind: 'api' | 'asynchronous' | 'cognito' | 'queue' | 'state-machine' | 'stream';
  /** Absent where the trigger waits as long as any function can run, or where it can't be known. */
  readonly wait?: Wait;
}

/** All that invokes `fn`, itself or through a version or an alias, as far as this app shows. Ask only once the tree is complete. */
export function triggersOf(fn: lambda.Function): readonly Trigger[] {
  return indexOf(fn.node.root).get(fn.node.defaultChild as CfnResource) ?? [];
}

/** The triggers of `fn` that hand over an event and don't wait for the answer. */
export function asynchronousTriggersOf(fn: lambda.Function): CfnResource[] {
  return triggersOf(fn).filter(({ kind }) => kind === 'asynchronous').map(({ resource }) => resource);
}

/** Whether a trigger invokes `target`, a function, version or alias, by its own name. */
export function invokes(trigger: CfnResource, target: IConstruct): boolean {
  const reader = READERS[trigger.cfnResourceType];
  return reader !== undefined && [...constructsIn(reader.functions(trigger), trigger)].includes(target);
}

/** The event source mappings through which `fn` reads a Kinesis or DynamoDB stream. */
export function streamSourcesOf(fn: lambda.Function): CfnResource[] {
  return triggersOf(fn).filter(({ kind }) => kind === 'stream').map(({ resource }) => resource);
}

/** Reads one type of resource: the properties that name a function, and what they say about it. */
interface TriggerReader {
  readonly functions: (resource: any) => unknown;
  readonly read: (resource: any, fn: CfnResource) => Omit<Trigger, 'resource'> | undefined;
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const READERS: Record<string, TriggerReader> = {
  'AWS::Lambda::EventSourceMapping': {
    functions: (mapping: lambda.CfnEventSourceMapping) => mapping.functionName,
    read: readEventSource,
  },
  'AWS::Lambda::Permission': {
    functions: (permission: lambda.CfnPermission) => permission.functionName,
    read: ({ principal }: lambda.CfnPermission) => isAsynchronous(principal) ? { kind: 'asynchronous' } : undefined,
  },
  'AWS::Scheduler::Schedule': {
    functions: (schedule: scheduler.CfnSchedule) => (schedule.target as scheduler.CfnSchedule.TargetProperty).arn,
    read: () => ({ kind: 'asynchronous' }),
  },
  'AWS::ApiGateway::Method': {
    functions: (method: apigateway.CfnMethod) => (method.integration as apigateway.CfnMethod.IntegrationProperty | undefined)?.uri,
    read: ({ integration }: apigateway.CfnMethod) =>
      api((integration as apigateway.CfnMethod.IntegrationProperty).timeoutInMillis ?? 29_000),
  },
  'AWS::ApiGatewayV2::Integration': {
    functions: (integration: apigatewayv2.CfnIntegration) => integration.integrationUri,
    read: ({ timeoutInMillis }: apigatewayv2.CfnIntegration) => api(timeoutInMillis ?? 29_000),
  },
  'AWS::ApiGateway::Authorizer': {
    functions: (authorizer: apigateway.CfnAuthorizer) => authorizer.authorizerUri,
    read: () => api(29_000),
  },
  'AWS::ApiGatewayV2::Authorizer': {
    functions: (authorizer: apigatewayv2.CfnAuthorizer) => authorizer.authorizerUri,
    read: () => api(10_000),
  },
  'AWS::Cognito::UserPool': {
    functions: (pool: cognito.CfnUserPool) => pool.lambdaConfig,
    read: () => ({ kind: 'cognito', wait: { seconds: 5, then: 'tries again and then fails the sign-in' } }),
  },
  'AWS::StepFunctions::StateMachine': {
    functions: (machine: stepfunctions.CfnStateMachine) => machine.definitionString ?? machine.definition,
    read: readStateMachine,
  },
};

function api(milliseconds: unknown): Omit<Trigger, 'resource'> {
  if (typeof milliseconds !== 'number' || Token.isUnresolved(milliseconds)) return { kind: 'api' };
  return { kind: 'api', wait: { seconds: milliseconds / 1000, then: 'answers the caller with an error' } };
}

/** Service principals that invoke asynchronously, by https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html */
const ASYNCHRONOUS_PRINCIPALS = new Set([
  'cloudformation', 'codecommit', 'config', 'events', 'iot', 'logs', 's3', 'ses', 'sns', 'scheduler',
].map(service => `${service}.amazonaws.com`));

function isAsynchronous(principal: string): boolean {
  return ASYNCHRONOUS_PRINCIPALS.has(principal) || /^logs\..*amazonaws\.com$/.test(principal);
}

function readEventSource(mapping: lambda.CfnEventSourceMapping): Omit<Trigger, 'resource'> | undefined {
  const [source] = constructsIn(mapping.eventSourceArn, mapping);
  const arn = mapping.eventSourceArn;
  const type = CfnResource.isCfnResource(source) ? source.cfnResourceType : undefined;
  if (type === 'AWS::SQS::Queue') {
    const visibility = (source as sqs.CfnQueue).visibilityTimeout ?? 30;
    return Token.isUnresolved(visibility)
      ? { kind: 'queue' }
      : { kind: 'queue', wait: { seconds: visibility, then: 'hands the same messages to another execution' } };
  }
  if (type === 'AWS::Kinesis::Stream' || type === 'AWS::DynamoDB::Table' || type === 'AWS::DynamoDB::GlobalTable'
    || (arn && !Token.isUnresolved(arn) && /^arn:[^:]+:(kinesis|dynamodb):/.test(arn))) {
    const age = mapping.maximumRecordAgeInSeconds;
    return age === undefined || Token.isUnresolved(age) || age < 0
      ? { kind: 'stream' }
      : { kind: 'stream', wait: { seconds: age, then: 'drops the records as too old' } };
  }
  return undefined;
}

/** The shortest `TimeoutSeconds` of the tasks that invoke the function. */
function readStateMachine(machine: stepfunctions.CfnStateMachine, fn: CfnResource): Omit<Trigger, 'resource'> {
  const timeouts = taskTimeouts(parse(textWithPaths(machine.definitionString ?? '', machine)), pathMarker(fn));
  return timeouts.length === 0
    ? { kind: 'state-machine' }
    : { kind: 'state-machine', wait: { seconds: Math.min(...timeouts), then: 'fails the task' } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a definition that isn't in the template, or not JSON yet: no verdict
  }
}

function taskTimeouts(state: unknown, marker: string): number[] {
  if (typeof state !== 'object' || state === null) return [];
  const { Type, Resource, Parameters, Arguments, TimeoutSeconds } = state as Record<string, any>;
  const target = [Resource, Parameters?.FunctionName, Arguments?.FunctionName].some(each => String(each ?? '').startsWith(marker));
  const own = Type === 'Task' && target && typeof TimeoutSeconds === 'number' ? [TimeoutSeconds] : [];
  return [...own, ...Object.values(state).flatMap(inner => taskTimeouts(inner, marker))];
}

type TriggerIndex = Map<CfnResource, Trigger[]>;
/** One walk for all functions of the app. */
const indexOf = perSynth(root => triggersIn(root.node.findAll()));

/** The triggers among `constructs`, by the function that they invoke. */
export function triggersIn(constructs: readonly IConstruct[]): TriggerIndex {
  const index: TriggerIndex = new Map();
  for (const resource of constructs.filter(CfnResource.isCfnResource)) {
    const reader = READERS[resource.cfnResourceType];
    if (!reader) continue;
    for (const fn of functionsBehind(reader.functions(resource), resource)) {
      const trigger = reader.read(resource, fn);
      if (trigger) index.set(fn, [...index.get(fn) ?? [], { resource, ...trigger }]);
    }
  }
  return index;
}

/** The functions that `value` names, through versions and aliases. */
export function functionsBehind(value: unknown, scope: IConstruct): CfnResource[] {
  return [...constructsIn(value, scope)].filter(CfnResource.isCfnResource).flatMap(target => {
    if (target.cfnResourceType === 'AWS::Lambda::Function') return [target];
    if (target.cfnResourceType === 'AWS::Lambda::Alias' || target.cfnResourceType === 'AWS::Lambda::Version') {
      return functionsBehind((target as lambda.CfnAlias | lambda.CfnVersion).functionName, target);
    }
    return [];
  });
}
