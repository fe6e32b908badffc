import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { sharedBy } from './shared-scope';
import { SecureNetwork } from '../network/secure-network';
import { readFrom } from '../references';

/**
 * The group of all functions of a stack that may reach nothing: with no rules there is nothing in it that is any
 * function's own, so one is enough.
 *
 * A rule would open it for all of them, so asking for one is an error.
 *
 * @internal
 */
export class ClosedSecurityGroup extends ec2.SecurityGroup {
  /** The group for functions of the stack of `scope` in `network`. */
  public static in(network: SecureNetwork, scope: IConstruct): ClosedSecurityGroup {
    return sharedBy(scope, `ClosedSecurityGroup${network.node.addr}`, holder => new ClosedSecurityGroup(holder, network));
  }

  private constructor(holder: Construct, network: SecureNetwork) {
    super(holder, `ClosedSecurityGroup${network.node.addr}`, {
      vpc: network.vpc,
      description: 'Functions that open no connections',
      allowAllOutbound: false,
      allowAllIpv6Outbound: false,
    });
    (this as { -readonly [property in 'securityGroupId']: string }).securityGroupId = readFrom(this, this.securityGroupId);
  }

  public addEgressRule(peer: ec2.IPeer, port: ec2.Port): void {
    throw new Error(`${this.node.path} is shared by all functions that may reach nothing, so \`${peer.uniqueId}\` can't be opened in it: `
      + `give the function \`egress: Egress.toPeers([...], ...)\`, here for port \`${port}\``);
  }

  public addIngressRule(peer: ec2.IPeer, port: ec2.Port): void {
    throw new Error(`${this.node.path} is shared by functions, which take no connections: leave out the rule for \`${port}\` from \`${peer.uniqueId}\``);
  }

  public toIngressRuleConfig(): any {
    throw new Error(`${this.node.path} is shared by all functions that may reach nothing, so nothing can let it in: `
      + 'give the function `egress: Egress.toPeers([...], port)`, which opens both sides');
  }
}
