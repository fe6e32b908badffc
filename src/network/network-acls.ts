import { Family, isInternet } from './address-range';
import { groupedBy, identityOf } from './identity';
import { eitherWay, Way, way } from './way';
import { view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, not } from '../model/verdict';

/** Network ACLs of an app: which a subnet has, and what those let out. */
export interface NetworkAcls {
  readonly bySubnet: ReadonlyMap<string, readonly Resource[]>;
  readonly entries: ReadonlyMap<string, readonly Resource[]>;
}

export const networkAcls = view((app): NetworkAcls => ({
  bySubnet: groupedBy(app.ofType('AWS::EC2::SubnetNetworkAclAssociation'), 'SubnetId'),
  entries: groupedBy(app.ofType('AWS::EC2::NetworkAclEntry'), 'NetworkAclId'),
}));

/**
 * Whether the ACL of a subnet lets connections out to the internet. The default ACL of a VPC lets everything through, one that somebody
 * makes nothing but what its entries say, of which the one with the lowest number decides.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function pastAcl(subnet: Value, family: Family, { bySubnet, entries }: NetworkAcls): Way {
  const associations = bySubnet.get(identityOf(subnet) ?? '') ?? [];
  if (associations.length === 0) return way('yes');
  return eitherWay(associations.flatMap(association => association.get('NetworkAclId').branches.map(id => {
    const identity = identityOf(id);
    const step = { resource: association, property: 'NetworkAclId', text: `the network ACL of ${subnet} is \`${id}\`` };
    // The default ACL, or one from elsewhere.
    if (identity === undefined || id.target?.type !== 'AWS::EC2::NetworkAcl') return way('unknown', step);
    return way(letsOut(entries.get(identity) ?? [], family), { ...step, text: `${step.text}, which has no entry that lets connections out to everywhere` });
  })));
}

function letsOut(entries: readonly Resource[], family: Family) {
  const unordered = entries.filter(entry => entry.get('Egress').or(false).isTrue !== 'no');
  // Which of several comes first decides, and may be known at deployment only.
  if (unordered.length > 1 && unordered.some(entry => entry.get('RuleNumber').number === undefined)) return 'unknown';
  const outbound = [...unordered].sort((a, b) => a.get('RuleNumber').number! - b.get('RuleNumber').number!);
  // From the last entry to the first: each decides for what it matches and leaves the rest to those after it.
  return outbound.reduceRight((after, entry) => {
    const range = entry.get(family === 'IPv4' ? 'CidrBlock' : 'Ipv6CidrBlock');
    const matches = all([entry.exists, entry.get('Egress').isTrue, isInternet(range, family)]);
    const allows = entry.get('RuleAction').is('allow');
    const everything = entry.get('Protocol').isOneOf(['-1', 'all']);
    const admits = all([matches, allows]);
    const denies = all([matches, everything, not(allows)]);
    if (denies === 'yes') return 'no';
    return any([admits, denies === 'unknown' && after === 'yes' ? 'unknown' : after]);
  }, 'no' as ReturnType<typeof any>);
}
