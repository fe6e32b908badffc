import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { AwsService } from '../options/aws-service';
import { constructsIn } from '../references';

/**
 * Properties for `ServiceEndpoints`.
 *
 * @internal
 */
export interface ServiceEndpointsProps {
  readonly vpc: ec2.IVpc;
  /** Subnets that hold the endpoints' interfaces, and whose routes lead to the free ones. */
  readonly subnets: ec2.SubnetSelection;
  /** Services that the VPC has endpoints for, made elsewhere. */
  readonly existing: readonly AwsService[];
  readonly organizationId?: string;
}

/**
 * The endpoints of a network, each made when the first function asks for its service.
 *
 * @internal
 */
export class ServiceEndpoints extends Construct {
  private readonly gateways = new Map<string, ec2.GatewayVpcEndpoint>();
  private readonly interfaces = new Map<string, ec2.InterfaceVpcEndpoint>();

  constructor(scope: Construct, id: string, private readonly props: ServiceEndpointsProps) {
    super(scope, id);
  }

  /** Endpoints whose routes further subnets need. */
  public get gatewayEndpoints(): ec2.GatewayVpcEndpoint[] {
    return [...this.gateways.values()];
  }

  /** Makes the endpoint for `service` unless there is one; returns the peer that leads to it. */
  public peerOf(service: AwsService): ec2.IConnectable {
    if (service._isGateway) {
      this.gatewayTo(service);
      return addressesOf(service);
    }
    const found = findEndpoint(this.props.vpc, service);
    if (found) return found;
    if (this.props.existing.some(each => each._name === service._name)) return ec2.Peer.ipv4(this.props.vpc.vpcCidrBlock);
    return this.interfaceTo(service);
  }

  /** Adds a statement to the policy of the endpoint for `service`, beyond what it lets through by itself. */
  public addToPolicy(service: AwsService, statement: iam.PolicyStatement): void {
    this.peerOf(service);
    const endpoint = this.gateways.get(service._name) ?? this.interfaces.get(service._name);
    if (!endpoint) throw new Error(`the endpoint for ${service._code} was not made by ${this.node.path}: add the statement where it was`);
    endpoint.addToPolicy(statement);
  }

  private gatewayTo(service: AwsService): void {
    if (this.gateways.has(service._name) || this.props.existing.some(each => each._name === service._name)) return;
    if (findEndpoint(this.props.vpc, service)) return;
    const endpoint = new ec2.GatewayVpcEndpoint(this, service._name, {
      vpc: this.props.vpc,
      service: service._gatewayService,
      subnets: [this.props.subnets],
    });
    this.gateways.set(service._name, endpoint);
    this.restrict(endpoint, service);
  }

  private interfaceTo(service: AwsService): ec2.InterfaceVpcEndpoint {
    const existing = this.interfaces.get(service._name);
    if (existing) return existing;
    const endpoint = new ec2.InterfaceVpcEndpoint(this, service._name, {
      vpc: this.props.vpc,
      service: service._interfaceService!,
      subnets: this.props.subnets,
      privateDnsEnabled: true,
      // Not the whole VPC, as the CDK would: a function that asked for another service has no business here.
      open: false,
      securityGroups: [new ec2.SecurityGroup(this, `${service._name}SecurityGroup`, {
        vpc: this.props.vpc,
        description: `Endpoint for ${service._name}`,
        allowAllOutbound: false,
        allowAllIpv6Outbound: false,
      })],
    });
    this.interfaces.set(service._name, endpoint);
    this.restrict(endpoint, service);
    return endpoint;
  }

  private restrict(endpoint: ec2.VpcEndpoint, service: AwsService): void {
    if (service._noPolicyReason !== undefined) {
      acknowledge(endpoint, service._noPolicyReason, ['cdk-secure-serverless::ec2/endpoint-policy-scoped']);
      return;
    }
    for (const statement of perimeter(service, Stack.of(this), this.props.organizationId)) endpoint.addToPolicy(statement);
  }
}

/** The endpoint for `service` that was added to `vpc` in this app, if any. */
export function findEndpoint(vpc: ec2.IVpc, service: AwsService): ec2.IConnectable | undefined {
  const name = service._isGateway ? service._gatewayService.name : service._interfaceService?.name;
  for (const child of vpc.node.children) {
    const cfn = child.node.defaultChild as ec2.CfnVPCEndpoint | undefined;
    if (cfn?.cfnResourceType !== ec2.CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME) continue;
    const stack = Stack.of(cfn);
    if (JSON.stringify(stack.resolve(cfn.serviceName)) !== JSON.stringify(stack.resolve(name))) continue;
    return service._isGateway ? addressesOf(service) : child as ec2.InterfaceVpcEndpoint;
  }
  return undefined;
}

/** Whether `peer` is an endpoint, through which services may be reached that nobody has named. */
export function isEndpoint(peer: ec2.IConnectable): boolean {
  return 'vpcEndpointId' in peer;
}

/** The VPC that `subnetIds` belong to, where this app makes it. */
export function vpcOf(subnetIds: unknown, scope: Construct): ec2.IVpc | undefined {
  for (const subnet of constructsIn(subnetIds, scope)) {
    const vpcId = (subnet as ec2.CfnSubnet).vpcId;
    for (const cfnVpc of vpcId ? constructsIn(vpcId, scope) : []) {
      const vpc = cfnVpc.node.scope as Partial<ec2.IVpc> | undefined;
      if (vpc && 'selectSubnets' in vpc) return vpc as ec2.IVpc;
    }
  }
  return undefined;
}

/**
 * The addresses of a service behind a gateway endpoint are public, and CloudFormation can't look the list of them up. Where
 * routes lead nowhere but to the gateway endpoints, any address is as good.
 */
export function addressesOf(service: AwsService): ec2.IConnectable {
  return service._prefixListId === undefined ? ec2.Peer.anyIpv4() : ec2.Peer.prefixList(service._prefixListId);
}

/**
 * Lets identities of the account or organisation reach what belongs to it. A request of any other kind is refused: with
 * credentials brought along, to a bucket of somebody else's. So are, by choice, requests that AWS signs itself, such as the
 * presigned URL by which a handler of a CloudFormation custom resource answers: anyone can have AWS sign one for a bucket.
 *
 * Exceptions are what AWS keeps for all to read or call, and what would otherwise fail:
 * public parameters of Systems Manager, models of Bedrock, and private APIs that don't ask who is calling.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/vpc_endpoint_policies
 */
function perimeter(service: AwsService, stack: Stack, organizationId: string | undefined): iam.PolicyStatement[] {
  const ownIdentity = organizationId ? { 'aws:PrincipalOrgID': organizationId } : { 'aws:PrincipalAccount': stack.account };
  const ownResource = organizationId ? { 'aws:ResourceOrgID': organizationId } : { 'aws:ResourceAccount': stack.account };
  const allow = (sid: string, conditions: object, actions = ['*'], resources = ['*']) => new iam.PolicyStatement({
    sid,
    principals: [new iam.StarPrincipal()],
    actions,
    resources,
    conditions: { StringEquals: conditions },
  });

  switch (service._name) {
    case 'execute-api':
      // The caller of an API without IAM authorization has no identity here.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
      return organizationId
        ? [allow('OwnResources', ownResource)]
        : [new iam.PolicyStatement({
          sid: 'OwnResources',
          principals: [new iam.StarPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: [Arn.format({ service: 'execute-api', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME }, stack)],
        })];
    case 'ssm':
      return [
        allow('OwnIdentitiesToOwnResources', { ...ownIdentity, ...ownResource }),
        allow('PublicParameters', ownIdentity, ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'], [
          Arn.format({ service: 'ssm', account: '', resource: 'parameter', resourceName: 'aws/*' }, stack),
        ]),
      ];
    case 'bedrock-runtime':
      return [
        allow('OwnIdentitiesToOwnResources', { ...ownIdentity, ...ownResource }),
        allow('ModelsOfAws', ownIdentity, ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'], [
          Arn.format({ service: 'bedrock', region: '*', account: '', resource: 'foundation-model', resourceName: '*' }, stack),
        ]),
      ];
    default:
      return [allow('OwnIdentitiesToOwnResources', { ...ownIdentity, ...ownResource })];
  }
}
