import { Arn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { DnsFirewall } from './dns-firewall';
import type { InternetPath } from './internet-path';
import { renderRouteTableOnDemand } from './route-tables-on-demand';
import { ServiceEndpoints } from './service-endpoints';
import { AwsService } from '../options/aws-service';
import { allowLogGroups, encryptionKeyFor } from '../shared/encryption-key';

/**
 * Properties for `SecureNetwork`.
 */
export interface SecureNetworkProps {
  /**
   * A VPC to use instead of making one. Its DNS is filtered from then on, for everything in it: what is not a service or a
   * host that functions ask for, or named with `allowNames`, is no longer resolved. Its flow logs are its owner's to set up.
   *
   * @default - a VPC with isolated subnets only and flow logs
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of `vpc` for functions and endpoints. Their routes must lead nowhere but to gateway endpoints.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Services that `vpc` has endpoints for, other than those added to it in this app. They are used as they are.
   *
   * @default - none
   */
  readonly existingEndpoints?: AwsService[];

  /**
   * Addresses of the VPC that is made. Half of them are kept for a way to the internet, for functions that ask for one.
   *
   * @default ec2.IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * In how many zones functions run.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * How many zones have a NAT gateway of their own, made for the first function that asks for `Egress.toHosts`.
   *
   * @default 1 - when its zone fails, functions in all zones lose the internet
   */
  readonly natGateways?: number;

  /**
   * Whether a firewall looks at the connections of all functions that ask for `Egress.toHosts`.
   *
   * @default - as the first such function asks
   */
  readonly inspectTls?: boolean;

  /**
   * Organisation that data may move in, such as `o-a1b2c3d4e5`.
   *
   * @default - data stays in the account: endpoints let through requests of its identities to its resources
   */
  readonly organizationId?: string;

  /**
   * How long flow logs are kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * Key for flow logs.
   *
   * @default - the key of `SecureDefaults`, else the one that functions of the stack share
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether the VPC's default security group is emptied. Nothing here uses it; the CDK empties it with a custom resource, a
   * function with managed policies that this library can't harden, so it isn't the default.
   *
   * @default false
   */
  readonly restrictDefaultSecurityGroup?: boolean;
}

const NAG_PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

const NETWORKS = new WeakMap<ec2.IVpc, SecureNetwork>();

/**
 * A network without a way out, for the functions of a stack or an app: isolated subnets, endpoints that keep data inside the
 * account or organisation for the services that a function asked for, flow logs, and a firewall that resolves only their names.
 *
 * Functions without a `vpc` join one by themselves. An app with several stacks gives them one with `SecureDefaults`.
 */
export class SecureNetwork extends Construct {
  /**
   * The network around `vpc`, if it has one.
   *
   * @internal
   */
  public static _around(vpc: ec2.IVpc | undefined): SecureNetwork | undefined {
    return vpc && NETWORKS.get(vpc);
  }

  /** The VPC, for what functions connect to, such as databases. */
  public readonly vpc: ec2.IVpc;

  /** Subnets whose routes lead nowhere but to gateway endpoints. */
  public readonly isolatedSubnets: ec2.SubnetSelection;

  private readonly endpoints: ServiceEndpoints;
  private readonly dns: DnsFirewall;
  private internet?: InternetPath;
  private inspects?: boolean;

  constructor(scope: Construct, id: string, private readonly props: SecureNetworkProps = {}) {
    super(scope, id);
    this.vpc = props.vpc ?? this.makeVpc();
    if (SecureNetwork._around(this.vpc)) throw new Error(`${this.vpc.node.path} has a SecureNetwork already: use that one`);
    NETWORKS.set(this.vpc, this);
    this.isolatedSubnets = props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

    this.dns = new DnsFirewall(this, 'DnsFirewall', { vpc: this.vpc });
    this.endpoints = new ServiceEndpoints(this, 'Endpoints', {
      vpc: this.vpc,
      subnets: this.isolatedSubnets,
      existing: props.existingEndpoints ?? [],
      organizationId: props.organizationId,
    });
  }

  /**
   * Makes the endpoint for `service` and lets its names be resolved, unless that was done. Functions do this by themselves for
   * the services of their `egress`.
   */
  public addService(service: AwsService): void {
    this._peerOf(service);
  }

  /**
   * Lets requests through the endpoint for `service` that it refuses by itself, such as reads of a partner's bucket.
   *
   * @param statement must name its principals, such as `new iam.StarPrincipal()`; to be narrowed by resources or conditions
   */
  public addToEndpointPolicy(service: AwsService, statement: iam.PolicyStatement): void {
    this.addService(service);
    this.endpoints.addToPolicy(service, statement);
  }

  /**
   * Lets all functions in the network resolve further names, such as those of a private hosted zone.
   *
   * @param names such as `db.internal.example.com`, or `*.internal.example.com` for all names below
   */
  public allowNames(...names: string[]): void {
    this.dns.allow(...names);
  }

  /**
   * The peer that a function's security group must reach for `service`.
   *
   * @internal
   */
  public _peerOf(service: AwsService): ec2.IConnectable {
    const stack = Stack.of(this);
    const peer = this.endpoints.peerOf(service);
    this.dns.allow(...service._hosts(stack.region, stack.urlSuffix));
    if (service._isGateway) this.connectGateways();
    return peer;
  }

  /**
   * Subnets with a way to `hosts` on the internet.
   *
   * @internal
   */
  public _subnetsTo(hosts: readonly string[], inspectTls: boolean): ec2.ISubnet[] {
    this.dns.allow(...hosts);
    if (this.props.vpc) return this.vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnets;
    if (!this.internet) {
      // Loaded for those who need it: most networks have no way out, and no firewall on it.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const path = require('./internet-path') as typeof import('./internet-path');
      this.internet = new path.InternetPath(this, 'InternetPath', {
        vpc: this.vpc as ec2.Vpc,
        inspectTls: this.props.inspectTls ?? inspectTls,
        natGateways: this.props.natGateways,
        encryptionKey: this.props.encryptionKey ?? encryptionKeyFor(this),
      });
      this.inspects = this.props.inspectTls ?? inspectTls;
      // Their addresses would be in reach past the endpoints otherwise, of whose policies nobody would have heard.
      for (const service of [AwsService.S3, AwsService.DYNAMODB]) this.endpoints.peerOf(service);
      this.connectGateways();
    }
    this.internet.allowTls(...hosts);
    return this.internet.subnets;
  }

  /**
   * Whether a function that asks for `inspectTls` can have it.
   *
   * @internal
   */
  public _canInspect(): boolean {
    if (this.props.vpc) return false;
    return this.props.inspectTls ?? this.inspects ?? true;
  }

  /**
   * Whether functions in `subnetIds` are in this network.
   *
   * @internal
   */
  public _holds(subnetIds: readonly string[]): boolean {
    const own = [...this.vpc.isolatedSubnets, ...this.vpc.privateSubnets, ...this.internet?.subnets ?? []];
    return subnetIds.length > 0 && subnetIds.every(id => own.some(subnet => subnet.subnetId === id));
  }

  /**
   * Lets names be resolved that AWS gives to databases, caches and load balancers inside of VPCs. Queries for them end at name
   * servers of AWS, so they carry nothing out.
   *
   * @internal
   */
  public _allowNamesOfPeers(): void {
    const { region, urlSuffix } = Stack.of(this);
    const inRegion = ['aoss', 'docdb', 'elb', 'es', 'neptune', 'rds', 'redshift', 'vpce'].map(name => `*.${region}.${name}.${urlSuffix}`);
    const others = ['cache', `memorydb.${region}`, `kafka.${region}`, `mq.${region}`].map(name => `*.${name}.${urlSuffix}`);
    this.dns.allow(...inRegion, ...others);
  }

  /** Subnets with a way to the internet need the routes to S3 and DynamoDB, too. */
  private connectGateways(): void {
    for (const endpoint of this.endpoints.gatewayEndpoints) this.internet?.addGatewayEndpoint(endpoint);
  }

  private makeVpc(): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: this.props.ipAddresses,
      maxAzs: this.props.maxAzs ?? 2,
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: this.props.restrictDefaultSecurityGroup ?? false,
      subnetConfiguration: [
        { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        // Keeps half of the addresses for subnets with a way to the internet.
        { name: 'Internet', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, reserved: true },
      ],
    });
    if (!this.props.restrictDefaultSecurityGroup) {
      acknowledge(vpc, 'Nothing uses the default group, and emptying it takes a function that can not be hardened', rulesNamed('VPCDefaultSecurityGroupClosed'));
    }
    for (const subnet of vpc.isolatedSubnets) renderRouteTableOnDemand(subnet as ec2.Subnet);
    this.logFlows(vpc);
    return vpc;
  }

  private logFlows(vpc: ec2.Vpc): void {
    const encryptionKey = this.props.encryptionKey ?? encryptionKeyFor(this);
    allowLogGroups(encryptionKey, this);
    const logGroup = new logs.LogGroup(this, 'FlowLogs', {
      encryptionKey,
      retention: this.props.flowLogRetention ?? logs.RetentionDays.ONE_YEAR,
    });
    vpc.addFlowLog('FlowLog', {
      trafficType: ec2.FlowLogTrafficType.ALL,
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, flowLogRole(this, logGroup)),
    });
  }
}

/**
 * A role by which the flow logs of this account and region write to one log group. Its statements are inline, which the CDK
 * would give a resource of their own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
function flowLogRole(scope: Construct, logGroup: logs.ILogGroup): iam.IRole {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': Arn.format({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' }, stack) },
      },
    }),
    inlinePolicies: {
      WriteFlowLogs: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        })],
      }),
    },
  });
  acknowledge(role, 'The statements are for this role alone: two actions and a read on one log group', rulesNamed('IAMNoInlinePolicy'));
  return role.withoutPolicyUpdates();
}

function rulesNamed(name: string): string[] {
  return NAG_PACKS.map(pack => `${pack}-${name}`);
}
