import { Template } from 'aws-cdk-lib/assertions';

type Resources = { [logicalId: string]: { Type: string; Properties: any } };
interface Route { readonly cidr: string; readonly target: any }

/**
 * Walks a packet through the routes of a template as the router of a VPC would: longest prefix first, the VPC's own range
 * `local`. Knows NAT gateways, internet gateways and firewall endpoints, and throws at anything that AWS would refuse.
 */
export class RouteTracer {
  private readonly resources: Resources;

  constructor(template: Template, private readonly ipamRange?: string) {
    this.resources = template.toJSON().Resources;
  }

  /** Subnets by logical id, with their range as CloudFormation would compute it. */
  public subnets(): { [logicalId: string]: string } {
    return Object.fromEntries(this.ofType('AWS::EC2::Subnet').map(id => [id, this.evaluate(this.resources[id].Properties.CidrBlock)]));
  }

  public vpcRange(): string {
    return this.resources[this.ofType('AWS::EC2::VPC')[0]].Properties.CidrBlock ?? this.ipamRange;
  }

  /** Logical ids of all that a packet passes from `subnet` on; the last is a subnet, an internet gateway or `nowhere`. */
  public trace(subnet: string, address: string): string[] {
    const hops: string[] = [];
    for (let at = subnet; hops.length < 10;) {
      const target = this.lookUp(at, address);
      if (target === undefined) return [...hops, 'nowhere'];
      if (target === 'local') return [...hops, this.subnetWith(address)];
      if (target.GatewayId) return [...hops, this.attached(target.GatewayId.Ref)];
      const hop: string = target.NatGatewayId?.Ref ?? firewallOf(target.VpcEndpointId);
      hops.push(hop);
      at = this.subnetOf(hop);
    }
    throw new Error(`packets go round in circles: ${hops}`);
  }

  /** The subnet that a NAT gateway or a firewall stands in, from where packets that leave it are routed. */
  public subnetOf(logicalId: string): string {
    const { Type, Properties } = this.resources[logicalId];
    if (Type === 'AWS::EC2::NatGateway') return Properties.SubnetId.Ref;
    if (Properties.SubnetMappings.length !== 1) throw new Error(`the first endpoint of ${logicalId} may be in any of its subnets`);
    return Properties.SubnetMappings[0].SubnetId.Ref;
  }

  public zoneOf(subnet: string): unknown {
    return this.resources[subnet].Properties.AvailabilityZone;
  }

  private lookUp(subnet: string, address: string): any {
    const association = this.ofType('AWS::EC2::SubnetRouteTableAssociation')
      .map(id => this.resources[id].Properties)
      .find(({ SubnetId }) => SubnetId.Ref === subnet);
    const routes: Route[] = this.ofType('AWS::EC2::Route')
      .map(id => this.resources[id].Properties)
      .filter(({ RouteTableId }) => RouteTableId.Ref === association.RouteTableId.Ref)
      .map(({ DestinationCidrBlock, ...target }) => ({ cidr: this.evaluate(DestinationCidrBlock), target }));
    for (const { cidr } of routes) this.checkAllowed(cidr);
    return [{ cidr: this.vpcRange(), target: 'local' }, ...routes]
      .filter(({ cidr }) => contains(cidr, address))
      .sort((a, b) => prefixOf(b.cidr) - prefixOf(a.cidr))[0]?.target;
  }

  /** A route inside the VPC's range must be for the whole of one subnet. */
  private checkAllowed(cidr: string): void {
    if (contains(this.vpcRange(), cidr) && !Object.values(this.subnets()).includes(cidr)) throw new Error(`${cidr} is no subnet`);
  }

  private subnetWith(address: string): string {
    return Object.entries(this.subnets()).find(([, cidr]) => contains(cidr, address))?.[0] ?? 'nowhere';
  }

  private attached(gateway: string): string {
    const attachments = this.ofType('AWS::EC2::VPCGatewayAttachment').map(id => this.resources[id].Properties.InternetGatewayId.Ref);
    if (!attachments.includes(gateway)) throw new Error(`${gateway} is attached to nothing`);
    return gateway;
  }

  /** The intrinsics that ranges are written with. */
  private evaluate(value: any): any {
    if (typeof value === 'string') return value;
    if (value['Fn::GetAtt']) {
      const { Type, Properties } = this.resources[value['Fn::GetAtt'][0]];
      return Type === 'AWS::EC2::VPC' ? this.vpcRange() : this.evaluate(Properties.CidrBlock);
    }
    const [index, { 'Fn::Cidr': [whole, count, bits] }] = value['Fn::Select'];
    return cut(this.evaluate(whole), count, Number(bits))[Number(index)];
  }

  private ofType(type: string): string[] {
    return Object.keys(this.resources).filter(id => this.resources[id].Type === type);
  }
}

/** `Fn::Cidr`, with the limits that AWS documents for it. */
function cut(whole: string, count: number, bits: number): string[] {
  if (count < 1 || count > 256) throw new Error(`Fn::Cidr makes 1 to 256 ranges, not ${count}`);
  if (count * 2 ** bits > 2 ** (32 - prefixOf(whole))) throw new Error(`${whole} has no ${count} ranges of ${bits} bits`);
  return [...Array(count).keys()].map(i => `${dotted(numberOf(whole) + i * 2 ** bits)}/${32 - bits}`);
}

function firewallOf(endpoint: any): string {
  const [part, { 'Fn::Split': [separator, { 'Fn::Select': [index, { 'Fn::GetAtt': [firewall, attribute] }] }] }] = endpoint['Fn::Select'];
  // The attribute is a list of `zone:vpce-id`.
  if (attribute !== 'EndpointIds' || index !== 0 || separator !== ':' || part !== 1) throw new Error(`no endpoint: ${JSON.stringify(endpoint)}`);
  return firewall;
}

/** Whether `cidr` has all of `other`, which is an address or a range. */
export function contains(cidr: string, other: string): boolean {
  return rangeOf(cidr)[0] <= rangeOf(other)[0] && rangeOf(other)[1] <= rangeOf(cidr)[1];
}

export function overlap(a: string, b: string): boolean {
  return rangeOf(a)[0] <= rangeOf(b)[1] && rangeOf(b)[0] <= rangeOf(a)[1];
}

/** An address in the middle of `cidr`. */
export function addressIn(cidr: string): string {
  return dotted(numberOf(cidr) + 2 ** (31 - prefixOf(cidr)));
}

export function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 32);
}

function rangeOf(cidr: string): [number, number] {
  return [numberOf(cidr), numberOf(cidr) + 2 ** (32 - prefixOf(cidr)) - 1];
}

function numberOf(cidr: string): number {
  const [a, b, c, d] = cidr.split('/')[0].split('.').map(Number);
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}
