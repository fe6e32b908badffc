import { mapOf } from './sam-resources';

/** What a policy template allows: actions, and resources with the template's parameters in them. */
type Grant = readonly [actions: readonly string[], resources: readonly string[]];

/**
 * The statements that a policy template of SAM stands for; nothing for those that aren't known here.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
export function policyOfTemplate(name: string, parameters: unknown): Record<string, unknown> | undefined {
  if (!Object.hasOwn(TEMPLATES, name)) return undefined;
  return {
    Version: '2012-10-17',
    Statement: TEMPLATES[name].map(([actions, resources]) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.map(resource => resource === '*' ? '*' : { 'Fn::Sub': [resource, mapOf(parameters)] }),
    })),
  };
}

/** An ARN of the stack's own account and region. */
const own = (service: string, rest: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`;
const BUCKET = 'arn:${AWS::Partition}:s3:::${BucketName}';
const actions = (service: string, names: string) => names.split(' ').map(name => `${service}:${name}`);

const TEMPLATES: Readonly<Record<string, readonly Grant[]>> = {
  AMIDescribePolicy: [[actions('ec2', 'DescribeImages'), ['*']]],
  AWSSecretsManagerGetSecretValuePolicy: [[actions('secretsmanager', 'GetSecretValue'), ['${SecretArn}']]],
  CloudFormationDescribeStacksPolicy: [[actions('cloudformation', 'DescribeStacks'), [own('cloudformation', 'stack/*')]]],
  CloudWatchDescribeAlarmHistoryPolicy: [[actions('cloudwatch', 'DescribeAlarmHistory'), ['*']]],
  CloudWatchPutMetricPolicy: [[actions('cloudwatch', 'PutMetricData'), ['*']]],
  CodePipelineLambdaExecutionPolicy: [[actions('codepipeline', 'PutJobSuccessResult PutJobFailureResult'), ['*']]],
  DynamoDBCrudPolicy: [
    [actions('dynamodb', 'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem'),
      [own('dynamodb', 'table/${TableName}'), own('dynamodb', 'table/${TableName}/index/*')]],
  ],
  DynamoDBReadPolicy: [
    [actions('dynamodb', 'GetItem Scan Query BatchGetItem DescribeTable'),
      [own('dynamodb', 'table/${TableName}'), own('dynamodb', 'table/${TableName}/index/*')]],
  ],
  DynamoDBReconfigurePolicy: [[actions('dynamodb', 'UpdateTable'), [own('dynamodb', 'table/${TableName}')]]],
  DynamoDBStreamReadPolicy: [
    [actions('dynamodb', 'DescribeStream GetRecords GetShardIterator'), [own('dynamodb', 'table/${TableName}/stream/${StreamName}')]],
    [actions('dynamodb', 'ListStreams'), [own('dynamodb', 'table/${TableName}/stream/*')]],
  ],
  DynamoDBWritePolicy: [
    [actions('dynamodb', 'PutItem UpdateItem BatchWriteItem'),
      [own('dynamodb', 'table/${TableName}'), own('dynamodb', 'table/${TableName}/index/*')]],
  ],
  EC2DescribePolicy: [[actions('ec2', 'DescribeRegions DescribeInstances'), ['*']]],
  EventBridgePutEventsPolicy: [[actions('events', 'PutEvents'), [own('events', 'event-bus/${EventBusName}')]]],
  FilterLogEventsPolicy: [[actions('logs', 'FilterLogEvents'), [own('logs', 'log-group:${LogGroupName}:log-stream:*')]]],
  FirehoseCrudPolicy: [
    [actions('firehose', 'CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination'),
      [own('firehose', 'deliverystream/${DeliveryStreamName}')]],
  ],
  FirehoseWritePolicy: [[actions('firehose', 'PutRecord PutRecordBatch'), [own('firehose', 'deliverystream/${DeliveryStreamName}')]]],
  KinesisCrudPolicy: [
    [actions('kinesis', 'AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream'),
      [own('kinesis', 'stream/${StreamName}')]],
  ],
  KinesisStreamReadPolicy: [
    [actions('kinesis', 'ListStreams DescribeLimits'), [own('kinesis', 'stream/*')]],
    [actions('kinesis', 'DescribeStream DescribeStreamSummary GetRecords GetShardIterator'), [own('kinesis', 'stream/${StreamName}')]],
  ],
  KMSDecryptPolicy: [[actions('kms', 'Decrypt'), [own('kms', 'key/${KeyId}')]]],
  KMSEncryptPolicy: [[actions('kms', 'Encrypt'), [own('kms', 'key/${KeyId}')]]],
  LambdaInvokePolicy: [[actions('lambda', 'InvokeFunction'), [own('lambda', 'function:${FunctionName}*')]]],
  RekognitionDetectOnlyPolicy: [[actions('rekognition', 'DetectFaces DetectLabels DetectModerationLabels DetectText'), ['*']]],
  Route53ChangeResourceRecordSetsPolicy: [
    [actions('route53', 'ChangeResourceRecordSets'), ['arn:${AWS::Partition}:route53:::hostedzone/${HostedZoneId}']],
  ],
  S3CrudPolicy: [
    [actions('s3', 'GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject'),
      [BUCKET, `${BUCKET}/*`]],
  ],
  S3FullAccessPolicy: [
    [actions('s3', 'GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging'),
      [`${BUCKET}/*`]],
    [actions('s3', 'ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration'), [BUCKET]],
  ],
  S3ReadPolicy: [[actions('s3', 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration'), [BUCKET, `${BUCKET}/*`]]],
  S3WritePolicy: [[actions('s3', 'PutObject PutObjectAcl PutLifecycleConfiguration'), [BUCKET, `${BUCKET}/*`]]],
  SESCrudPolicy: [
    [actions('ses', 'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity'), [own('ses', 'identity/${IdentityName}')]],
  ],
  SNSCrudPolicy: [[actions('sns', 'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish'), [own('sns', '${TopicName}*')]]],
  SNSPublishMessagePolicy: [[actions('sns', 'Publish'), [own('sns', '${TopicName}')]]],
  SQSPollerPolicy: [
    [actions('sqs', 'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage'),
      [own('sqs', '${QueueName}')]],
  ],
  SQSSendMessagePolicy: [[actions('sqs', 'SendMessage*'), [own('sqs', '${QueueName}')]]],
  SSMParameterReadPolicy: [
    [actions('ssm', 'DescribeParameters'), ['*']],
    [actions('ssm', 'GetParameters GetParameter GetParametersByPath'), [own('ssm', 'parameter/${ParameterName}')]],
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    [actions('ssm', 'DescribeParameters'), ['*']],
    [actions('ssm', 'GetParameters GetParameter GetParametersByPath'), [own('ssm', 'parameter${ParameterName}')]],
  ],
  StepFunctionsExecutionPolicy: [[actions('states', 'StartExecution'), [own('states', 'stateMachine:${StateMachineName}')]]],
  TextractPolicy: [[actions('textract', '*'), ['*']]],
  VPCAccessPolicy: [[actions('ec2', 'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface'), ['*']]],
};
