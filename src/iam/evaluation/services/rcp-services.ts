import { Formula } from '../formula';
import { EvaluatedRequest } from '../request';

/**
 * The services whose resources resource control policies limit, by the prefix of their actions. AWS adds to them time and again.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 */
const SERVICES: ReadonlySet<string> = new Set([
  'aoss', 'appconfig', 'appstream', 'autoscaling', 'autoscaling-plans', 'budgets', 'clouddirectory', 'cloudfront', 'cloudsearch', 'cloudtrail-data',
  'codeartifact', 'codebuild', 'codecommit', 'codepipeline', 'cognito-identity', 'cognito-idp', 'comprehend', 'comprehendmedical', 'compute-optimizer',
  'cost-optimization-hub', 'dax', 'dsql', 'dynamodb', 'ecr', 'ecr-public', 'events', 'firehose', 'fis', 'fms', 'gamelift', 'health', 'inspector-scan',
  'kendra', 'kinesisvideo', 'kms', 'logs', 'memorydb', 'networkmonitor', 'notifications', 'opensearch', 'pca-connector-ad', 'personalize', 'polly', 'pricing',
  'resource-groups', 'rolesanywhere', 's3', 'secretsmanager', 'servicediscovery', 'signin', 'sqs', 'sts', 'support', 'swf', 'textract',
  'timestream-influxdb', 'transcribe', 'transfer', 'translate', 'wafv2', 'workspaces', 'xray',
]);

/** Actions of these that they don't limit. */
const FREE: ReadonlySet<string> = new Set(['kms:retiregrant']);

/** Whether resource control policies are asked at all. Of a service that isn't listed, nobody knows whether it still isn't. */
export function supportsRcps({ action }: EvaluatedRequest): Formula {
  const [service] = action.toLowerCase().split(':');
  if (FREE.has(action.toLowerCase())) return Formula.FALSE;
  return SERVICES.has(service) ? Formula.TRUE : Formula.depending({ name: `resource control policies for ${service}`, about: 'AWS' });
}
