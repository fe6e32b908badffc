import { Family, isInternet } from './address-range';
import { groupedBy, identityOf } from './identity';
import { NetworkAcls, networkAcls, pastAcl } from './network-acls';
import { isListOfInternet, PrefixLists, prefixLists } from './security-groups';
import { eitherWay, Step, throughAll, Way, way, whicheverWay } from './way';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, Verdict, verdict } from '../model/verdict';

/** More hops than any network has; connections that take more go round in circles. */
const MOST_HOPS = 10;

/** Targets of routes behind which there may be anything. */
const LEAVES_THE_APP: Readonly<Record<string, string>> = {
  TransitGatewayId: 'a transit gateway',
  CoreNetworkArn: 'a core network',
  CarrierGatewayId: 'a carrier gateway',
  LocalGatewayId: 'a local gateway',
  OdbNetworkArn: 'a database network',
};

/** Targets of routes that lead from one network into another. */
const BEYOND = [...Object.keys(LEAVES_THE_APP), 'VpcPeeringConnectionId', 'NetworkInterfaceId', 'InstanceId', 'VpcEndpointId'];

/** The ways out of a network: which routes each subnet has, and where they end. */
export class Routes {
  private readonly associations: ReadonlyMap<string, readonly Resource[]>;
  private readonly routes: ReadonlyMap<string, readonly Resource[]>;
  private readonly propagations: ReadonlyMap<string, readonly Resource[]>;
  private readonly acls: NetworkAcls;
  private readonly lists: PrefixLists;
  private readonly known = new Map<string, Way>();

  constructor(app: AppModel) {
    this.associations = groupedBy(app.ofType('AWS::EC2::SubnetRouteTableAssociation'), 'SubnetId');
    this.routes = groupedBy(app.ofType('AWS::EC2::Route'), 'RouteTableId');
    this.propagations = propagationsByTable(app);
    this.acls = networkAcls(app);
    this.lists = prefixLists(app);
  }

  /**
   * The way from a subnet to the internet.
   *
   * @param addressed whether what connects from there has a public IPv4 address, or stands for something that has one
   */
  public toInternet(subnet: Value, family: Family, addressed: Verdict, hops = 0): Way {
    return this.once(`subnet ${identityOf(subnet)} ${family} ${addressed}`, () => hops > MOST_HOPS ? way('unknown') : throughAll([
      this.byTables(subnet, family, addressed, hops),
      pastAcl(subnet, family, this.acls),
    ]));
  }

  /** The tables that a subnet is tied to; none for one that has the main table of its VPC. */
  public tablesOf(subnet: Value): readonly Value[] {
    return (this.associations.get(identityOf(subnet) ?? '') ?? []).flatMap(association => association.get('RouteTableId').branches);
  }

  /** Whether routes of a subnet lead to other networks, where there may be anything. */
  public leavesVpc(subnet: Value): Verdict {
    return any(this.tablesOf(subnet).map(table => {
      const identity = identityOf(table) ?? '';
      if (table.target?.type !== 'AWS::EC2::RouteTable' || this.propagations.has(identity)) return 'unknown';
      return this.once(`beyond ${identity}`, () => way(any((this.routes.get(identity) ?? []).map(leavesVpc)))).open;
    }));
  }

  /** Each way is followed once; whoever comes back to where it began goes round in a circle and gets to no end. */
  private once(key: string, follow: () => Way): Way {
    const known = this.known.get(key);
    if (known) return known;
    this.known.set(key, way('unknown'));
    const found = follow();
    this.known.set(key, found);
    return found;
  }

  private byTables(subnet: Value, family: Family, addressed: Verdict, hops: number): Way {
    const associations = this.associations.get(identityOf(subnet) ?? '') ?? [];
    if (associations.length === 0) return mainTable(subnet);
    return eitherWay(associations.map(association => throughAll([
      way(association.exists),
      whicheverWay(association.get('RouteTableId').branches.map(table =>
        this.once(`table ${identityOf(table)} ${family} ${addressed}`, () => this.byTable(association, table, family, addressed, hops)))),
    ])));
  }

  private byTable(association: Resource, table: Value, family: Family, addressed: Verdict, hops: number): Way {
    const identity = identityOf(table) ?? '';
    const elsewhere = table.target?.type === 'AWS::EC2::RouteTable' ? [] : [
      way('unknown', { resource: association, property: 'RouteTableId', text: `the routes of table \`${table}\` are not in the app` }),
    ];
    const propagated = (this.propagations.get(identity) ?? []).map(propagation =>
      way('unknown', { resource: propagation, text: 'passes on the routes of a VPN, which may lead to the internet' }));
    return eitherWay([
      ...(this.routes.get(identity) ?? []).map(route => this.byRoute(route, family, addressed, hops)), ...propagated, ...elsewhere,
    ]);
  }

  private byRoute(route: Resource, family: Family, addressed: Verdict, hops: number): Way {
    const range = route.get(family === 'IPv4' ? 'DestinationCidrBlock' : 'DestinationIpv6CidrBlock');
    const list = route.get('DestinationPrefixListId');
    const toInternet = any([isInternet(range, family), isListOfInternet(list, family, this.lists)]);
    if (toInternet === 'no') return way('no');
    const to = range.kind === 'absent' ? `prefix list ${list}` : range;
    return throughAll([way(all([route.exists, toInternet])), this.byTarget(route, String(to), family, addressed, hops)]);
  }

  private byTarget(route: Resource, to: string, family: Family, addressed: Verdict, hops: number): Way {
    const targets = Object.entries({
      NatGatewayId: (nat: Value, step: Step) => this.byNatGateway(nat, step, family, hops),
      GatewayId: (gateway: Value, step: Step) => byGateway(gateway, step, family, addressed),
      EgressOnlyInternetGatewayId: (_: Value, step: Step) => way(family === 'IPv6' ? 'yes' : 'no', step),
      // Who is connected to a VPC doesn't get to use its gateways.
      VpcPeeringConnectionId: (_: Value, step: Step) => way('no', step),
      InstanceId: (instance: Value, step: Step) => this.byInstance(instance, step, family, hops),
      NetworkInterfaceId: (_: Value, step: Step) => way('unknown', { ...step, text: `${step.text}, behind which there may be anything` }),
      VpcEndpointId: (endpoint: Value, step: Step) => this.byFirewall(endpoint, step, family, addressed, hops),
    });
    for (const [property, follow] of targets) {
      const target = route.get(property);
      if (target.kind === 'absent') continue;
      const step = { resource: route, property, text: `sends \`${to}\` to ${target}` };
      return whicheverWay(target.branches.map(branch => branch.kind === 'absent' ? way('no') : follow(branch, step)));
    }
    const [property, name] = Object.entries(LEAVES_THE_APP).find(([each]) => route.get(each).kind !== 'absent') ?? [];
    const text = `sends \`${to}\` ${name ? `through ${name}, behind which there may be anything` : 'to a target that is not known here'}`;
    return way('unknown', { resource: route, property, text });
  }

  private byNatGateway(id: Value, step: Step, family: Family, hops: number): Way {
    const nat = id.target;
    if (family === 'IPv6') return way('no', step);
    if (nat?.type !== 'AWS::EC2::NatGateway') return way('unknown', { ...step, text: `${step.text}, a NAT gateway that is not in the app` });
    // Regional ones need no subnet: AWS connects them.
    if (nat.get('AvailabilityMode').is('regional') === 'yes') return way('yes', step);
    const onward = whicheverWay(nat.get('ConnectivityType').or('public').branches.map(type =>
      this.eachSubnet(nat.get('SubnetId'), family, type.text === undefined ? 'unknown' : type.text === 'public' ? 'yes' : 'no', hops)));
    return throughAll([way('yes', step), onward]);
  }

  /** A NAT instance, or an appliance that lets through what it likes. */
  private byInstance(id: Value, step: Step, family: Family, hops: number): Way {
    const subnet = id.target?.type === 'AWS::EC2::Instance'
      ? id.target.get('SubnetId').kind === 'absent' ? id.target.get('NetworkInterfaces.0.SubnetId') : id.target.get('SubnetId')
      : Value.ABSENT;
    if (subnet.kind === 'absent') return way('unknown', { ...step, text: `${step.text}, an instance that is not known here` });
    return throughAll([way('yes', step), this.eachSubnet(subnet, family, 'yes', hops)]);
  }

  private byFirewall(endpoint: Value, step: Step, family: Family, addressed: Verdict, hops: number): Way {
    const firewall = endpoint.target;
    if (firewall?.type !== 'AWS::NetworkFirewall::Firewall') {
      return way('unknown', { ...step, text: `${step.text}, an endpoint that lets through what those behind it decide` });
    }
    const passed: Way = { open: lettingEverythingPass(firewall), steps: [step], filteredBy: firewall };
    const onward = firewall.get('SubnetMappings').items.map(mapping => mapping.get('SubnetId'));
    return throughAll([passed, eitherWay(onward.map(subnet => this.eachSubnet(subnet, family, addressed, hops)))]);
  }

  private eachSubnet(subnet: Value, family: Family, addressed: Verdict, hops: number): Way {
    return whicheverWay(subnet.branches.map(branch => this.toInternet(branch, family, addressed, hops + 1)));
  }
}

export const routes = view(app => new Routes(app));

function leavesVpc(route: Resource): Verdict {
  return any([
    ...BEYOND.map(property => route.get(property).isSet),
    ...route.get('GatewayId').branches.map(gateway =>
      verdict(gateway.kind !== 'absent' && gateway.text !== 'local' && !isInternetGateway(gateway))),
  ]);
}

/** The main table of a VPC that the app makes has only the VPC's own route: no template can name it. */
function mainTable(subnet: Value): Way {
  const vpc = subnet.target?.type === 'AWS::EC2::Subnet' ? subnet.target.get('VpcId').target : undefined;
  if (vpc?.type === 'AWS::EC2::VPC') return way('no', { resource: subnet.target!, text: 'has the main route table of its VPC, which leads nowhere' });
  return way('unknown', ...subnet.target ? [{ resource: subnet.target, text: 'its route table is not in the app' }] : []);
}

function byGateway(gateway: Value, step: Step, family: Family, addressed: Verdict): Way {
  if (gateway.text === 'local') return way('no', step);
  if (!isInternetGateway(gateway)) return way('unknown', { ...step, text: `${step.text}, behind which there may be anything` });
  const open = family === 'IPv6' ? 'yes' : addressed;
  return way(open, open === 'no' ? { ...step, text: `${step.text}, which is no use without a public address` } : step);
}

function isInternetGateway(gateway: Value): boolean {
  return gateway.target?.type === 'AWS::EC2::InternetGateway' || (gateway.text?.startsWith('igw-') ?? false);
}

/** Whether a firewall lets pass what its rules don't name; where it drops that, its rules are a list of who may be reached. */
function lettingEverythingPass(firewall: Resource): Verdict {
  const policy = firewall.get('FirewallPolicyArn').target?.get('FirewallPolicy');
  if (!policy) return 'unknown';
  const drops = (actions: Value) => any(actions.items.map(action => action.satisfies(({ text }) => text?.startsWith('aws:drop') ?? false)));
  const stateful = drops(policy.get('StatefulDefaultActions'));
  // What goes past the stateful engine altogether.
  const passes = any(policy.get('StatelessDefaultActions').items.map(action => action.is('aws:pass')));
  if (passes === 'yes') return 'yes';
  return stateful === 'yes' || drops(policy.get('StatelessDefaultActions')) === 'yes' && policy.get('StatefulRuleGroupReferences').kind === 'absent' ? 'no' : 'unknown';
}

function propagationsByTable(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const byTable = new Map<string, Resource[]>();
  for (const propagation of app.ofType('AWS::EC2::VPNGatewayRoutePropagation')) {
    for (const table of propagation.get('RouteTableIds').items.flatMap(item => item.branches)) {
      const identity = identityOf(table) ?? '';
      const known = byTable.get(identity);
      if (known) known.push(propagation);
      else byTable.set(identity, [propagation]);
    }
  }
  return byTable;
}
