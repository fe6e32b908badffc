/** How the ARN of a type of resource reads, and what else names it. */
export interface ArnFormat {
  /** What follows `arn:aws:`; fields that begin with a capital are known to deployment alone. */
  readonly arn: string;
  /** The property that gives it a physical name; CloudFormation makes one up where it isn't set. */
  readonly name?: string;
  /** Attributes that are the ARN, `Ref` among them for some. */
  readonly arns: readonly string[];
  /** Attributes that are the name, `Ref` for most. */
  readonly names: readonly string[];
  /** What follows the ARN in those of things that belong to it, and are asked about with it: objects of a bucket, indexes of a table. */
  readonly below: readonly string[];
}

const ARN = ['Arn'];
const REF = ['Ref'];

function format(arn: string, name?: string, { arns = ARN, names = REF, below = [] }: Partial<ArnFormat> = {}): ArnFormat {
  return { arn, name, arns, names, below };
}

const IN_REGION = '{region}:{account}';

/**
 * Types of resources whose ARN is known.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const ARN_FORMATS: ReadonlyMap<string, ArnFormat> = new Map(Object.entries({
  'AWS::ApiGateway::RestApi': format(`execute-api:${IN_REGION}:{name}`, undefined, { arns: [], names: ['Ref', 'RestApiId'], below: ['/*'] }),
  'AWS::ApiGatewayV2::Api': format(`execute-api:${IN_REGION}:{name}`, undefined, { arns: [], names: ['Ref', 'ApiId'], below: ['/*'] }),
  'AWS::AppRunner::Service': format(`apprunner:${IN_REGION}:service/{name}/{ServiceId}`, 'ServiceName', { arns: ['Ref', 'ServiceArn'], names: [] }),
  'AWS::AppSync::GraphQLApi': format(`appsync:${IN_REGION}:apis/{name}`, undefined, { arns: ['Ref', 'Arn'], names: ['ApiId'], below: ['/*'] }),
  'AWS::Batch::JobDefinition': format(`batch:${IN_REGION}:job-definition/{name}:{Revision}`, 'JobDefinitionName', { arns: ['Ref', 'JobDefinitionArn'], names: [] }),
  'AWS::Batch::JobQueue': format(`batch:${IN_REGION}:job-queue/{name}`, 'JobQueueName', { arns: ['Ref', 'JobQueueArn'], names: [] }),
  'AWS::BedrockAgentCore::BrowserCustom': format(`bedrock-agentcore:${IN_REGION}:browser-custom/{name}`, undefined,
    { arns: ['BrowserArn'], names: ['Ref', 'BrowserId'] }),
  'AWS::BedrockAgentCore::CodeInterpreterCustom': format(`bedrock-agentcore:${IN_REGION}:code-interpreter-custom/{name}`, undefined,
    { arns: ['CodeInterpreterArn'], names: ['Ref', 'CodeInterpreterId'] }),
  'AWS::BedrockAgentCore::Runtime': format(`bedrock-agentcore:${IN_REGION}:runtime/{name}`, undefined,
    { arns: ['AgentRuntimeArn'], names: ['Ref', 'AgentRuntimeId'], below: ['/*'] }),
  'AWS::CloudFormation::Stack': format(`cloudformation:${IN_REGION}:stack/{name}/{Guid}`, undefined, { arns: ['Ref'], names: [] }),
  'AWS::CloudFront::Distribution': format('cloudfront::{account}:distribution/{name}', undefined, { arns: [], names: ['Ref', 'Id'] }),
  'AWS::CodeBuild::Project': format(`codebuild:${IN_REGION}:project/{name}`, 'Name'),
  'AWS::CodePipeline::Pipeline': format(`codepipeline:${IN_REGION}:{name}`, 'Name', { arns: [], below: ['/*'] }),
  'AWS::Cognito::UserPool': format(`cognito-idp:${IN_REGION}:userpool/{name}`, undefined, { names: ['Ref', 'UserPoolId'] }),
  'AWS::DynamoDB::GlobalTable': format(`dynamodb:${IN_REGION}:table/{name}`, 'TableName', { below: ['/index/*', '/stream/*'] }),
  'AWS::DynamoDB::Table': format(`dynamodb:${IN_REGION}:table/{name}`, 'TableName', { below: ['/index/*', '/stream/*'] }),
  'AWS::EC2::Instance': format(`ec2:${IN_REGION}:instance/{name}`, undefined, { arns: [], names: ['Ref', 'InstanceId'] }),
  'AWS::EC2::LaunchTemplate': format(`ec2:${IN_REGION}:launch-template/{name}`, undefined, { arns: [], names: ['Ref', 'LaunchTemplateId'] }),
  'AWS::ECR::Repository': format(`ecr:${IN_REGION}:repository/{name}`, 'RepositoryName'),
  'AWS::ECS::Cluster': format(`ecs:${IN_REGION}:cluster/{name}`, 'ClusterName'),
  'AWS::ECS::TaskDefinition': format(`ecs:${IN_REGION}:task-definition/{name}:{Revision}`, 'Family', { arns: ['Ref', 'TaskDefinitionArn'], names: [] }),
  'AWS::EFS::FileSystem': format(`elasticfilesystem:${IN_REGION}:file-system/{name}`, undefined, { names: ['Ref', 'FileSystemId'] }),
  'AWS::Events::EventBus': format(`events:${IN_REGION}:event-bus/{name}`, 'Name', { names: ['Ref', 'Name'] }),
  'AWS::Events::Rule': format(`events:${IN_REGION}:rule/{bus}{name}`, 'Name'),
  'AWS::Glue::DevEndpoint': format(`glue:${IN_REGION}:devEndpoint/{name}`, 'EndpointName', { arns: [] }),
  'AWS::Glue::Job': format(`glue:${IN_REGION}:job/{name}`, 'Name', { arns: [] }),
  'AWS::IAM::Group': format('iam::{account}:group{path}{name}', 'GroupName'),
  'AWS::IAM::InstanceProfile': format('iam::{account}:instance-profile{path}{name}', 'InstanceProfileName'),
  'AWS::IAM::ManagedPolicy': format('iam::{account}:policy{path}{name}', 'ManagedPolicyName', { arns: ['Ref', 'PolicyArn'], names: [] }),
  'AWS::IAM::Role': format('iam::{account}:role{path}{name}', 'RoleName'),
  'AWS::IAM::User': format('iam::{account}:user{path}{name}', 'UserName'),
  'AWS::KMS::Key': format(`kms:${IN_REGION}:key/{name}`, undefined, { names: ['Ref', 'KeyId'] }),
  'AWS::Kinesis::Stream': format(`kinesis:${IN_REGION}:stream/{name}`, 'Name'),
  'AWS::KinesisAnalyticsV2::Application': format(`kinesisanalytics:${IN_REGION}:application/{name}`, 'ApplicationName', { arns: [] }),
  'AWS::KinesisFirehose::DeliveryStream': format(`firehose:${IN_REGION}:deliverystream/{name}`, 'DeliveryStreamName'),
  'AWS::Lambda::Function': format(`lambda:${IN_REGION}:function:{name}`, 'FunctionName', { below: [':*'] }),
  'AWS::Lambda::LayerVersion': format(`lambda:${IN_REGION}:layer:{name}:{version}`, 'LayerName', { arns: ['Ref', 'LayerVersionArn'], names: [] }),
  'AWS::Logs::LogGroup': format(`logs:${IN_REGION}:log-group:{name}`, 'LogGroupName', { arns: [], below: [':*'] }),
  'AWS::RDS::DBCluster': format(`rds:${IN_REGION}:cluster:{name}`, 'DBClusterIdentifier', { arns: ['DBClusterArn'] }),
  'AWS::RDS::DBInstance': format(`rds:${IN_REGION}:db:{name}`, 'DBInstanceIdentifier', { arns: ['DBInstanceArn'] }),
  'AWS::S3::Bucket': format('s3:::{name}', 'BucketName', { below: ['/*'] }),
  'AWS::SageMaker::NotebookInstance': format(`sagemaker:${IN_REGION}:notebook-instance/{name}`, 'NotebookInstanceName',
    { arns: ['Ref', 'NotebookInstanceArn'], names: ['NotebookInstanceName'] }),
  'AWS::SNS::Topic': format(`sns:${IN_REGION}:{name}`, 'TopicName', { arns: ['Ref', 'TopicArn'], names: ['TopicName'] }),
  'AWS::SQS::Queue': format(`sqs:${IN_REGION}:{name}`, 'QueueName', { names: ['QueueName'] }),
  'AWS::SSM::Parameter': format(`ssm:${IN_REGION}:parameter{slash}{name}`, 'Name', { arns: [] }),
  'AWS::Scheduler::Schedule': format(`scheduler:${IN_REGION}:schedule/{group}/{name}`, 'Name'),
  'AWS::SecretsManager::Secret': format(`secretsmanager:${IN_REGION}:secret:{name}-{suffix}`, 'Name', { arns: ['Ref', 'Id'], names: [] }),
  'AWS::StepFunctions::StateMachine': format(`states:${IN_REGION}:stateMachine:{name}`, 'StateMachineName', { arns: ['Ref', 'Arn'], names: ['Name'] }),
}));
