import { Aws, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as networkfirewall from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { HostList } from './host-list';

/**
 * Hosts that one firewall can let through. The capacity of a rule group can't be changed later, is reserved at no charge, and a
 * policy has 30,000; a domain of a list takes one for each protocol that is inspected.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/nwfw-rule-group-capacity.html
 */
const CAPACITY = 5000;
/** Protocol numbers of IANA. */
const ICMP = 1;
const TCP = 6;

/**
 * Properties for `TlsFirewall`.
 *
 * @internal
 */
export interface TlsFirewallProps {
  /** Network that the firewall stands in. */
  readonly vpc: ec2.IVpc;

  /** Subnets that hold nothing else; each gets a firewall endpoint. */
  readonly subnets: ec2.ISubnet[];

  /**
   * Key for the firewall's logs; its policy is extended so that CloudWatch Logs can use it.
   *
   * @default - a key of its own, with rotation
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Lets TLS through to the hosts that it was told of, by the server name that the client states, and drops all else: other
 * hosts, other protocols on any port, TLS without a server name.
 *
 * A filter of names in DNS alone leaves open the connection to an address that the code has brought along; here each
 * connection is looked at. What it can't see is whether the address belongs to the name, so both filters go together.
 *
 * `HOME_NET` stays as AWS sets it, the range of the VPC: the firewall stands between functions and NAT gateway, so it sees the
 * functions' own addresses. Behind the NAT gateway it would see one address and every function's traffic would look alike.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-domain-names.html
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 * @internal
 */
export class TlsFirewall extends Construct {
  private readonly hosts = new HostList();
  private readonly endpoints = new Map<ec2.ISubnet, string>();

  constructor(scope: Construct, id: string, props: TlsFirewallProps) {
    super(scope, id);
    const policy = this.policy(props.vpc);
    const logGroup = this.logGroup(props.encryptionKey ?? new kms.Key(this, 'Key', {
      description: `Logs of ${this.node.path}`,
      enableKeyRotation: true,
    }));
    props.subnets.forEach((subnet, index) => {
      this.endpoints.set(subnet, this.firewall(`${index + 1}`, props.vpc, subnet, policy, logGroup));
    });
  }

  /**
   * Lets connections through to `hosts`.
   *
   * @param hosts names such as `api.example.com`, or `*.example.com` for all names below, which here includes
   * `example.com` itself: the service has no pattern for the one without the other
   */
  public allow(...hosts: string[]): void {
    this.hosts.add(...hosts.map(host => host.startsWith('*.') ? host.slice(1) : host));
  }

  /** Id of the endpoint to route to, in a subnet that was given. */
  public endpointIn(subnet: ec2.ISubnet): string {
    return this.endpoints.get(subnet)!;
  }

  private policy(vpc: ec2.IVpc): networkfirewall.CfnFirewallPolicy {
    const packets = new networkfirewall.CfnRuleGroup(this, 'Packets', {
      ruleGroupName: this.physicalName('packets'),
      type: 'STATELESS',
      capacity: 10,
      ruleGroup: { rulesSource: { statelessRulesAndCustomActions: { statelessRules: packetRules(vpc) } } },
    });
    const hosts = new HostRulesUnlessEmpty(this, 'Hosts', this.hosts, this.physicalName('hosts'));
    return new networkfirewall.CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: this.physicalName('policy'),
      firewallPolicy: {
        statelessDefaultActions: ['aws:drop'],
        statelessFragmentDefaultActions: ['aws:drop'],
        statelessRuleGroupReferences: [{ priority: 1, resourceArn: packets.attrRuleGroupArn }],
        // A connection broken midway (an execution environment thawed after a while) is refused, so that the client opens
        // another at once, rather than left to time out; neither lets anything through.
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
        // The handshake must pass before a server name can be read. Those without `app_layer` judge packet by packet and drop
        // a client hello that takes two, which post-quantum key exchange makes usual.
        statefulDefaultActions: ['aws:drop_established_app_layer', 'aws:alert_established_app_layer'],
        statefulRuleGroupReferences: Lazy.any({
          produce: () => this.hosts.isEmpty ? undefined : [{ priority: 1, resourceArn: hosts.attrRuleGroupArn }],
        }),
      },
    });
  }

  /**
   * One firewall for each subnet, rather than one for all: the list of a firewall's endpoints comes in no particular order, and
   * `Fn::Split` takes no token to find the one of a zone by. Endpoints are what is paid for, so it costs the same.
   */
  private firewall(
    id: string, vpc: ec2.IVpc, subnet: ec2.ISubnet, policy: networkfirewall.CfnFirewallPolicy, logGroup: logs.ILogGroup,
  ): string {
    const firewall = new networkfirewall.CfnFirewall(this, `Firewall${id}`, {
      firewallName: this.physicalName(id),
      firewallPolicyArn: policy.attrFirewallPolicyArn,
      vpcId: vpc.vpcId,
      subnetMappings: [{ subnetId: subnet.subnetId }],
      // Protection would also keep CloudFormation from removing it together with the last function that needs it.
      deleteProtection: false,
    });
    const logging = new networkfirewall.CfnLoggingConfiguration(this, `Logging${id}`, {
      firewallArn: firewall.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: ['ALERT', 'FLOW'].map(logType => ({
          logType,
          logDestinationType: 'CloudWatchLogs',
          logDestination: { logGroup: logGroup.logGroupName },
        })),
      },
    });
    logging.node.addDependency(logGroup);
    return Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds)));
  }

  private logGroup(encryptionKey: kms.IKey): logs.ILogGroup {
    const { account, partition, region, urlSuffix } = Stack.of(this);
    const anyLog = `arn:${partition}:logs:${region}:${account}:*`;
    // See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    // Any group of the account, since naming this one would be a cycle: its name is given when the key is there already.
    encryptionKey.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
      actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': anyLog } },
    }));
    const logGroup = new logs.LogGroup(this, 'Logs', { encryptionKey, retention: logs.RetentionDays.ONE_YEAR });
    // See https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
    // Else the service would write one that all log groups of the region share, and leave it behind.
    new logs.ResourcePolicy(logGroup, 'Delivery', {
      resourcePolicyName: this.physicalName('logs'),
      policyStatements: [new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': anyLog } },
      })],
    });
    return logGroup;
  }

  /**
   * These resources can't do without a name of their own; the id of the stack makes it unique among stacks of the same app
   * that are deployed side by side, the address of this construct within the stack.
   */
  private physicalName(suffix: string): string {
    return Fn.join('-', ['tls-firewall', Fn.select(2, Fn.split('/', Aws.STACK_ID)), this.node.addr.slice(-8), suffix]);
  }
}

/** A domain list must have at least one domain. */
class HostRulesUnlessEmpty extends networkfirewall.CfnRuleGroup {
  constructor(scope: Construct, id: string, private readonly hosts: HostList, ruleGroupName: string) {
    super(scope, id, {
      ruleGroupName,
      type: 'STATEFUL',
      capacity: CAPACITY,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
        // Not `HTTP_HOST`: without TLS nobody vouches for the name, and the default action drops it.
        rulesSource: { rulesSourceList: { generatedRulesType: 'ALLOWLIST', targetTypes: ['TLS_SNI'], targets: hosts.asList() } },
      },
    });
  }

  protected shouldSynthesize(): boolean {
    return !this.hosts.isEmpty;
  }
}

/**
 * Only TCP goes on to be inspected. Without connections there is nothing that `drop_established` would drop, so a single
 * datagram could carry data out; QUIC would have the server name where the firewall doesn't look. ICMP comes in alone, to
 * tell of packets that are too large for the path.
 */
function packetRules(vpc: ec2.IVpc): networkfirewall.CfnRuleGroup.StatelessRuleProperty[] {
  const anywhere = [{ addressDefinition: '0.0.0.0/0' }];
  return [
    {
      priority: 1,
      ruleDefinition: {
        matchAttributes: { protocols: [TCP], sources: anywhere, destinations: anywhere },
        actions: ['aws:forward_to_sfe'],
      },
    },
    {
      priority: 2,
      ruleDefinition: {
        matchAttributes: { protocols: [ICMP], sources: anywhere, destinations: [{ addressDefinition: vpc.vpcCidrBlock }] },
        actions: ['aws:pass'],
      },
    },
  ];
}
