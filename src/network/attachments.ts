import { Step } from './way';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { agreed, all, not, Verdict, verdict } from '../model/verdict';

/** How something that runs code is connected: to subnets of a VPC by interfaces in security groups, or to the internet by Lambda. */
export interface Attachment {
  /** Where it is said: the function, or the connector or capacity provider that it uses. */
  readonly at: Step;
  readonly inVpc: Verdict;
  readonly subnets: Value;
  readonly groups: Value;
  /** Whether it may use the IPv6 addresses of its subnets. */
  readonly ipv6: Verdict;
  /** Whether its interfaces have public IPv4 addresses; those of functions never have. */
  readonly addressed: Verdict;
}

/** Types of resources that run a user's code in Lambda. */
const COMPUTE = {
  'AWS::Lambda::Function': ofFunction,
  'AWS::Lambda::WebFunctionRevision': ofWebFunction,
  'AWS::Lambda::MicrovmImage': ofMicrovm,
} as const;

/** The attachments of everything that runs code in Lambda. Several only where it may choose at run time. */
export const attachments = view((app: AppModel): ReadonlyMap<Resource, readonly Attachment[]> =>
  new Map(Object.entries(COMPUTE).flatMap(([type, attach]) => app.ofType(type).map(compute => [compute, attach(compute)] as const))));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
function ofFunction(fn: Resource): Attachment[] {
  const provider = fn.get('CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn');
  if (provider.kind !== 'absent') return [ofCapacityProvider(fn, provider)];
  if (fn.get('VpcConfig').kind === 'absent') return [{ at: { resource: fn, property: 'VpcConfig', text: OWN_NETWORK }, ...OUTSIDE }];
  return [{
    ...inVpc(fn, 'VpcConfig', 'VpcConfig'),
    ipv6: fn.get('VpcConfig.Ipv6AllowedForDualStack').or(false).isTrue,
    addressed: 'no',
  }];
}

const OWN_NETWORK = 'has a network of its own';
const OUTSIDE: Omit<Attachment, 'at'> = { inVpc: 'no', subnets: Value.ABSENT, groups: Value.ABSENT, ipv6: 'no', addressed: 'no' };

/**
 * Functions on managed instances connect by the interfaces of those, which a subnet may give public addresses.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html
 */
function ofCapacityProvider(fn: Resource, provider: Value): Attachment {
  const property = 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn';
  const found = provider.target?.type === 'AWS::Lambda::CapacityProvider' ? provider.target : undefined;
  if (!found) return elsewhere(fn, property, `runs on capacity provider \`${provider}\`, whose network is not in the app`);
  return { ...inVpc(found, 'VpcConfig', 'VpcConfig'), ipv6: 'unknown', addressed: 'unknown' };
}

function ofWebFunction(revision: Resource): Attachment[] {
  const property = 'ServiceConfig.EgressNetworkConnectorArn';
  const connector = revision.get(property);
  if (connector.kind !== 'absent') return [ofConnector(revision, property, connector)];
  return [elsewhere(revision, property, 'has no network connector, and where a web function may connect to without one is not documented')];
}

function ofMicrovm(image: Resource): Attachment[] {
  const connectors = image.get('EgressNetworkConnectors');
  const listed = connectors.items.map((connector, index) => ofConnector(image, `EgressNetworkConnectors.${index}`, connector));
  return listed.length > 0 ? listed : [elsewhere(image, 'EgressNetworkConnectors', 'names no network connector, which may be chosen when it is run')];
}

function ofConnector(compute: Resource, property: string, id: Value): Attachment {
  if (id.text?.endsWith('INTERNET_EGRESS')) {
    return { ...elsewhere(compute, property, 'connects to the internet through a connector of Lambda'), inVpc: 'no' };
  }
  const connector = id.target?.type === 'AWS::Lambda::NetworkConnector' ? id.target : undefined;
  if (!connector) return elsewhere(compute, property, `connects through network connector \`${id}\`, which is not in the app`);
  const base = 'Configuration.VpcEgressConfiguration';
  return {
    ...inVpc(connector, base, base),
    ipv6: connector.get(`${base}.NetworkProtocol`).is('DualStack'),
    addressed: connector.get(`${base}.ElasticIpConfiguration`).kind === 'absent' ? 'no' : 'unknown',
  };
}

function inVpc(resource: Resource, base: string, property: string) {
  const config = resource.get(base);
  const subnets = config.get('SubnetIds');
  return {
    at: { resource, property, text: OWN_NETWORK },
    inVpc: all([
      config.kind === 'unknown' || config.kind === 'reference' ? 'unknown' : 'yes',
      not(agreed(subnets.branches.map(branch => verdict(branch.items.length === 0)))),
    ]),
    subnets,
    groups: config.get('SecurityGroupIds'),
  };
}

function elsewhere(resource: Resource, property: string, text: string): Attachment {
  const nowhere = Value.unknown(text);
  return { at: { resource, property, text }, inVpc: 'unknown', subnets: nowhere, groups: nowhere, ipv6: 'unknown', addressed: 'unknown' };
}
