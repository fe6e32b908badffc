import { CfnResource, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { constructsIn } from '../references';

/** The id that the L2 gives to the group that it makes for a function. */
const ID = 'SecurityGroup';

/** What is common to a rule inside a group and one that is a resource. */
export type EgressRule = Pick<ec2.CfnSecurityGroupEgress, 'cidrIp' | 'cidrIpv6' | 'description' | 'fromPort' | 'ipProtocol' | 'toPort'>;

/** The security group that belongs to `fn` alone, as opposed to the caller's and the one that closed functions share. */
export function ownSecurityGroup(fn: lambda.Function): ec2.SecurityGroup | undefined {
  const group = fn.node.tryFindChild(ID) as ec2.SecurityGroup | undefined;
  return group && fn.isBoundToVpc && fn.connections.securityGroups.includes(group) ? group : undefined;
}

/** Makes a group for a function that has none. */
export function makeOwnSecurityGroup(fn: lambda.Function, vpc: ec2.IVpc): ec2.SecurityGroup {
  return new ec2.SecurityGroup(fn, ID, {
    vpc,
    description: `Connections of ${fn.node.path}`,
    allowAllOutbound: false,
    allowAllIpv6Outbound: false,
  });
}

/**
 * Closes a group that the L2 made open. It stays the same resource, since others refer to it.
 *
 * While it was open it took no rules, so whoever let the function in meanwhile (`db.connections.allowDefaultPortFrom(fn)`)
 * would be out of reach: each such rule gets its counterpart.
 */
export function closeSecurityGroup(group: ec2.SecurityGroup): void {
  if (!group.allowAllOutbound && !group.allowAllIpv6Outbound) return;
  const inline = group['directEgressRules'];
  for (let open; (open = inline.findIndex(isOpen)) >= 0;) inline.splice(open, 1);
  for (const rule of separateRules(group).filter(isOpen)) group.node.tryRemoveChild(rule.node.id);
  const closed: { -readonly [Member in 'allowAllOutbound' | 'allowAllIpv6Outbound']: boolean } = group;
  closed.allowAllOutbound = false;
  closed.allowAllIpv6Outbound = false;
  // A group without any rule is given one by EC2 that allows everything.
  group['addDefaultEgressRule']();
  allowToThoseThatAdmit(group);
}

/** What the CDK writes into a group without rules: ICMP of a type that nobody has defined, to an address that is nobody's. */
const NO_TRAFFIC: ec2.CfnSecurityGroup.EgressProperty = {
  cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'Disallow all traffic',
};

/**
 * Makes sure that `group` is created with a rule of its own: CloudFormation opens one without to everything, and says nothing
 * of closing it again when rules come as resources of their own, as those to other groups and to prefix lists do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export function neverWithoutRule(group: ec2.SecurityGroup): void {
  const cfnGroup = group.node.defaultChild as ec2.CfnSecurityGroup;
  const rules = cfnGroup.securityGroupEgress;
  cfnGroup.securityGroupEgress = Lazy.uncachedAny({ produce: context => context.resolve(rules) ?? [NO_TRAFFIC] });
}

/** The rules of `group` as they stand. */
export function egressRulesOf(group: ec2.SecurityGroup): EgressRule[] {
  const inline: EgressRule[] = group.stack.resolve((group.node.defaultChild as ec2.CfnSecurityGroup).securityGroupEgress) ?? [];
  return [...inline, ...separateRules(group)];
}

function separateRules(group: ec2.SecurityGroup): ec2.CfnSecurityGroupEgress[] {
  return group.node.children.filter((child): child is ec2.CfnSecurityGroupEgress =>
    isResource(child, ec2.CfnSecurityGroupEgress.CFN_RESOURCE_TYPE_NAME));
}

function isOpen(rule: EgressRule): boolean {
  return rule.ipProtocol === '-1' && (rule.cidrIp === '0.0.0.0/0' || rule.cidrIpv6 === '::/0');
}

/** The counterpart is made where the rule is, so that no stack comes to depend on another that it did not depend on before. */
function allowToThoseThatAdmit(group: ec2.SecurityGroup): void {
  const cfnGroup = group.node.defaultChild!;
  for (const ingress of group.node.root.node.findAll()) {
    if (!isResource(ingress, ec2.CfnSecurityGroupIngress.CFN_RESOURCE_TYPE_NAME)) continue;
    const { sourceSecurityGroupId, groupId, ipProtocol, fromPort, toPort, description } = ingress as ec2.CfnSecurityGroupIngress;
    if (!groupId || !constructsIn(sourceSecurityGroupId, ingress).has(cfnGroup)) continue;
    new ec2.CfnSecurityGroupEgress(ingress.node.scope!, `${ingress.node.id} back`, {
      groupId: group.securityGroupId,
      destinationSecurityGroupId: groupId,
      ipProtocol,
      fromPort,
      toPort,
      description,
    });
  }
}

function isResource(construct: IConstruct, type: string): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;
}
