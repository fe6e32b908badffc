import { isMap } from '../value';
import { addEvents, managedPoliciesOfEvents } from './events';
import { addRole } from './role';
import { allowing, getAtt, listOf, mapOf, only, ref, SamResource, SamResources, textOf, trusting, without } from './sam-resources';

/** What only SAM knows of a function; all else is the same for Lambda. */
const SAM_ONLY = ['CodeUri', 'InlineCode', 'ImageUri', 'Events', 'Policies', 'Role', 'AssumeRolePolicyDocument', 'PermissionsBoundary', 'RolePath',
  'AutoPublishAlias', 'AutoPublishCodeSha256', 'AutoPublishAliasAllProperties', 'VersionDescription', 'VersionDeletionPolicy', 'DeploymentPreference',
  'ProvisionedConcurrencyConfig', 'EventInvokeConfig', 'FunctionUrlConfig', 'DeadLetterQueue', 'Tracing', 'Tags', 'PropagateTags', 'SourceKMSKeyArn'];

/**
 * Writes out `AWS::Serverless::Function`.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function addFunction(resources: SamResources, fn: SamResource): void {
  const { id, properties } = fn;
  const alias = textOf(properties.AutoPublishAlias);
  const destinations = destinationsOf(resources, fn);
  const role = properties.Role ?? getAtt(addRole(resources, fn, {
    trust: trusting('lambda.amazonaws.com'),
    managed: [
      'service-role/AWSLambdaBasicExecutionRole',
      ...traced(properties) ? ['AWSXrayWriteOnlyAccess'] : [],
      ...properties.VpcConfig === undefined ? [] : ['service-role/AWSLambdaVPCAccessExecutionRole'],
      ...managedPoliciesOfEvents(properties.Events),
    ],
    statements: [...listOf(deadLetterGrant(properties.DeadLetterQueue)), ...destinations.grants] as Record<string, unknown>[],
  }), 'Arn');
  resources.add(id, 'AWS::Lambda::Function', {
    ...without(properties, ...SAM_ONLY),
    Code: codeOf(properties),
    Role: role,
    ...traced(properties) ? { TracingConfig: { Mode: properties.Tracing } } : {},
    ...properties.DeadLetterQueue === undefined ? {} : { DeadLetterConfig: only(mapOf(properties.DeadLetterQueue), 'TargetArn') },
    Tags: [...Object.entries(mapOf(properties.Tags)).map(([Key, Value]) => ({ Key, Value })), { Key: 'lambda:createdBy', Value: 'SAM' }],
  }, fn);
  const invoked = alias === undefined ? { arn: getAtt(id, 'Arn'), name: ref(id) } : addAlias(resources, fn, alias);
  addUrl(resources, fn, alias);
  if (properties.EventInvokeConfig !== undefined) {
    resources.add(`${id}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', {
      FunctionName: ref(id),
      Qualifier: alias ?? '$LATEST',
      ...only(mapOf(properties.EventInvokeConfig), 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'),
      DestinationConfig: destinations.config,
    }, fn);
  }
  addEvents(resources, fn, invoked);
}

function traced({ Tracing }: Record<string, unknown>): boolean {
  return Tracing !== undefined && Tracing !== 'Disabled';
}

function codeOf({ InlineCode, ImageUri, CodeUri }: Record<string, unknown>): unknown {
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  if (ImageUri !== undefined) return { ImageUri };
  const { Bucket, Key, Version } = mapOf(CodeUri);
  if (Bucket !== undefined) return { S3Bucket: Bucket, S3Key: Key, ...Version === undefined ? {} : { S3ObjectVersion: Version } };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(textOf(CodeUri) ?? '') ?? [];
  return bucket ? { S3Bucket: bucket, S3Key: key } : { 'Fn::Transform': 'CodeUri' };
}

/** Publishes a version and lets an alias point at it, which everything that triggers the function then invokes. */
function addAlias(resources: SamResources, fn: SamResource, name: string): { readonly arn: unknown; readonly name: unknown } {
  // The real id ends with a hash of the code.
  const version = `${fn.id}Version`;
  const alias = `${fn.id}Alias${name.replace(/[^A-Za-z0-9]/g, '')}`;
  resources.add(version, 'AWS::Lambda::Version', { FunctionName: ref(fn.id) }, fn);
  resources.add(alias, 'AWS::Lambda::Alias', {
    Name: name, FunctionName: ref(fn.id), FunctionVersion: getAtt(version, 'Version'), ...only(fn.properties, 'ProvisionedConcurrencyConfig'),
  }, fn);
  resources.names.set(`${fn.id}.Alias`, alias);
  resources.names.set(`${fn.id}.Version`, version);
  return { arn: ref(alias), name: ref(alias) };
}

function addUrl(resources: SamResources, fn: SamResource, alias: string | undefined): void {
  const config = fn.properties.FunctionUrlConfig;
  if (!isMap(config)) return;
  const target = { TargetFunctionArn: ref(fn.id), ...alias === undefined ? {} : { Qualifier: alias } };
  resources.add(`${fn.id}Url`, 'AWS::Lambda::Url', { ...only(config, 'AuthType', 'Cors', 'InvokeMode'), ...target }, fn);
  if (config.AuthType !== 'NONE') return;
  const everybody = { FunctionName: alias === undefined ? ref(fn.id) : ref(`${fn.id}Alias${alias}`), Principal: '*' };
  resources.add(`${fn.id}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunctionUrl', ...everybody, FunctionUrlAuthType: 'NONE',
  }, fn);
  resources.add(`${fn.id}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', ...everybody, InvokedViaFunctionUrl: true,
  }, fn);
}

function deadLetterGrant(raw: unknown): Record<string, unknown> | undefined {
  const { Type, TargetArn } = mapOf(raw);
  if (TargetArn === undefined) return undefined;
  return allowing([Type === 'SNS' ? 'sns:Publish' : 'sqs:SendMessage'], TargetArn);
}

const GRANT_OF_DESTINATION: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage', SNS: 'sns:Publish', Lambda: 'lambda:InvokeFunction', EventBridge: 'events:PutEvents', S3Bucket: 's3:PutObject',
};

interface Destinations {
  readonly config: Record<string, unknown>;
  readonly grants: readonly Record<string, unknown>[];
}

/** Where results of asynchronous calls go; SAM makes a queue or topic where none is given. */
function destinationsOf(resources: SamResources, fn: SamResource): Destinations {
  const config: Record<string, unknown> = {};
  const grants: Record<string, unknown>[] = [];
  const given = mapOf(mapOf(fn.properties.EventInvokeConfig).DestinationConfig);
  for (const outcome of ['OnSuccess', 'OnFailure']) {
    if (!isMap(given[outcome])) continue;
    const { Type, Destination } = mapOf(given[outcome]);
    let target = Destination;
    if (target === undefined && (Type === 'SQS' || Type === 'SNS')) {
      const made = `${fn.id}${outcome}${Type === 'SQS' ? 'Queue' : 'Topic'}`;
      resources.add(made, Type === 'SQS' ? 'AWS::SQS::Queue' : 'AWS::SNS::Topic', {}, fn);
      target = Type === 'SQS' ? getAtt(made, 'Arn') : ref(made);
    }
    config[outcome] = { Destination: target };
    const type = textOf(Type) ?? '';
    if (Object.hasOwn(GRANT_OF_DESTINATION, type)) grants.push(allowing([GRANT_OF_DESTINATION[type]], target));
  }
  return { config, grants };
}
