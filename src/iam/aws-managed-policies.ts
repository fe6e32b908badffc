import { Value } from '../model/value';

/** A statement of a policy that AWS manages, as far as rules ask for it. */
export type AwsStatement = Readonly<Record<'Effect' | 'Action' | 'NotAction' | 'Resource', string | readonly string[]>>;

/** The name of the policy that an ARN names, if AWS manages it: `AdministratorAccess`, `service-role/AWSLambdaRole`. */
export function awsManagedPolicy(arn: Value): string | undefined {
  // Not split into segments: where the partition isn't known, its place holder has colons, too.
  return /:iam::aws:policy\/([^$]+)$/.exec(arn.kind === 'reference' ? '' : String(arn))?.[1];
}

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const NETWORK_INTERFACES = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];

const allow = (...actions: string[]) => [{ Effect: 'Allow', Action: actions, Resource: '*' }];

/**
 * What the policies allow that matter to functions: those that Lambda's own pages recommend, those that give everything away, and those
 * that give all of a service. Of others nothing is known here.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const AWS_MANAGED_POLICIES: Readonly<Record<string, readonly Partial<AwsStatement>[]>> = {
  'AdministratorAccess': allow('*'),
  'PowerUserAccess': [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  'IAMFullAccess': allow('iam:*'),

  'service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow(...LOGS, ...NETWORK_INTERFACES),
  'service-role/AWSLambdaENIManagementAccess': allow(...NETWORK_INTERFACES),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow(...LOGS, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow(...LOGS, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator',
    'dynamodb:ListStreams'),
  'service-role/AWSLambdaKinesisExecutionRole': allow(...LOGS, 'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords',
    'kinesis:GetShardIterator', 'kinesis:ListShards', 'kinesis:ListStreams', 'kinesis:SubscribeToShard'),
  'service-role/AWSLambdaRole': allow('lambda:InvokeFunction'),
  'AWSXRayDaemonWriteAccess': allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries'),
  'CloudWatchLambdaInsightsExecutionRolePolicy': [
    { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: '*' },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*' },
  ],

  'AmazonS3FullAccess': allow('s3:*', 's3-object-lambda:*'),
  'AmazonDynamoDBFullAccess': allow('dynamodb:*', 'dax:*'),
  'AmazonDynamoDBFullAccess_v2': allow('dynamodb:*', 'dax:*'),
  'AmazonSQSFullAccess': allow('sqs:*'),
  'AmazonSNSFullAccess': allow('sns:*'),
  'AmazonKinesisFullAccess': allow('kinesis:*'),
  'AWSLambda_FullAccess': allow('lambda:*'),
  'AmazonEventBridgeFullAccess': allow('events:*', 'schemas:*', 'scheduler:*'),
  'AWSStepFunctionsFullAccess': allow('states:*'),
  'AmazonSSMFullAccess': allow('ssm:*'),
  'SecretsManagerReadWrite': allow('secretsmanager:*'),
  'CloudWatchLogsFullAccess': allow('logs:*'),
  'AmazonEC2FullAccess': allow('ec2:*'),
  'AmazonRDSFullAccess': allow('rds:*'),
  'AmazonCognitoPowerUser': allow('cognito-identity:*', 'cognito-idp:*', 'cognito-sync:*'),
  'AmazonSESFullAccess': allow('ses:*'),
};
