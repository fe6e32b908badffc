import { isInternet } from './address-range';
import { Endpoint, endpointsByVpc, tablesNamed } from './endpoints';
import { identityOf } from './identity';
import { Reach, vpcOf } from './reach';
import { routes } from './routes';
import { admitsPort, GroupRule, groupsIn, SecurityGroup, securityGroups } from './security-groups';
import { AppModel } from '../model/app-model';
import { Value } from '../model/value';
import { all, any, not, Verdict, verdict } from '../model/verdict';

const HTTPS = 443;

/**
 * Services that code calls at hosts of their own, by the prefix of their actions: the names of their endpoints. Left out is what AWS
 * calls with a function's role for it: logs, traces, network interfaces and decryption.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  'athena': ['athena'],
  'batch': ['batch'],
  'bedrock': ['bedrock', 'bedrock-agent', 'bedrock-agent-runtime', 'bedrock-runtime'],
  'cloudwatch': ['monitoring'],
  'cognito-idp': ['cognito-idp'],
  'comprehend': ['comprehend'],
  'dynamodb': ['dynamodb'],
  'ecs': ['ecs'],
  'events': ['events'],
  'execute-api': ['execute-api'],
  'firehose': ['kinesis-firehose'],
  'glue': ['glue'],
  'kinesis': ['kinesis-streams'],
  'lambda': ['lambda'],
  'rds-data': ['rds-data'],
  'redshift-data': ['redshift-data'],
  'rekognition': ['rekognition'],
  's3': ['s3'],
  'sagemaker': ['sagemaker.api', 'sagemaker.featurestore-runtime', 'sagemaker.runtime'],
  'scheduler': ['scheduler'],
  'secretsmanager': ['secretsmanager'],
  'ses': ['email', 'email-smtp'],
  'sns': ['sns'],
  'sqs': ['sqs'],
  'ssm': ['ssm'],
  'states': ['states', 'sync-states'],
  'sts': ['sts'],
  'textract': ['textract'],
  'translate': ['translate'],
};

/** Whether it is known by which endpoints a service is reached. */
export function hasEndpoints(prefix: string): boolean {
  return Object.hasOwn(ENDPOINTS, prefix);
}

/** Whether code reaches a service, named by the prefix of its actions: over the internet, through an endpoint, or through other networks. */
export function reachesService(app: AppModel, { attachments, internet }: Reach, prefix: string): Verdict {
  return any([
    internet.IPv4.open,
    internet.IPv6.open === 'no' ? 'no' : 'unknown',
    ...attachments.map(({ subnets, groups }) => any(subnets.items.flatMap(item => item.branches).map(subnet =>
      bySubnet(app, subnet, groups, ENDPOINTS[prefix] ?? [])))),
  ]);
}

function bySubnet(app: AppModel, subnet: Value, groupIds: Value, names: readonly string[]): Verdict {
  const ways = routes(app);
  const known = groupIds.items.flatMap(item => item.branches).every(id => securityGroups(app).has(identityOf(id) ?? ''));
  const groups = groupsIn(groupIds, securityGroups(app));
  const closed = known && groups.every(group => group.opensByDefault === 'no' && group.egress.every(leadsNowhere));
  if (closed) return 'no';
  const vpc = vpcOf(subnet).target;
  if (vpc?.type !== 'AWS::EC2::VPC') return 'unknown';
  const tables = ways.tablesOf(subnet).flatMap(table => identityOf(table) ?? []);
  const onward = ways.toInternet(subnet, 'IPv4', 'no');
  return any([
    // By a group that names a part of the internet, or past a firewall.
    onward.open === 'no' && !onward.filteredBy ? 'no' : 'unknown',
    ways.leavesVpc(subnet) === 'no' ? 'no' : 'unknown',
    ...(endpointsByVpc(app).get(vpc) ?? []).filter(({ service }) => names.includes(service)).map(endpoint => all([
      endpoint.kind === 'interface' ? 'yes' : verdict(tablesNamed(endpoint.resource).some(table => tables.includes(table))),
      known ? admits(groups, endpoint) : 'unknown',
    ])),
  ]);
}

function admits(groups: readonly SecurityGroup[], endpoint: Endpoint): Verdict {
  return any(groups.flatMap(group => [group.opensByDefault, ...group.egress.map(rule =>
    all([rule.exists, admitsPort(rule, HTTPS), leadsTo(rule, endpoint)]))]));
}

function leadsTo({ says }: GroupRule, { resource, kind }: Endpoint): Verdict {
  const destination = says.get('DestinationSecurityGroupId');
  if (destination.kind !== 'absent') {
    const own = resource.get('SecurityGroupIds').items.flatMap(item => item.branches).map(identityOf);
    return any(destination.branches.map(id => verdict(kind === 'interface' && own.includes(identityOf(id)))));
  }
  // Other ranges and prefix lists may be those of the service.
  return isInternet(says.get('CidrIp'), 'IPv4') === 'yes' ? 'yes' : 'unknown';
}

function leadsNowhere({ says }: GroupRule): boolean {
  return not(says.get('CidrIp').is('255.255.255.255/32')) === 'no';
}
