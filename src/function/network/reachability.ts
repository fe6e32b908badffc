import { Annotations, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isEndpoint } from './service-endpoints';
import { AwsService } from '../options/aws-service';
import { Egress } from '../options/egress';

/** A statement as it is rendered. */
interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
}

/** Where the statements are that Lambda itself needs, not the function's code. */
const EXECUTION_POLICIES = ['Execution', 'ExecutionPolicy'];

/**
 * Permissions without a call to a service's own host: checks of other calls, signatures that are made locally for a
 * connection to a database, calls that another service makes for the function, and trace segments, which Lambda sends.
 * Records of DynamoDB streams are here since `grantReadData` allows to read them with or without a stream.
 */
const NO_CALL = new Set([
  'aoss', 'dax', 'dsql', 'elasticfilesystem', 'es', 'kafka', 'kafka-cluster', 'kms', 'neptune-db', 'rds-db', 's3files', 'xray',
  'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'elasticache:Connect', 'iam:PassRole', 'lambda:InvokeFunctionUrl', 'memorydb:Connect', 's3-object-lambda:WriteGetObjectResponse',
]);

/**
 * What Lambda calls with the function's role to read from an event source.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
const POLLS = new Set([
  'dynamodb:DescribeStream', 'dynamodb:ListStreams',
  'kinesis:DescribeStream', 'kinesis:DescribeStreamConsumer', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords',
  'kinesis:GetShardIterator', 'kinesis:ListShards', 'kinesis:ListStreams', 'kinesis:SubscribeToShard',
  'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue',
  'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage',
]);

/** What Lambda calls with the function's role to hand over results and failed events. */
const DELIVERS = new Set(['events', 'lambda', 's3', 'sns', 'sqs']);

/**
 * Holds what a function's role allows against what its network lets it reach: a grant without a way is a timeout at run time,
 * after all tests have passed.
 *
 * Where the answer isn't known there is none: no error on a guess.
 *
 * @param fn function whose connections are restricted to `egress`
 * @param mayReachMore whether the function may reach services that `egress` doesn't name; asked when the tree is complete
 */
export function validateGrants(fn: lambda.Function, egress: Egress, mayReachMore: () => boolean): void {
  if (egress._hosts.some(mayBeAws) || egress._peers.some(({ peers }) => peers.some(isEndpoint))) return;
  fn.node.addValidation({ validate: () => mayReachMore() ? [] : unreachable(fn, egress) });
}

function unreachable(fn: lambda.Function, egress: Egress): string[] {
  const actions: string[] = [];
  const missing = new Map<string, AwsService>();
  const unknown: string[] = [];
  for (const action of actionsOfCode(fn)) {
    const [prefix, name] = action.split(':');
    const takers = AwsService._taking(prefix, name);
    if (takers.length === 0) unknown.push(action);
    if (takers.length === 0 || takers.some(taker => egress._services.some(service => service._name === taker._name))) continue;
    actions.push(action);
    missing.set(takers[0]._name, takers[0]);
  }
  if (unknown.length > 0) {
    Annotations.of(fn).addWarningV2('cdk-secure-serverless:reach-unknown',
      `no service is known here that takes ${quoted(unknown)}, so whether the function reaches it is not checked`);
  }
  if (actions.length === 0) return [];
  return [`the function is granted ${quoted(actions)} and can't reach ${missing.size === 1 ? 'the service' : 'the services'}: `
    + `write \`egress: ${codeFor(egress, [...missing.values()])}\``];
}

/** All actions that the function's role allows and that code would call, without repetition. */
function actionsOfCode(fn: lambda.Function): string[] {
  const statements = statementsOf(fn);
  if (statements.length === 0) return [];
  const sources = eventSources(fn);
  const destinations = destinationsOf(fn);
  const actions = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(statement => {
    const resources = [statement.Resource].flat();
    const named = resources.filter(resource => resource !== '*');
    const onSource = sources.length > 0 && named.every(resource => overlaps(resource, sources));
    const onDestination = named.length > 0 && named.every(resource => overlaps(resource, destinations));
    const literal = [statement.Action ?? []].flat().filter((action): action is string => typeof action === 'string');
    return literal.filter(action => {
      const [prefix, name] = action.split(':');
      return name !== undefined && !NO_CALL.has(prefix) && !NO_CALL.has(action)
        && !(onSource && POLLS.has(action)) && !(onDestination && DELIVERS.has(prefix));
    });
  });
  return [...new Set(actions)];
}

function statementsOf(fn: lambda.Function): Statement[] {
  const role = fn.role as iam.Role | undefined;
  if (!role) return [];
  const policies: iam.Policy[] = role['attachedPolicies']?.policies ?? [];
  const managed: iam.IManagedPolicy[] = role['managedPolicies'] ?? [];
  const documents = [
    ...policies.filter(policy => !EXECUTION_POLICIES.includes(policy.node.id)).map(policy => policy.document),
    ...managed.map(policy => (policy as Partial<iam.ManagedPolicy>).document),
    ...inlinePolicies(fn, role).map(({ policyDocument }) => policyDocument),
  ];
  return documents.flatMap(document => fn.stack.resolve(document)?.Statement ?? []);
}

function inlinePolicies(fn: lambda.Function, role: iam.Role): iam.CfnRole.PolicyProperty[] {
  const policies = (role.node.defaultChild as iam.CfnRole | undefined)?.policies ?? [];
  // By name first: each function has an execution policy, most have no other.
  const others = Array.isArray(policies)
    ? policies.filter(policy => !EXECUTION_POLICIES.includes((policy as iam.CfnRole.PolicyProperty).policyName))
    : policies;
  return fn.stack.resolve(others);
}

/** Queues, streams and secrets that Lambda reads to invoke `fn`. */
function eventSources(fn: lambda.Function): unknown[] {
  return resourcesOf<lambda.CfnEventSourceMapping>(fn, lambda.CfnEventSourceMapping.CFN_RESOURCE_TYPE_NAME).flatMap(mapping => {
    const accesses: lambda.CfnEventSourceMapping.SourceAccessConfigurationProperty[] = fn.stack.resolve(mapping.sourceAccessConfigurations) ?? [];
    return [fn.stack.resolve(mapping.eventSourceArn), ...accesses.map(({ uri }) => uri)].filter(source => source !== undefined);
  });
}

/** Where Lambda sends what `fn` returned or failed to process. */
function destinationsOf(fn: lambda.Function): unknown[] {
  const configs = [
    ...resourcesOf<lambda.CfnEventInvokeConfig>(fn, lambda.CfnEventInvokeConfig.CFN_RESOURCE_TYPE_NAME),
    ...resourcesOf<lambda.CfnEventSourceMapping>(fn, lambda.CfnEventSourceMapping.CFN_RESOURCE_TYPE_NAME),
  ].map(({ destinationConfig }) => fn.stack.resolve(destinationConfig));
  const deadLetters = fn.stack.resolve((fn.node.defaultChild as lambda.CfnFunction).deadLetterConfig)?.targetArn;
  return [...configs.flatMap(config => [config?.onFailure?.destination, config?.onSuccess?.destination]), deadLetters]
    .filter(destination => destination !== undefined);
}

function resourcesOf<T>(fn: lambda.Function, type: string): T[] {
  return fn.node.findAll().filter(child => (child as Partial<lambda.CfnFunction>).cfnResourceType === type) as T[];
}

function overlaps(resource: unknown, others: readonly unknown[]): boolean {
  const own = logicalIds(resource);
  return others.some(other => other === resource || logicalIds(other).some(id => own.includes(id)));
}

/** How the CDK renders strong and weak references to another stack. */
const CROSS_STACK = new Set(['Fn::ImportValue', 'Fn::GetStackOutput']);

/** Logical ids and imports that a rendered value refers to. */
function logicalIds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return String(inner).startsWith('AWS::') ? [] : [inner];
    if (CROSS_STACK.has(key)) return [JSON.stringify(inner)];
    return key === 'Fn::GetAtt' && Array.isArray(inner) ? [inner[0]] : logicalIds(inner);
  });
}

function mayBeAws(host: string): boolean {
  return Token.isUnresolved(host) || ['amazonaws', 'api.aws', 'on.aws'].some(domain => host.includes(domain));
}

function quoted(actions: readonly string[]): string {
  return actions.map(action => `\`${action}\``).join(', ');
}

function codeFor(egress: Egress, missing: readonly AwsService[]): string {
  const services = `Egress.toServices(${[...egress._services, ...missing].map(service => service._code).join(', ')})`;
  const others = egress._hosts.length + egress._peers.length + egress._cidrs.length > 0;
  return others ? `Egress.all(${services}, ...)` : services;
}
