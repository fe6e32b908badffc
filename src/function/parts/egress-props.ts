import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { SecureNetwork } from '../network/secure-network';
import { findEndpoint } from '../network/service-endpoints';
import { Egress } from '../options/egress';
import { ClosedSecurityGroup } from '../shared/closed-security-group';
import { checkJoinedNetwork, givenNetwork, joinedNetwork } from '../shared/joined-network';

/** Props of an L2 function that decide where it is in the network. */
export type PlacementProps = lambda.FunctionOptions & { readonly egress?: Egress };

/** Props of the L2 that mean nothing without a VPC, and something unintended in one that was chosen for the function. */
const NEED_VPC = ['securityGroups', 'vpcSubnets', 'allowPublicSubnet', 'ipv6AllowedForDualStack'] as const;

/** Adds what is wrong with where `props` would put a function of `scope`. */
export function checkPlacement(scope: IConstruct, props: PlacementProps, faults: Faults): void {
  const egress = props.egress ?? SecureDefaults.of(scope).egress;
  checkOutbound(props, egress, faults);
  if (props.vpc) {
    checkSubnets(props.vpc, props, faults);
    checkReach(props.vpc, subnetsOf(props.vpc, props), props.vpcSubnets === undefined, egress, faults);
    return;
  }
  for (const prop of NEED_VPC) {
    if (props[prop] !== undefined) faults.add(prop, 'set', 'only together with `vpc`', 'leave it out, or give the function the `vpc` that it is meant for');
  }
  if (egress._unrestrictedReason !== undefined) return;
  checkNetwork(scope, egress, faults);
  if (props.filesystem && !givenNetwork(scope)) {
    faults.add('filesystem', 'set', 'only together with `vpc`', 'give the function the `vpc` that the file system is in');
  }
}

/** Adds what is wrong with a function of `scope` joining a network. */
export function checkNetwork(scope: IConstruct, egress: Egress, faults: Faults, given?: SecureNetwork): void {
  checkJoinedNetwork(scope, faults, given);
  const network = givenNetwork(scope, given);
  if (network && egress._inspectTls && !network._canInspect()) addCanNotInspect(network, faults);
}

/**
 * Adds what `egress` allows and a function in `vpc` could not reach.
 *
 * @param subnets those of the function, as far as they are known
 * @param canMove whether the function may be put into other subnets
 */
export function checkReach(vpc: ec2.IVpc | undefined, subnets: ec2.ISubnet[], canMove: boolean, egress: Egress, faults: Faults): void {
  const network = SecureNetwork._around(vpc);
  const isIsolated = vpc !== undefined && subnets.length > 0 && subnets.every(subnet => vpc.isolatedSubnets.includes(subnet));
  if (network) {
    if (egress._inspectTls && !network._canInspect()) addCanNotInspect(network, faults);
    if (egress._hosts.length > 0 && isIsolated && !canMove) {
      faults.add('vpcSubnets', 'isolated subnets', 'subnets with a way to the hosts of `egress`', 'give `egress` and leave out `vpcSubnets` where the function is made');
    }
    return;
  }
  if (egress._hosts.length > 0) {
    faults.add('egress', `Egress.toHosts(${egress._hosts.join(', ')})`, 'in a `SecureNetwork`, since a VPC without one resolves any name',
      'leave out `vpc`, or wrap it: `new SecureNetwork(this, \'Network\', { vpc })`');
  }
  for (const service of egress._services) {
    if (service._isGateway) {
      if (service._prefixListId !== undefined || isIsolated) continue;
      faults.add('egress', service._code, 'with its addresses, since the routes of this `vpc` lead elsewhere, too',
        `write \`${service._code}.withPrefixList('pl-...')\`, with the id that \`aws ec2 describe-managed-prefix-lists\` prints for the region`);
    } else if (!vpc || !findEndpoint(vpc, service)) {
      faults.add('egress', service._code, 'services that this `vpc` has an endpoint for',
        'add it to the VPC with `vpc.addInterfaceEndpoint`, write `Egress.toPeers([endpoint], ec2.Port.tcp(443))` for one made elsewhere, '
        + 'or wrap the VPC: `new SecureNetwork(this, \'Network\', { vpc })`');
    }
  }
}

/**
 * What the L2 has to know to put a function where it belongs; empty where the caller's props say it already.
 *
 * `allowAllOutbound` never goes together with groups that exist already: the L2 refuses that.
 */
export function egressL2Props(scope: Construct, props: PlacementProps): Partial<lambda.FunctionOptions> {
  const egress = props.egress ?? SecureDefaults.of(scope).egress;
  const closed = { allowAllOutbound: false, allowAllIpv6Outbound: false };
  if (props.vpc) {
    const subnets = subnetsToHosts(SecureNetwork._around(props.vpc), egress, props.vpcSubnets);
    const groups = props.securityGroups?.length || egress._unrestrictedReason !== undefined ? {} : closed;
    return { ...subnets, ...groups };
  }
  if (egress._unrestrictedReason !== undefined) return {};
  const network = joinedNetwork(scope);
  const subnets = subnetsToHosts(network, egress) ?? { vpcSubnets: network.isolatedSubnets };
  // A file system opens the function's group towards itself.
  if (!egress._isNone || props.filesystem) return { vpc: network.vpc, ...subnets, ...closed };
  return {
    vpc: network.vpc,
    ...subnets,
    securityGroups: [ClosedSecurityGroup.in(network, scope)],
    allowAllOutbound: undefined,
    allowAllIpv6Outbound: undefined,
  };
}

function subnetsToHosts(
  network: SecureNetwork | undefined, egress: Egress, given?: ec2.SubnetSelection,
): { vpcSubnets: ec2.SubnetSelection } | undefined {
  if (!network || given || egress._hosts.length === 0) return undefined;
  return { vpcSubnets: { subnets: network._subnetsTo(egress._hosts, egress._inspectTls) } };
}

function checkOutbound(props: PlacementProps, egress: Egress, faults: Faults): void {
  for (const prop of ['allowAllOutbound', 'allowAllIpv6Outbound'] as const) {
    if (props[prop] === undefined) continue;
    if (props[prop] && egress._unrestrictedReason === undefined) {
      faults.add(prop, true, 'only with a reason', "write `egress: Egress.unrestricted('why')`, or name what the function connects to in `egress`");
    } else if (props.securityGroups?.length) {
      faults.add(prop, props[prop], 'only without `securityGroups`', 'set it on the groups themselves');
    } else if (!props.vpc && egress._unrestrictedReason !== undefined) {
      faults.add(prop, props[prop], 'only together with `vpc`', 'leave it out: the function runs outside any VPC');
    }
  }
}

function checkSubnets(vpc: ec2.IVpc, props: PlacementProps, faults: Faults): void {
  const isPublic = props.vpcSubnets?.subnetType === ec2.SubnetType.PUBLIC
    || subnetsOf(vpc, props).some(subnet => vpc.publicSubnets.includes(subnet));
  if (isPublic) {
    faults.add('vpcSubnets', 'public subnets', 'private or isolated subnets',
      'a function gets no public address, so it reaches nothing there that it would not reach from a private subnet: choose one of those');
  } else if (props.allowPublicSubnet) {
    faults.add('allowPublicSubnet', true, 'false', 'leave it out');
  }
}

/** The subnets that the L2 will choose; none where it will refuse the selection in its own words. */
function subnetsOf(vpc: ec2.IVpc, props: PlacementProps): ec2.ISubnet[] {
  try {
    return vpc.selectSubnets(props.vpcSubnets).subnets;
  } catch {
    return [];
  }
}

function addCanNotInspect(network: SecureNetwork, faults: Faults): void {
  faults.add('inspectTls', true, `a network with a firewall of its own, and ${network.node.path} has none`,
    'make the network with `inspectTls: true`, which holds for all its functions, and without `vpc`');
}
