import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkNetwork, checkReach } from './egress-props';
import { FunctionPart } from './function-part';
import { allowNetworkInterfaces } from './network-interfaces';
import { closeSecurityGroup, EgressRule, egressRulesOf, makeOwnSecurityGroup, neverWithoutRule, ownSecurityGroup } from './own-security-group';
import { cfnFunctionOf } from './securable-function';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { validateGrants } from '../network/reachability';
import { SecureNetwork } from '../network/secure-network';
import { addressesOf, findEndpoint, vpcOf } from '../network/service-endpoints';
import { Egress } from '../options/egress';
import { ClosedSecurityGroup } from '../shared/closed-security-group';
import { givenNetwork, joinedNetwork } from '../shared/joined-network';
import { recordWeakening } from '../weakened';

const HTTPS = ec2.Port.tcp(443);

/** What each function was given, so that a second application changes nothing. */
const APPLIED = new WeakMap<lambda.Function, Egress>();

/** How descriptions of rules begin that lead to a service of AWS. */
const TO_SERVICE = 'to AWS service ';

/**
 * Properties for `RestrictedEgress`.
 */
export interface RestrictedEgressProps {
  /**
   * Where the function may open connections to.
   *
   * @default - the egress of `SecureDefaults`: nowhere
   */
  readonly egress?: Egress;

  /**
   * Network that a function without a VPC joins.
   *
   * @default - the network of `SecureDefaults`, else one that the functions of the stack share
   */
  readonly network?: SecureNetwork;
}

/**
 * Lets a function connect to what it was told of and to nothing else.
 *
 * A function without a VPC joins a `SecureNetwork`. One in a VPC stays there: the security group that the CDK made for it is
 * closed; groups that the caller made are theirs to keep, and a warning says so where they are open.
 *
 * Grants to a service that the function can't reach are an error.
 */
export class RestrictedEgress extends FunctionPart {
  constructor(private readonly props: RestrictedEgressProps = {}) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    (this.props.egress ?? SecureDefaults.of(scope).egress)._check(faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    if (APPLIED.has(fn)) return;
    const egress = this.egressAt(fn);
    APPLIED.set(fn, egress);
    recordEndpointsWithoutPolicy(fn, egress);
    if (egress._unrestrictedReason !== undefined) return recordUnrestricted(fn, cfn, egress._unrestrictedReason);

    if (!cfn.vpcConfig) this.join(fn, cfn, egress);
    const own = ownSecurityGroup(fn);
    if (own) {
      closeSecurityGroup(own);
      neverWithoutRule(own);
    } else {
      warnOfOpenGroups(fn, egress);
    }

    const network = this.networkOf(fn, cfn);
    const vpc = network?.vpc ?? this.vpcOf(fn, cfn);
    openTo(fn, egress, vpc, network);
    if (own || network) validateGrants(fn, egress, () => !network && own !== undefined && egressRulesOf(own).some(mayLeadToServices));
  }

  private egressAt(scope: IConstruct): Egress {
    return this.props.egress ?? SecureDefaults.of(scope).egress;
  }

  /** @internal */
  public _checkExisting(fn: lambda.Function, faults: Faults): void {
    const egress = this.egressAt(fn);
    const applied = APPLIED.get(fn);
    if (applied && this.props.egress && this.props.egress !== applied) {
      faults.add('egress', 'a second one', 'one for each function', 'combine both with `Egress.all(...)` where the function is made');
    }
    if (applied || egress._unrestrictedReason !== undefined) return;
    const cfn = cfnFunctionOf(fn);
    if (!cfn.vpcConfig) return checkNetwork(fn, egress, faults, this.props.network);
    const vpc = this.vpcOf(fn, cfn);
    const inFunction = (subnet: ec2.ISubnet) => subnetIdsOf(cfn).includes(subnet.subnetId);
    if (vpc?.publicSubnets.some(inFunction)) {
      faults.add('vpcSubnets', 'public subnets', 'private or isolated subnets', 'choose others: a function gets no public address there');
    }
    const subnets = vpc ? [...vpc.isolatedSubnets, ...vpc.privateSubnets, ...vpc.publicSubnets].filter(inFunction) : [];
    checkReach(vpc, subnets, false, egress, faults);
  }

  private join(fn: lambda.Function, cfn: lambda.CfnFunction, egress: Egress): void {
    const network = joinedNetwork(fn, this.props.network);
    const subnets = egress._hosts.length > 0
      ? network._subnetsTo(egress._hosts, egress._inspectTls)
      : network.vpc.selectSubnets(network.isolatedSubnets).subnets;
    const group = egress._isNone ? ClosedSecurityGroup.in(network, fn) : makeOwnSecurityGroup(fn, network.vpc);
    fn['_connections'] = new ec2.Connections({ securityGroups: [group] });
    cfn.vpcConfig = { subnetIds: subnets.map(subnet => subnet.subnetId), securityGroupIds: [group.securityGroupId] };
    fn.node.addDependency(...subnets.map(subnet => subnet.internetConnectivityEstablished));
    allowNetworkInterfaces(fn);
  }

  private vpcOf(fn: lambda.Function, cfn: lambda.CfnFunction): ec2.IVpc | undefined {
    return (this.props as lambda.FunctionOptions).vpc ?? vpcOf(subnetIdsOf(cfn), fn);
  }

  private networkOf(fn: lambda.Function, cfn: lambda.CfnFunction): SecureNetwork | undefined {
    const given = givenNetwork(fn, this.props.network);
    return given?._holds(subnetIdsOf(cfn)) ? given : SecureNetwork._around(this.vpcOf(fn, cfn));
  }
}

function openTo(fn: lambda.Function, egress: Egress, vpc: ec2.IVpc | undefined, network: SecureNetwork | undefined): void {
  for (const service of egress._services) {
    const peer = network?._peerOf(service) ?? (vpc && findEndpoint(vpc, service)) ?? addressesOf(service);
    fn.connections.allowTo(peer, HTTPS, `${TO_SERVICE}${service._name}`);
  }
  if (egress._hosts.length > 0) {
    network?._subnetsTo(egress._hosts, egress._inspectTls);
    fn.connections.allowTo(ec2.Peer.anyIpv4(), HTTPS, 'to hosts that the network resolves');
  }
  for (const { peers, port } of egress._peers) peers.forEach(peer => fn.connections.allowTo(peer, port));
  if (egress._peers.length > 0) network?._allowNamesOfPeers();
  for (const { cidr, port } of egress._cidrs) {
    fn.connections.allowTo(cidr.includes(':') ? ec2.Peer.ipv6(cidr) : ec2.Peer.ipv4(cidr), port);
  }
}

function subnetIdsOf(cfn: lambda.CfnFunction): string[] {
  return (cfn.vpcConfig as lambda.CfnFunction.VpcConfigProperty | undefined)?.subnetIds ?? [];
}

/** Whether a rule that no service asked for may lead to a service all the same, such as through an endpoint. */
function mayLeadToServices({ description, ipProtocol, fromPort, toPort }: EgressRule): boolean {
  const https = ipProtocol === '-1' || (ipProtocol === 'tcp' && fromPort! <= 443 && toPort! >= 443);
  return https && !description?.startsWith(TO_SERVICE);
}

function recordUnrestricted(fn: lambda.Function, cfn: lambda.CfnFunction, reason: string): void {
  const outside = cfn.vpcConfig ? [] : [
    'HIPAA.Security-LambdaInsideVPC',
    'NIST.800.53.R4-LambdaInsideVPC',
    'NIST.800.53.R5-LambdaInsideVPC',
    'PCI.DSS.321-LambdaInsideVPC',
  ];
  recordWeakening(fn, 'egress', reason, ['cdk-secure-serverless::lambda/egress-restricted', ...outside]);
}

function recordEndpointsWithoutPolicy(fn: lambda.Function, egress: Egress): void {
  for (const { _name, _noPolicyReason } of egress._services) {
    if (_noPolicyReason === undefined) continue;
    recordWeakening(fn, `endpointPolicy of ${_name}`, _noPolicyReason, []);
  }
}

/** The caller's groups are not changed: other things may use them. */
function warnOfOpenGroups(fn: lambda.Function, egress: Egress): void {
  for (const group of fn.connections.securityGroups) {
    if (group.allowAllOutbound) {
      Annotations.of(fn).addWarningV2(`cdk-secure-serverless:open-group-${group.node.id}`,
        `its security group \`${group.node.path}\` allows all outbound connections, or is imported and taken to do so, and drops rules for `
        + '`egress`: leave out `securityGroups`, or make or import the group with `allowAllOutbound: false`');
    } else if (!egress._isNone && isImmutable(group)) {
      Annotations.of(fn).addWarningV2(`cdk-secure-serverless:immutable-group-${group.node.id}`,
        `its security group \`${group.node.path}\` is imported as immutable and drops rules for \`egress\`: `
        + 'add them where the group is made, or import it with `mutable: true`');
    }
  }
}

function isImmutable(group: ec2.ISecurityGroup): boolean {
  return group.constructor.name === 'ImmutableImport';
}
