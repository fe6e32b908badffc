import { isIP } from 'node:net';
import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Faults } from '../faults';
import { AwsService } from './aws-service';
import { checkReason } from '../weakened';

/**
 * Options for `Egress.toHosts`.
 */
export interface EgressToHostsOptions {
  /**
   * Whether a firewall reads the server name of each TLS connection and drops those to other hosts. Without it the function
   * resolves no other names, but code that brings an address along can connect to it.
   *
   * A firewall costs several hundred dollars a month for each network, however many functions use it.
   *
   * @default false - names are filtered, connections are not
   */
  readonly inspectTls?: boolean;
}

/** @internal */
export interface EgressToPeers {
  readonly peers: readonly ec2.IConnectable[];
  readonly port: ec2.Port;
}

/** @internal */
export interface EgressToCidr {
  readonly cidr: string;
  readonly port: ec2.Port;
}

interface Destinations {
  readonly services?: readonly AwsService[];
  readonly hosts?: readonly string[];
  readonly inspectTls?: boolean;
  readonly peers?: readonly EgressToPeers[];
  readonly cidrs?: readonly EgressToCidr[];
  readonly unrestrictedReason?: string;
  /** Calls with nothing to reach, such as `Egress.toServices()`. */
  readonly empty?: readonly string[];
}

/**
 * Where a function may open connections to.
 *
 * Each is complete: what it does not name can't be reached. `Egress.all` combines several.
 */
export class Egress {
  /** Nowhere: the function sits in a subnet without a way out, behind a security group without an outbound rule. */
  public static none(): Egress {
    return new Egress({});
  }

  /**
   * Services of AWS, through endpoints in the function's network whose policies keep data inside the account or organisation.
   *
   * S3 and DynamoDB are free; each other service costs an endpoint for each network, however many functions use it. In a
   * `SecureNetwork` a function that reaches one of the free two has a way to the other, too: their addresses can't be told
   * apart without `AwsService.withPrefixList`, and what it may do there is for its role to say.
   *
   * In a VPC of the caller's, a service is reached through the endpoint that the VPC has: none is added to it unless it is
   * wrapped in a `SecureNetwork`.
   */
  public static toServices(...services: AwsService[]): Egress {
    return new Egress({ services, empty: services.length === 0 ? ['Egress.toServices()'] : [] });
  }

  /**
   * Hosts on the internet, with TLS at port 443 over IPv4: the network gets a NAT gateway, and resolves no other names.
   *
   * @param hosts names such as `api.example.com`, or `*.example.com` for all names below; no scheme, port or path
   */
  public static toHosts(hosts: string[], options: EgressToHostsOptions = {}): Egress {
    return new Egress({ hosts, inspectTls: options.inspectTls, empty: hosts.length === 0 ? ['Egress.toHosts([])'] : [] });
  }

  /**
   * What has security groups, such as databases, load balancers and VPC endpoints: opens both sides for each other.
   *
   * @param peers in the function's VPC, or in one connected to it
   * @param port such as `ec2.Port.tcp(5432)`
   */
  public static toPeers(peers: ec2.IConnectable[], port: ec2.Port): Egress {
    return new Egress({ peers: [{ peers, port }], empty: peers.length === 0 ? ['Egress.toPeers([], ...)'] : [] });
  }

  /**
   * A range of addresses, such as that of an office at the other end of a VPN.
   *
   * The range is allowed, not made reachable: routes to it are those of the VPC.
   *
   * @param cidr IPv4 such as `10.20.0.0/16`, or IPv6 such as `2001:db8::/32`
   * @param port such as `ec2.Port.tcp(443)`
   */
  public static toCidr(cidr: string, port: ec2.Port): Egress {
    return new Egress({ cidrs: [{ cidr, port }] });
  }

  /**
   * Anywhere. A function without a `vpc` then runs outside any VPC.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static unrestricted(reason: string): Egress {
    return new Egress({ unrestrictedReason: reason });
  }

  /** All that any of `egresses` allows. */
  public static all(...egresses: Egress[]): Egress {
    return new Egress({
      services: egresses.flatMap(each => each._services),
      hosts: egresses.flatMap(each => each._hosts),
      inspectTls: egresses.some(each => each._inspectTls),
      peers: egresses.flatMap(each => each._peers),
      cidrs: egresses.flatMap(each => each._cidrs),
      unrestrictedReason: egresses.find(each => each._unrestrictedReason !== undefined)?._unrestrictedReason,
      empty: egresses.flatMap(each => each.empty),
    });
  }

  /** @internal */
  public readonly _services: readonly AwsService[];
  /** @internal */
  public readonly _hosts: readonly string[];
  /** @internal */
  public readonly _inspectTls: boolean;
  /** @internal */
  public readonly _peers: readonly EgressToPeers[];
  /** @internal */
  public readonly _cidrs: readonly EgressToCidr[];
  /** @internal */
  public readonly _unrestrictedReason: string | undefined;

  private readonly empty: readonly string[];

  private constructor(to: Destinations) {
    this._services = to.services ?? [];
    this._hosts = to.hosts ?? [];
    this._inspectTls = to.inspectTls ?? false;
    this._peers = to.peers ?? [];
    this._cidrs = to.cidrs ?? [];
    this._unrestrictedReason = to.unrestrictedReason;
    this.empty = to.empty ?? [];
  }

  /**
   * Whether nothing at all is allowed.
   *
   * @internal
   */
  public get _isNone(): boolean {
    return this._unrestrictedReason === undefined && !this.isSpecific;
  }

  /** @internal */
  public _check(faults: Faults): void {
    for (const call of this.empty) faults.add('egress', call, 'at least one destination', 'name one, or write `Egress.none()`');
    for (const service of this._services) service._check(faults);
    for (const host of this._hosts) checkHost(host, faults);
    for (const { cidr } of this._cidrs) checkCidr(cidr, faults);
    if (this._unrestrictedReason === undefined) return;
    checkReason(faults, 'Egress.unrestricted', this._unrestrictedReason);
    if (this.isSpecific) {
      faults.add('egress', 'Egress.unrestricted together with others', 'one or the others', 'leave out `Egress.unrestricted`, or the others');
    }
  }

  private get isSpecific(): boolean {
    return [this._services, this._hosts, this._peers, this._cidrs].some(each => each.length > 0);
  }
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

function checkHost(host: string, faults: Faults): void {
  if (Token.isUnresolved(host)) return;
  const labels = (host.startsWith('*.') ? host.slice(2) : host).split('.');
  const isName = labels.length > 1 && host.length <= 253 && labels.every(label => LABEL.test(label)) && isIP(host) === 0;
  if (!isName) {
    faults.add('Egress.toHosts', host, 'names such as `api.example.com` or `*.example.com`, without scheme, port and path',
      isIP(host) ? `write \`Egress.toCidr('${host}/${isIP(host) === 4 ? 32 : 128}', ec2.Port.tcp(443))\`` : 'write the name of the host alone');
  }
}

function checkCidr(cidr: string, faults: Faults): void {
  if (Token.isUnresolved(cidr)) return;
  const [address, prefix, ...rest] = cidr.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  const length = /^\d+$/.test(prefix ?? '') ? Number(prefix) : -1;
  if (rest.length > 0 || length < 0 || length > bits) {
    faults.add('Egress.toCidr', cidr, 'a range such as `10.20.0.0/16` or `2001:db8::/32`', 'write address, `/` and length of the prefix');
  } else if (length === 0) {
    faults.add('Egress.toCidr', cidr, 'a part of the internet', "name the range, or write `Egress.unrestricted('why')`");
  }
}
