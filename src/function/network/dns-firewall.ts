import { Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53resolver from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { HostList } from './host-list';

/**
 * Properties for `DnsFirewall`.
 *
 * @internal
 */
export interface DnsFirewallProps {
  /** Network whose queries are filtered; it can have no second group at the same priority. */
  readonly vpc: ec2.IVpc;
}

/**
 * Lets a network resolve the names that it was told of, and no other.
 *
 * The resolver of a VPC answers from every subnet and past every security group, and asks whatever name server a name
 * leads to: `c2VjcmV0.attacker.example` carries a secret out of a subnet without a single route. So names are filtered too.
 *
 * Queries that the firewall fails to judge are refused: that is how AWS sets up each VPC (`FirewallFailOpen` is off). It isn't
 * repeated here as an `AWS::Route53Resolver::FirewallConfig`, a type that the oldest CDK we support reports as unknown.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html
 * @internal
 */
export class DnsFirewall extends Construct {
  private readonly allowed = new HostList();

  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const allowed = new DomainListUnlessEmpty(this, 'Allowed', this.allowed);
    const everything = new route53resolver.CfnFirewallDomainList(this, 'Everything', { domains: ['*'] });
    const rules = new route53resolver.CfnFirewallRuleGroup(this, 'Rules', {
      firewallRules: Lazy.any({
        produce: () => [...this.allowed.isEmpty ? [] : [allowRule(allowed.attrId)], blockRule(everything.attrId)],
      }),
    });
    new route53resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: rules.attrId,
      vpcId: props.vpc.vpcId,
      // The first that a user's group may have: what this group lets through or stops, no other one is asked about. Groups of
      // Firewall Manager (100 and below) come before it still.
      priority: 101,
      // No mutation protection: it forbids the very removal that CloudFormation makes when the stack is deleted. Who may
      // touch the association is for the policies of the account to say.
    });
  }

  /**
   * Lets the network resolve `domains`.
   *
   * @param domains names such as `api.example.com`, or `*.example.com` for all names below, without `example.com` itself; tokens
   * are taken as they are
   */
  public allow(...domains: string[]): void {
    this.allowed.add(...domains);
  }
}

/** CloudFormation refuses a domain list without domains. */
class DomainListUnlessEmpty extends route53resolver.CfnFirewallDomainList {
  constructor(scope: Construct, id: string, private readonly list: HostList) {
    super(scope, id, { domains: list.asList() });
  }

  protected shouldSynthesize(): boolean {
    return !this.list.isEmpty;
  }
}

function allowRule(firewallDomainListId: string): route53resolver.CfnFirewallRuleGroup.FirewallRuleProperty {
  return {
    action: 'ALLOW',
    firewallDomainListId,
    priority: 100,
    // Names of services and of SaaS hosts are aliases of names that change without notice (load balancers, CDNs). Where an
    // alias leads is the choice of who owns the allowed name, never of the function that asks, so it carries nothing out.
    firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
  };
}

function blockRule(firewallDomainListId: string): route53resolver.CfnFirewallRuleGroup.FirewallRuleProperty {
  return {
    action: 'BLOCK',
    firewallDomainListId,
    priority: 200,
    // Not NXDOMAIN: for a blocked `example.com` that would say that nothing exists below it either (RFC 8020), and a resolver
    // in the function that believes it would not ask for an allowed `api.example.com` any more.
    blockResponse: 'NODATA',
  };
}
