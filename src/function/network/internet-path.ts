import { } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { TlsFirewall } from './tls-firewall';
import { VpcRange } from './vpc-range';

/**
 * Properties for `InternetPath`.
 *
 * @internal
 */
export interface InternetPathProps {
  /** Network with nothing but isolated subnets. */
  readonly vpc: ec2.Vpc;

  /**
   * Whether a firewall reads the server name of each connection.
   *
   * @default false
   */
  readonly inspectTls?: boolean;

  /**
   * How many zones have a NAT gateway of their own, and with `inspectTls` a firewall, from 1 to the zones of the network.
   *
   * @default 1 - when its zone fails, functions in all zones lose the internet
   */
  readonly natGateways?: number;

  /**
   * Key for the logs of the firewall.
   *
   * @default - a key of the firewall's own
   */
  readonly encryptionKey?: kms.IKey;
}

/** What each zone has room for, in blocks from the end of the range; used or not, so that a later change moves no subnet. */
enum Block { FUNCTIONS, PUBLIC, FIREWALL }
const BLOCKS_PER_ZONE = 3;

/**
 * Rules of cdk-nag against a route to the internet, with the reason why this one is there. The long form of an id keeps the
 * accepted finding in the validation report; the short one, which cdk-nag takes as well, leaves no trace there.
 */
const ROUTE_RULES = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map(pack => `${pack}-VPCNoUnrestrictedRouteToIGW`);
const ROUTE_REASON = 'Asked for as egress to the internet; the subnet holds a NAT gateway alone, which nobody can connect to, '
  + 'and gives out no public addresses';

/**
 * A way out to the internet for a network that has none, made when the first function asks for it: without it, isolated
 * subnets cost nothing and can't be opened by a single wrong security group.
 *
 * ```
 * functions -> [firewall ->] NAT gateway -> internet gateway        one zone for all by default, see `natGateways`
 * functions <- [firewall <-] NAT gateway <- internet gateway
 * ```
 *
 * IPv4 only: the network has no IPv6 range, so there is no second way past the firewall.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 * @internal
 */
export class InternetPath extends Construct {
  /** Private subnets for functions, one in each zone; they share security groups and endpoints with the isolated ones. */
  public readonly subnets: ec2.ISubnet[];

  private readonly firewall?: TlsFirewall;

  constructor(scope: Construct, id: string, private readonly props: InternetPathProps) {
    super(scope, id);
    const zones = [...new Set(props.vpc.isolatedSubnets.map(subnet => subnet.availabilityZone))];
    const natGateways = props.natGateways ?? 1;
    this.check(zones, natGateways);

    const functions = this.subnetsIn(zones, Block.FUNCTIONS, 'Functions', ec2.PrivateSubnet);
    const natZones = zones.slice(0, natGateways);
    const publicSubnets = this.subnetsIn(natZones, Block.PUBLIC, 'Public', ec2.PublicSubnet);
    this.connect(publicSubnets);
    const nats = publicSubnets.map(subnet => subnet.addNatGateway().ref);

    if (props.inspectTls) {
      const firewalls = this.subnetsIn(natZones, Block.FIREWALL, 'Firewall', ec2.PrivateSubnet);
      this.firewall = new TlsFirewall(this, 'TlsFirewall', { vpc: props.vpc, subnets: firewalls, encryptionKey: props.encryptionKey });
      this.routeThrough(this.firewall, functions, firewalls, publicSubnets, nats);
    } else {
      functions.forEach((subnet, zone) => subnet.addDefaultNatRoute(nats[zone % nats.length]));
    }
    this.subnets = functions;
  }

  /**
   * Lets connections through to `hosts`, which matters only with `inspectTls`.
   *
   * @param hosts names such as `api.example.com` or `*.example.com`
   */
  public allowTls(...hosts: string[]): void {
    this.firewall?.allow(...hosts);
  }

  /**
   * Gives functions in `subnets` the routes that the isolated subnets have to gateway endpoints; else their calls to S3 and
   * DynamoDB would take the NAT gateway, past the endpoint policy and for money. To call for each endpoint, also for those
   * made later; a second call changes nothing.
   */
  public addGatewayEndpoint(endpoint: ec2.GatewayVpcEndpoint): void {
    const cfn = endpoint.node.defaultChild as ec2.CfnVPCEndpoint;
    cfn.routeTableIds = [...new Set([...cfn.routeTableIds ?? [], ...this.subnets.map(subnet => subnet.routeTable.routeTableId)])];
  }

  private check(zones: string[], natGateways: number): void {
    const { vpc } = this.props;
    if (zones.length === 0) throw new Error(`${vpc.node.path} has no isolated subnets: add a \`PRIVATE_ISOLATED\` subnet group`);
    if (vpc.internetGatewayId) {
      throw new Error(`${vpc.node.path} has an internet gateway already: put functions into its own private subnets instead`);
    }
    if (!Number.isInteger(natGateways) || natGateways < 1 || natGateways > zones.length) {
      throw new Error(`\`natGateways\` is \`${natGateways}\` (allowed: whole numbers from 1 to ${zones.length}, the zones of `
        + `${vpc.node.path}): leave it out for one`);
    }
    new VpcRange(vpc).checkFree(zones.length * BLOCKS_PER_ZONE);
  }

  private subnetsIn<T extends ec2.Subnet>(
    zones: string[], block: Block, name: string, Subnet: new (scope: Construct, id: string, props: ec2.SubnetProps) => T,
  ): T[] {
    const range = new VpcRange(this.props.vpc);
    return zones.map((availabilityZone, zone) => new Subnet(this, `${name}${zone + 1}`, {
      availabilityZone,
      cidrBlock: range.blockFromEnd(zone * BLOCKS_PER_ZONE + block),
      vpcId: this.props.vpc.vpcId,
      mapPublicIpOnLaunch: false,
    }));
  }

  private connect(publicSubnets: ec2.PublicSubnet[]): void {
    const gateway = new ec2.CfnInternetGateway(this, 'InternetGateway');
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'Attachment', {
      vpcId: this.props.vpc.vpcId,
      internetGatewayId: gateway.ref,
    });
    for (const subnet of publicSubnets) {
      subnet.addDefaultInternetRoute(gateway.ref, attachment);
      acknowledge(subnet, ROUTE_REASON, ROUTE_RULES);
    }
  }

  /**
   * Both directions must meet the same firewall, or it sees half a connection and drops it: the answers that a NAT gateway
   * sends back would take the VPC's own route to the function, so each subnet of functions gets one that is more specific.
   * Its destination has to be the whole range of a subnet that is there already, hence asked of the subnet itself.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
   */
  private routeThrough(
    firewall: TlsFirewall, functions: ec2.Subnet[], firewalls: ec2.Subnet[], publicSubnets: ec2.Subnet[], nats: string[],
  ): void {
    firewalls.forEach((subnet, zone) => subnet.addDefaultNatRoute(nats[zone]));
    functions.forEach((subnet, zone) => {
      const side = zone % nats.length;
      const endpoint = { routerType: ec2.RouterType.VPC_ENDPOINT, routerId: firewall.endpointIn(firewalls[side]) };
      // The same id as the route straight to the NAT gateway has, so that to inspect later replaces the target and not the route.
      subnet.addRoute('DefaultRoute', { ...endpoint, enablesInternetConnectivity: true });
      const { attrCidrBlock } = subnet.node.defaultChild as ec2.CfnSubnet;
      publicSubnets[side].addRoute(`BackToFunctions${zone + 1}`, { ...endpoint, destinationCidrBlock: attrCidrBlock });
    });
  }
}
