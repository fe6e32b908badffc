import { Family, isInternet } from './address-range';
import { groupedBy, identityOf } from './identity';
import { eitherWay, Step, throughAll, Way, way, whicheverWay } from './way';
import { view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { agreed, all, any, not, Verdict, verdict } from '../model/verdict';

/** A rule of a security group, which stands inside the group or is a resource of its own. */
export interface GroupRule {
  readonly resource: Resource;
  readonly property?: string;
  /** Whether a condition lets it be created. */
  readonly exists: Verdict;
  /** What the rule says: `CidrIp`, `FromPort`, ... */
  readonly says: Value;
}

export interface SecurityGroup {
  /** The group; for the default group of a VPC, the VPC. */
  readonly resource: Resource;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
  /** Whether EC2 lets everything out because the template has no rule for it. */
  readonly opensByDefault: Verdict;
}

/**
 * All security groups of an app by identity, with the rules that other resources add to them.
 *
 * EC2 gives each group that is made without egress rules one that allows everything, and CloudFormation takes it away for rules of
 * either kind. From the default group of a VPC nothing takes it but the CDK's custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export const securityGroups = view(app => {
  const rules = {
    Ingress: groupedBy(app.ofType('AWS::EC2::SecurityGroupIngress'), 'GroupId'),
    Egress: groupedBy(app.ofType('AWS::EC2::SecurityGroupEgress'), 'GroupId'),
  };
  const emptied = groupedBy(app.ofType('Custom::VpcRestrictDefaultSG'), 'DefaultSecurityGroupId');
  const groups = new Map<string, SecurityGroup>();
  const separate = (direction: 'Ingress' | 'Egress', identity: string): GroupRule[] => (rules[direction].get(identity) ?? [])
    .map(resource => ({ resource, exists: resource.exists, says: resource.properties }));
  for (const resource of app.ofType('AWS::EC2::SecurityGroup')) {
    const egress = separate('Egress', resource.id);
    groups.set(resource.id, {
      resource,
      ingress: [...inline(resource, 'SecurityGroupIngress'), ...separate('Ingress', resource.id)],
      egress: [...inline(resource, 'SecurityGroupEgress'), ...egress],
      opensByDefault: all([
        agreed(resource.get('SecurityGroupEgress').branches.map(branch => verdict(branch.items.length === 0))),
        not(any(egress.map(rule => rule.exists))),
      ]),
    });
  }
  for (const resource of app.ofType('AWS::EC2::VPC')) {
    const identity = `${resource.id}.DefaultSecurityGroup`;
    groups.set(identity, {
      resource,
      ingress: separate('Ingress', identity),
      egress: separate('Egress', identity),
      opensByDefault: verdict(!emptied.has(identity)),
    });
  }
  return groups;
});

function inline(resource: Resource, property: string): GroupRule[] {
  const rules = resource.get(property);
  const exists = rules.kind === 'either' ? 'unknown' : 'yes';
  return rules.items.map((says, index) => ({ resource, property: `${property}.${index}`, exists, says }));
}

/** Each group that a list of ids names, as far as the app has it. */
export function groupsIn(ids: Value, groups: ReadonlyMap<string, SecurityGroup>): SecurityGroup[] {
  const found = ids.items.flatMap(item => item.branches).map(branch => groups.get(identityOf(branch) ?? ''));
  return [...new Set(found.filter(group => group !== undefined))];
}

/** Whether the groups of a list let connections out, if `through` says of one group whether it does; one from elsewhere is unknown. */
export function letOut(ids: Value, groups: ReadonlyMap<string, SecurityGroup>, holder: Step, through: (group: SecurityGroup) => Way): Way {
  const throughGroup = (id: Value): Way => {
    const group = groups.get(identityOf(id) ?? '');
    return group ? through(group) : way('unknown', { ...holder, text: `is in security group \`${id}\`, whose rules are not in the app` });
  };
  return whicheverWay(ids.branches.map(branch => {
    const { items } = branch;
    if (items.length === 0) return way('unknown', { ...holder, text: 'names no security groups' });
    return eitherWay(items.map(item => whicheverWay(item.branches.map(throughGroup))));
  }));
}

/** Whether a group lets connections out by a rule that `allows` them, or for want of rules. */
export function outOf(group: SecurityGroup, allows: (rule: GroupRule) => Way): Way {
  return eitherWay([byDefault(group), ...group.egress.map(rule => throughAll([way(rule.exists), allows(rule)]))]);
}

function byDefault(group: SecurityGroup): Way {
  return way(group.opensByDefault, { resource: group.resource, text: 'has no egress rules, so it allows connections to everywhere' });
}

/** Whether a rule allows connections to the whole internet, at any port or at `port`. */
export function allowsInternet(rule: GroupRule, family: Family, lists: PrefixLists, port?: number): Way {
  const range = rule.says.get(family === 'IPv4' ? 'CidrIp' : 'CidrIpv6');
  const list = rule.says.get('DestinationPrefixListId');
  const open = all([
    any([isInternet(range, family), isListOfInternet(list, family, lists)]),
    port === undefined ? 'yes' : admitsPort(rule, port),
  ]);
  const shown = range.kind === 'absent' ? `prefix list ${list}` : String(range);
  return way(open, { resource: rule.resource, property: rule.property, text: `allows connections to \`${shown}\`${portsOf(rule)}` });
}

/** Whether TCP connections to a port fall under a rule. */
export function admitsPort(rule: GroupRule, port: number): Verdict {
  const protocol = rule.says.get('IpProtocol');
  return any([
    protocol.isOneOf(['-1', 'all']),
    all([
      protocol.isOneOf(['tcp', 'TCP', '6']),
      rule.says.get('FromPort').or(0).isNumber(from => from <= port),
      rule.says.get('ToPort').or(65535).isNumber(to => to >= port),
    ]),
  ]);
}

/** Whether a rule is for all ports of TCP or for all protocols. */
export function admitsAllPorts(rule: GroupRule): Verdict {
  return all([admitsPort(rule, 1), admitsPort(rule, 65535)]);
}

function portsOf({ says }: GroupRule): string {
  const [protocol, from, to] = ['IpProtocol', 'FromPort', 'ToPort'].map(name => says.get(name));
  if (protocol.is('-1') === 'yes' || from.kind === 'absent') return '';
  return String(from) === String(to) ? ` at port ${from}` : ` at ports ${from} to ${to}`;
}

/** The prefix lists of an app by identity. */
export type PrefixLists = ReadonlyMap<string, Resource>;

export const prefixLists = view((app): PrefixLists => new Map(app.ofType('AWS::EC2::PrefixList').map(list => [list.id, list])));

/** Whether a prefix list holds the whole internet; what lists from elsewhere hold is unknown. */
export function isListOfInternet(id: Value, family: Family, lists: PrefixLists): Verdict {
  return agreed(id.branches.map(branch => {
    if (branch.kind === 'absent') return 'no';
    const list = lists.get(identityOf(branch) ?? '');
    if (!list) return 'unknown';
    return all([
      list.get('AddressFamily').or('IPv4').is(family),
      any(list.get('Entries').items.map(entry => isInternet(entry.get('Cidr'), family))),
    ]);
  }));
}
