import { Aws } from './aws';
import { NETWORK_READERS } from './readers-of-networks';

/** A resource of a stack, as CloudFormation knows it. */
export interface Deployed {
  readonly id: string;

  /** As the template has them, references included. */
  readonly properties: Record<string, any>;

  /** What `Ref` of a resource of the same stack is. */
  readonly ref: (reference: { Ref: string }) => string;
}

/** What exists of a resource, under the names that templates have for it; fails where it does not exist. */
export type Reader = (aws: Aws, resource: Deployed) => Promise<Record<string, unknown>>;

const json = (text: string | undefined) => text === undefined ? undefined : JSON.parse(decodeURIComponent(text));
const number = (text: string | undefined) => text === undefined ? undefined : Number(text);

export const READERS: Record<string, Reader> = {
  ...NETWORK_READERS,

  'AWS::ApiGatewayV2::Api': async ({ apiGateway }, { id }) => apiGateway.getApi({ ApiId: id }) as any,
  'AWS::ApiGatewayV2::Authorizer': async ({ apiGateway }, { id, properties, ref }) =>
    apiGateway.getAuthorizer({ ApiId: ref(properties.ApiId), AuthorizerId: id }) as any,
  'AWS::ApiGatewayV2::Integration': async ({ apiGateway }, { id, properties, ref }) =>
    apiGateway.getIntegration({ ApiId: ref(properties.ApiId), IntegrationId: id }) as any,
  'AWS::ApiGatewayV2::Route': async ({ apiGateway }, { id, properties, ref }) => {
    const { Items: routes = [] } = await apiGateway.getRoutes({ ApiId: ref(properties.ApiId) });
    return one(routes.filter(({ RouteId }) => id.endsWith(RouteId!))) as any;
  },
  'AWS::ApiGatewayV2::Stage': async ({ apiGateway }, { properties, ref }) =>
    apiGateway.getStage({ ApiId: ref(properties.ApiId), StageName: properties.StageName }) as any,

  'AWS::CloudFormation::Stack': async ({ cloudFormation }, { id }) => {
    const { StackStatus: status } = one((await cloudFormation.describeStacks({ StackName: id })).Stacks);
    if (status === 'DELETE_COMPLETE') throw new Error('deleted');
    return {};
  },

  'AWS::CloudWatch::Alarm': async ({ cloudWatch }, { id }) => one((await cloudWatch.describeAlarms({ AlarmNames: [id] })).MetricAlarms) as any,
  'AWS::CloudWatch::Dashboard': async ({ cloudWatch }, { id }) => {
    const { DashboardBody } = await cloudWatch.getDashboard({ DashboardName: id });
    return { DashboardBody };
  },

  'AWS::DynamoDB::GlobalTable': async ({ dynamo }, { id }) => {
    const { Table: table } = await dynamo.describeTable({ TableName: id });
    return {
      AttributeDefinitions: table!.AttributeDefinitions,
      BillingMode: table!.BillingModeSummary?.BillingMode,
      GlobalSecondaryIndexes: table!.GlobalSecondaryIndexes,
      KeySchema: table!.KeySchema,
      StreamSpecification: { StreamViewType: table!.StreamSpecification?.StreamViewType },
    };
  },

  'AWS::Events::EventBus': async ({ events }, { id }) => ({ Name: (await events.describeEventBus({ Name: id })).Name }),
  'AWS::Events::Rule': async ({ events }, { id, properties, ref }) => {
    const place = { EventBusName: properties.EventBusName && ref(properties.EventBusName) };
    const { EventPattern, ScheduleExpression, State } = await events.describeRule({ ...place, Name: id });
    const { Targets } = await events.listTargetsByRule({ ...place, Rule: id });
    return { EventPattern: json(EventPattern), ScheduleExpression, State, Targets };
  },

  'AWS::IAM::ManagedPolicy': async ({ iam }, { id }) => {
    const { Policy: policy } = await iam.getPolicy({ PolicyArn: id });
    const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn: id, VersionId: policy!.DefaultVersionId });
    return { PolicyDocument: json(version!.Document) };
  },
  'AWS::IAM::Policy': async ({ iam }, { properties, ref }) => {
    const [role] = properties.Roles;
    const { PolicyDocument: document } = await iam.getRolePolicy({ RoleName: ref(role), PolicyName: properties.PolicyName });
    return { PolicyDocument: json(document) };
  },
  'AWS::IAM::Role': async ({ iam }, { id }) => {
    const { Role: role } = await iam.getRole({ RoleName: id });
    const { PolicyNames: names = [] } = await iam.listRolePolicies({ RoleName: id });
    const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName: id });
    const documents = await Promise.all(names.map(name => iam.getRolePolicy({ RoleName: id, PolicyName: name })));
    return {
      AssumeRolePolicyDocument: json(role!.AssumeRolePolicyDocument),
      ManagedPolicyArns: attached.map(({ PolicyArn }) => PolicyArn),
      PermissionsBoundary: role!.PermissionsBoundary?.PermissionsBoundaryArn,
      Policies: documents.map(({ PolicyName, PolicyDocument }) => ({ PolicyName, PolicyDocument: json(PolicyDocument) })),
    };
  },

  'AWS::KMS::Key': async ({ kms }, { id }) => {
    const { KeyMetadata: key } = await kms.describeKey({ KeyId: id });
    const { KeyRotationEnabled } = await kms.getKeyRotationStatus({ KeyId: id });
    const { Policy: policy } = await kms.getKeyPolicy({ KeyId: id, PolicyName: 'default' });
    if (key!.DeletionDate) throw new Error('to be deleted');
    return { Description: key!.Description, EnableKeyRotation: KeyRotationEnabled, KeyPolicy: json(policy) };
  },

  'AWS::Kinesis::Stream': async ({ kinesis }, { id }) => {
    const { StreamDescriptionSummary: stream } = await kinesis.describeStreamSummary({ StreamName: id });
    const { EncryptionType, KeyId, OpenShardCount, RetentionPeriodHours } = stream!;
    return { RetentionPeriodHours, ShardCount: OpenShardCount, StreamEncryption: { EncryptionType, KeyId } };
  },

  'AWS::Lambda::Alias': async ({ lambda }, { id }) => {
    const { function: name, qualifier } = partsOf(id);
    const alias = await lambda.getAlias({ FunctionName: name, Name: qualifier! });
    const provisioned = await lambda.getProvisionedConcurrencyConfig({ FunctionName: name, Qualifier: qualifier });
    return {
      Name: alias.Name,
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned.RequestedProvisionedConcurrentExecutions },
    };
  },
  'AWS::Lambda::EventInvokeConfig': async ({ lambda }, { id }) => {
    const { function: name, qualifier } = partsOf(id);
    const config = await lambda.getFunctionEventInvokeConfig({ FunctionName: name, Qualifier: qualifier });
    const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = config;
    return { MaximumEventAgeInSeconds, MaximumRetryAttempts, Qualifier: qualifier };
  },
  'AWS::Lambda::EventSourceMapping': async ({ lambda }, { id }) => {
    const { State, ...mapping } = await lambda.getEventSourceMapping({ UUID: id });
    if (State === 'Deleting') throw new Error('deleting');
    return { ...mapping } as any;
  },
  'AWS::Lambda::Function': async ({ lambda }, { id }) => {
    const configuration = await lambda.getFunctionConfiguration({ FunctionName: id });
    const { ReservedConcurrentExecutions } = await lambda.getFunctionConcurrency({ FunctionName: id });
    const { RecursiveLoop } = await lambda.getFunctionRecursionConfig({ FunctionName: id });
    const { Architectures, DeadLetterConfig, Environment, Handler, KMSKeyArn, LoggingConfig, MemorySize } = configuration;
    const { PackageType, Role, Runtime, Timeout, TracingConfig, VpcConfig } = configuration;
    return {
      Architectures,
      DeadLetterConfig,
      Environment,
      Handler,
      KmsKeyArn: KMSKeyArn,
      LoggingConfig,
      MemorySize,
      PackageType,
      RecursiveLoop,
      ReservedConcurrentExecutions,
      Role,
      Runtime,
      Timeout,
      TracingConfig,
      VpcConfig,
    };
  },
  'AWS::Lambda::Permission': async ({ lambda }, { properties, ref }) => {
    const name = properties.FunctionName['Fn::GetAtt'] ? ref({ Ref: properties.FunctionName['Fn::GetAtt'][0] }) : ref(properties.FunctionName);
    const { Statement: statements } = json((await lambda.getPolicy({ FunctionName: name })).Policy);
    const { Action, Principal } = one<any>(statements.filter((each: any) => each.Principal.Service === properties.Principal));
    return { Action, Principal: Principal.Service };
  },
  'AWS::Lambda::Version': async ({ lambda }, { id }) => {
    const { FunctionName } = await lambda.getFunctionConfiguration({ FunctionName: id });
    return { FunctionName };
  },

  'AWS::Logs::LogGroup': async ({ logs }, { id }) => {
    const group = one((await logs.describeLogGroups({ logGroupNamePrefix: id })).logGroups!.filter(({ logGroupName }) => logGroupName === id));
    const { policyDocument } = await logs.getDataProtectionPolicy({ logGroupIdentifier: id }).catch(() => ({ policyDocument: undefined }));
    return { KmsKeyId: group.kmsKeyId, RetentionInDays: group.retentionInDays, DataProtectionPolicy: json(policyDocument) };
  },
  'AWS::Logs::ResourcePolicy': async ({ logs }, { id }) => {
    const { resourcePolicies = [] } = await logs.describeResourcePolicies({});
    return one(resourcePolicies.filter(({ policyName }) => policyName === id).map(({ policyDocument: PolicyDocument, policyName: PolicyName }) =>
      ({ PolicyDocument, PolicyName })));
  },

  'AWS::S3::Bucket': async ({ s3 }, { id }) => {
    const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({ Bucket: id });
    const { Status } = await s3.getBucketVersioning({ Bucket: id });
    return { PublicAccessBlockConfiguration, VersioningConfiguration: { Status } };
  },
  'AWS::S3::BucketPolicy': async ({ s3 }, { properties, ref }) => {
    const { Policy: policy } = await s3.getBucketPolicy({ Bucket: ref(properties.Bucket) });
    return { PolicyDocument: json(policy) };
  },

  'AWS::SNS::Topic': async ({ sns }, { id }) => ({ KmsMasterKeyId: (await sns.getTopicAttributes({ TopicArn: id })).Attributes!.KmsMasterKeyId }),
  'AWS::SNS::TopicPolicy': async ({ sns }, { properties, ref }) => {
    const { Attributes: attributes } = await sns.getTopicAttributes({ TopicArn: ref(properties.Topics[0]) });
    return { PolicyDocument: json(attributes!.Policy) };
  },

  'AWS::SQS::Queue': async ({ sqs }, { id }) => {
    const { Attributes: attributes = {} } = await sqs.getQueueAttributes({ QueueUrl: id, AttributeNames: ['All'] });
    return {
      KmsMasterKeyId: attributes.KmsMasterKeyId,
      MessageRetentionPeriod: number(attributes.MessageRetentionPeriod),
      RedrivePolicy: json(attributes.RedrivePolicy),
      SqsManagedSseEnabled: attributes.SqsManagedSseEnabled === 'true',
      VisibilityTimeout: number(attributes.VisibilityTimeout),
    };
  },
  'AWS::SQS::QueuePolicy': async ({ sqs }, { properties, ref }) => {
    const { Attributes: attributes = {} } = await sqs.getQueueAttributes({ QueueUrl: ref(properties.Queues[0]), AttributeNames: ['Policy'] });
    return { PolicyDocument: json(attributes.Policy) };
  },

  'AWS::SecretsManager::Secret': async ({ secrets }, { id }) => {
    const { DeletedDate, Description } = await secrets.describeSecret({ SecretId: id });
    if (DeletedDate) throw new Error('deleted');
    return { Description };
  },

  'AWS::Signer::SigningProfile': async ({ signer }, { id }) => {
    const { platformId, status } = await signer.getSigningProfile({ profileName: id.split('/').at(-1) });
    if (status === 'Canceled') throw new Error('canceled');
    return { PlatformId: platformId };
  },
};

/** The only element; fails where there is none or another. */
export function one<T>(all: readonly T[] | undefined): T {
  if (all?.length !== 1) throw new Error(`${all?.length ?? 0} where there should be 1`);
  return all[0];
}

/** Name and qualifier of a function, from an ARN or the id of what belongs to a function. */
function partsOf(id: string): { function: string; qualifier?: string } {
  const [name, qualifier] = (id.startsWith('arn:') ? id.split(':').slice(6) : id.split(/[:|]/));
  return { function: name, qualifier };
}
