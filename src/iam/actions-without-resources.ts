import { covers } from './pattern';
import { Value } from '../model/value';
import { Verdict, verdict } from '../model/verdict';

/**
 * Actions that IAM can't limit to a resource, or not in a way that works, such as the network interfaces of functions: services that
 * serverless apps use, written by hand and not yet held line by line against the reference. Of services that are not here nothing is known.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const WITHOUT_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'acm': ['ListCertificates', 'RequestCertificate', 'GetAccountConfiguration'],
  'apigateway': [],
  'appsync': ['ListGraphqlApis', 'CreateGraphqlApi'],
  'bedrock': ['ListFoundationModels', 'ListCustomModels', 'ListGuardrails'],
  'ce': ['Get*'],
  'cloudformation': ['ListStacks', 'ListExports', 'ListImports', 'ValidateTemplate', 'DescribeAccountLimits', 'EstimateTemplateCost'],
  'cloudwatch': ['PutMetricData', 'GetMetricData', 'GetMetricStatistics', 'ListMetrics', 'DescribeAnomalyDetectors', 'DescribeAlarmsForMetric'],
  'cognito-identity': ['ListIdentityPools', 'GetId', 'GetCredentialsForIdentity', 'GetOpenIdToken'],
  'cognito-idp': ['ListUserPools', 'DescribeUserPoolDomain'],
  'comprehend': ['Detect*', 'BatchDetect*', 'ContainsPiiEntities'],
  'dynamodb': ['ListTables', 'ListBackups', 'ListExports', 'ListImports', 'ListStreams', 'ListGlobalTables', 'DescribeLimits', 'DescribeEndpoints'],
  'ec2': ['Describe*', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses',
    'AssignIpv6Addresses', 'UnassignIpv6Addresses', 'GetSecurityGroupsForVpc'],
  'ecr': ['GetAuthorizationToken'],
  'events': ['ListEventBuses', 'ListArchives', 'ListConnections', 'ListApiDestinations', 'ListEndpoints'],
  'execute-api': [],
  'firehose': ['ListDeliveryStreams'],
  'iam': ['ListRoles', 'ListUsers', 'ListGroups', 'ListPolicies', 'ListAccountAliases', 'GetAccountSummary', 'GetAccountPasswordPolicy',
    'GenerateCredentialReport', 'GetCredentialReport'],
  'iot': ['DescribeEndpoint'],
  'kinesis': ['ListStreams', 'DescribeLimits', 'DescribeAccountSettings'],
  'kms': ['ListKeys', 'ListAliases', 'CreateKey', 'GenerateRandom'],
  'lambda': ['ListFunctions', 'ListLayers', 'ListLayerVersions', 'ListEventSourceMappings', 'CreateEventSourceMapping', 'ListCodeSigningConfigs',
    'CreateCodeSigningConfig', 'GetAccountSettings'],
  'logs': ['DescribeLogGroups', 'DescribeResourcePolicies', 'PutResourcePolicy', 'DeleteResourcePolicy', 'DescribeQueryDefinitions', 'DescribeQueries',
    'StopQuery', 'CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
  'polly': ['DescribeVoices'],
  'rekognition': ['DetectFaces', 'DetectLabels', 'DetectModerationLabels', 'DetectText', 'RecognizeCelebrities', 'CompareFaces'],
  's3': ['ListAllMyBuckets', 'GetAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'],
  'scheduler': ['ListSchedules', 'ListScheduleGroups'],
  'secretsmanager': ['ListSecrets', 'GetRandomPassword', 'BatchGetSecretValue'],
  'ses': ['GetSendQuota', 'GetSendStatistics', 'ListIdentities'],
  'sns': ['ListTopics', 'ListSubscriptions', 'ListPlatformApplications', 'GetSMSAttributes', 'SetSMSAttributes', 'CheckIfPhoneNumberIsOptedOut',
    'ListPhoneNumbersOptedOut', 'OptInPhoneNumber'],
  'sqs': ['ListQueues'],
  'ssm': ['DescribeParameters', 'ListDocuments', 'DescribeSessions'],
  'ssmmessages': ['*'],
  'states': ['ListStateMachines', 'ListActivities'],
  'sts': ['GetCallerIdentity', 'GetSessionToken', 'DecodeAuthorizationMessage', 'GetAccessKeyInfo'],
  'tag': ['*'],
  'textract': ['AnalyzeExpense', 'AnalyzeID', 'DetectDocumentText', 'Get*', 'StartDocumentTextDetection', 'StartExpenseAnalysis'],
  'translate': ['ListLanguages'],
  'xray': ['*'],
};

/** Whether an action, or one of those that a pattern matches, can be limited to resources. */
export function takesResources(action: Value): Verdict {
  const [service, name] = action.text?.toLowerCase().split(':') ?? [];
  if (service === '*') return 'yes';
  const without = service === undefined ? undefined : LOWERCASE.get(service);
  return without && name !== undefined ? verdict(!without.some(pattern => covers(pattern, name))) : 'unknown';
}

/** IAM doesn't tell upper from lower case in actions. */
const LOWERCASE = new Map(Object.entries(WITHOUT_RESOURCES).map(([service, actions]) => [service, actions.map(action => action.toLowerCase())]));
