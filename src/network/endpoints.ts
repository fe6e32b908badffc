import { functionVpcs } from './function-vpcs';
import { identityOf } from './identity';
import { routes } from './routes';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** An endpoint by which a VPC reaches a service of AWS. */
export interface Endpoint {
  readonly resource: Resource;
  /** The service as its endpoints call it: `s3`, `ecr.api`, `kinesis-streams`. */
  readonly service: string;
  readonly kind: 'gateway' | 'interface';
}

/** The endpoints of each VPC that the app makes, for services of AWS. */
export const endpointsByVpc = view((app): ReadonlyMap<Resource, readonly Endpoint[]> => {
  const byVpc = new Map<Resource, Endpoint[]>();
  for (const resource of app.ofType('AWS::EC2::VPCEndpoint')) {
    const vpc = resource.get('VpcId').target;
    const service = serviceOf(resource.get('ServiceName'));
    const kind = resource.get('VpcEndpointType').or('Gateway').text?.toLowerCase();
    if (!vpc || service === undefined || kind !== 'gateway' && kind !== 'interface') continue;
    const others = byVpc.get(vpc);
    if (others) others.push({ resource, service, kind });
    else byVpc.set(vpc, [{ resource, service, kind }]);
  }
  return byVpc;
});

/** An endpoint, and the code in Lambda that it is in reach of. */
export interface FunctionEndpoint extends Endpoint {
  readonly users: readonly Resource[];
}

/** The endpoints in the networks of functions: interfaces in the same VPC, and gateways that the routes of their subnets lead to. */
export const functionEndpoints = view((app): readonly FunctionEndpoint[] => functionVpcs(app).flatMap(({ vpc, subnets, users }) => {
  const tables = new Set([...subnets].flatMap(subnet => tablesOf(app, subnet)));
  return (endpointsByVpc(app).get(vpc) ?? [])
    .filter(({ resource, kind }) => kind === 'interface' || tablesNamed(resource).some(table => tables.has(table)))
    .map(endpoint => ({ ...endpoint, users }));
}));

/** The route tables that a gateway endpoint adds its routes to. */
export function tablesNamed(endpoint: Resource): readonly string[] {
  return endpoint.get('RouteTableIds').items.flatMap(item => item.branches).flatMap(table => identityOf(table) ?? []);
}

function tablesOf(app: AppModel, subnet: Resource): readonly string[] {
  return routes(app).tablesOf(subnet.reference('Ref')).flatMap(table => identityOf(table) ?? []);
}

/** The last parts of `com.amazonaws.eu-west-1.ecr.api`; services of others are called `com.amazonaws.vpce....`. */
function serviceOf(name: Value): string | undefined {
  const text = name.text ?? name.parts.map(String).join('');
  const [, region, service] = /^(?:cn\.)?(?:com|aws)\.(?:amazonaws\.|api\.)?([^.]+)\.(.+)$/.exec(text) ?? [];
  return region === 'vpce' ? undefined : service?.replace(/-fips$/, '');
}
