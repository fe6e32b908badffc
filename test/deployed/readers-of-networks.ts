import { IpPermission } from '@aws-sdk/client-ec2';
import { Aws } from './aws';
import { one, Reader } from './readers';

/** What exists of a VPC and of what is in it. */
export const NETWORK_READERS: Record<string, Reader> = {
  'AWS::EC2::EIP': async ({ ec2 }, { id }) => {
    const { Addresses: addresses = [] } = await ec2.describeAddresses({});
    return { Domain: one(addresses.filter(({ PublicIp }) => PublicIp === id)).Domain };
  },

  'AWS::EC2::FlowLog': async ({ ec2 }, { id }) => {
    const { LogDestination, LogDestinationType, ResourceId, TrafficType } = one((await ec2.describeFlowLogs({ FlowLogIds: [id] })).FlowLogs);
    return { LogDestinationType, LogGroupName: LogDestination, ResourceId, TrafficType };
  },

  'AWS::EC2::InternetGateway': async ({ ec2 }, { id }) => {
    one((await ec2.describeInternetGateways({ InternetGatewayIds: [id] })).InternetGateways);
    return {};
  },
  'AWS::EC2::VPCGatewayAttachment': async ({ ec2 }, { properties, ref }) => {
    const gateway = one((await ec2.describeInternetGateways({ InternetGatewayIds: [ref(properties.InternetGatewayId)] })).InternetGateways);
    return { VpcId: one(gateway.Attachments).VpcId };
  },
  'AWS::EC2::NatGateway': async ({ ec2 }, { id }) => {
    const { NatGatewayAddresses, State, SubnetId } = one((await ec2.describeNatGateways({ NatGatewayIds: [id] })).NatGateways);
    if (State?.startsWith('delet')) throw new Error(State);
    return { AllocationId: NatGatewayAddresses?.[0]?.AllocationId, SubnetId };
  },

  'AWS::EC2::RouteTable': async (aws, { id }) => ({ VpcId: (await routeTable(aws, id)).VpcId }),
  'AWS::EC2::Route': async (aws, { properties: { DestinationCidrBlock, RouteTableId }, ref }) => {
    const { Routes: routes = [] } = await routeTable(aws, ref(RouteTableId));
    return { ...one(routes.filter(route => route.DestinationCidrBlock === DestinationCidrBlock)) };
  },
  'AWS::EC2::SubnetRouteTableAssociation': async (aws, { id, properties: { RouteTableId }, ref }) => {
    const { Associations: associations = [] } = await routeTable(aws, ref(RouteTableId));
    const { RouteTableId: table, SubnetId } = one(associations.filter(({ RouteTableAssociationId }) => RouteTableAssociationId === id));
    return { RouteTableId: table, SubnetId };
  },

  'AWS::EC2::SecurityGroup': async (aws, { id, properties }) => {
    const { Description, IpPermissionsEgress = [], VpcId } = await securityGroup(aws, id);
    const ofTheTemplate = IpPermissionsEgress.filter(({ UserIdGroupPairs, PrefixListIds }) => !UserIdGroupPairs?.length && !PrefixListIds?.length);
    return { GroupDescription: Description, SecurityGroupEgress: properties.SecurityGroupEgress && ofTheTemplate.flatMap(asRules), VpcId };
  },
  'AWS::EC2::SecurityGroupIngress': async (aws, { properties: { FromPort, GroupId, IpProtocol, SourceSecurityGroupId, ToPort }, ref }) => {
    const { IpPermissions = [] } = await securityGroup(aws, ref(GroupId));
    return ruleOf(IpPermissions, { FromPort, IpProtocol, ToPort }, ref(SourceSecurityGroupId));
  },
  'AWS::EC2::SecurityGroupEgress': async (aws, { properties: { DestinationSecurityGroupId, FromPort, GroupId, IpProtocol, ToPort }, ref }) => {
    const { IpPermissionsEgress = [] } = await securityGroup(aws, ref(GroupId));
    return ruleOf(IpPermissionsEgress, { FromPort, IpProtocol, ToPort }, ref(DestinationSecurityGroupId));
  },

  'AWS::EC2::Subnet': async ({ ec2 }, { id }) => {
    const { AvailabilityZone, CidrBlock, MapPublicIpOnLaunch, VpcId } = one((await ec2.describeSubnets({ SubnetIds: [id] })).Subnets);
    return { AvailabilityZone, CidrBlock, MapPublicIpOnLaunch, VpcId };
  },
  'AWS::EC2::VPC': async ({ ec2 }, { id }) => {
    const { CidrBlock, InstanceTenancy } = one((await ec2.describeVpcs({ VpcIds: [id] })).Vpcs);
    const [hostnames, support] = await Promise.all((['enableDnsHostnames', 'enableDnsSupport'] as const)
      .map(Attribute => ec2.describeVpcAttribute({ VpcId: id, Attribute })));
    return { CidrBlock, EnableDnsHostnames: hostnames.EnableDnsHostnames?.Value, EnableDnsSupport: support.EnableDnsSupport?.Value, InstanceTenancy };
  },
  'AWS::EC2::VPCEndpoint': async ({ ec2 }, { id }) => {
    const endpoint = one((await ec2.describeVpcEndpoints({ VpcEndpointIds: [id] })).VpcEndpoints);
    const { Groups, PolicyDocument, PrivateDnsEnabled, RouteTableIds, ServiceName, SubnetIds, VpcEndpointType, VpcId } = endpoint;
    return {
      PolicyDocument: PolicyDocument && JSON.parse(PolicyDocument),
      PrivateDnsEnabled,
      RouteTableIds,
      SecurityGroupIds: Groups?.map(({ GroupId }) => GroupId),
      ServiceName,
      SubnetIds,
      VpcEndpointType,
      VpcId,
    };
  },
};

async function routeTable({ ec2 }: Aws, id: string) {
  return one((await ec2.describeRouteTables({ RouteTableIds: [id] })).RouteTables);
}

async function securityGroup({ ec2 }: Aws, id: string) {
  return one((await ec2.describeSecurityGroups({ GroupIds: [id] })).SecurityGroups);
}

function asRules({ FromPort, IpProtocol, IpRanges = [], ToPort }: IpPermission) {
  return IpRanges.map(({ CidrIp, Description }) => ({ CidrIp, Description, FromPort, IpProtocol, ToPort }));
}

type Ports = Pick<IpPermission, 'FromPort' | 'IpProtocol' | 'ToPort'>;

/** The rule for these ports and the group at its other end. */
function ruleOf(permissions: readonly IpPermission[], { FromPort, IpProtocol, ToPort }: Ports, group: string) {
  one(permissions.filter(each => each.FromPort === FromPort && each.ToPort === ToPort && each.IpProtocol === IpProtocol
    && each.UserIdGroupPairs?.some(({ GroupId }) => GroupId === group)));
  return { FromPort, IpProtocol, ToPort };
}
