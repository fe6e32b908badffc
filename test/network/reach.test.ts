import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_IN_VPC, group, modelOf, natNetwork, reachIn, subnet, synthesized } from './networks';
import { Egress, SecureFunction } from '../../src';
import { Verdict } from '../../src/model/verdict';
import { CODE } from '../function/fixtures';

/** Changes to a network in which a function reaches the internet over IPv4 by a NAT gateway, and whether it still does. */
type Cases = Record<string, [changes: Record<string, object | undefined>, expected: Verdict]>;

function ways(cases: Cases, family: 'IPv4' | 'IPv6' = 'IPv4') {
  test.each(Object.entries(cases))('%s', (_, [changes, expected]) => {
    expect(reachIn(modelOf(natNetwork(changes))).internet[family].open).toBe(expected);
  });
}

const rule = (properties: object) => ({
  Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: 'tcp', ...properties },
});
const vpcConfig = (config: object) => ({ Type: 'AWS::Lambda::Function', Properties: { VpcConfig: config } });

describe('security groups', () => ways({
  'that are open': [{}, 'yes'],
  'without any rule': [{ Group: { Type: 'AWS::EC2::SecurityGroup', Properties: {} } }, 'yes'],
  'with an empty list of rules': [{ Group: group() }, 'yes'],
  'closed as the CDK does it': [{ Group: group({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }) }, 'no'],
  'open to one port': [{ Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }) }, 'yes'],
  'open to half of the internet': [{ Group: group({ CidrIp: '128.0.0.0/1', IpProtocol: '-1' }) }, 'yes'],
  'open to the largest range that nobody owns': [{ Group: group({ CidrIp: '4.0.0.0/7', IpProtocol: '-1' }) }, 'yes'],
  'open to the largest range that somebody owns': [{ Group: group({ CidrIp: '17.0.0.0/8', IpProtocol: '-1' }) }, 'no'],
  'open to one address': [{ Group: group({ CidrIp: '203.0.113.7/32', IpProtocol: '-1' }) }, 'no'],
  'open to an address without prefix': [{ Group: group({ CidrIp: '203.0.113.7', IpProtocol: '-1' }) }, 'no'],
  'open to an address that deployment makes': [
    { Group: group({ CidrIp: { 'Fn::Sub': '${Address}/32' }, IpProtocol: '-1' }), Address: { Type: 'AWS::EC2::EIP' } }, 'no',
  ],
  'open to the VPC': [{ Group: group({ CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, IpProtocol: '-1' }) }, 'no'],
  'open to what somebody fills in': [{ Group: group({ CidrIp: { Ref: 'Missing' }, IpProtocol: '-1' }) }, 'unknown'],
  'open to another group': [{ Group: group({ DestinationSecurityGroupId: 'sg-1', IpProtocol: '-1' }) }, 'no'],
  'open to a prefix list from elsewhere': [{ Group: group({ DestinationPrefixListId: 'pl-1', IpProtocol: '-1' }) }, 'unknown'],
  'open to a prefix list of the app': [{
    Group: group({ DestinationPrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] }, IpProtocol: '-1' }),
    List: { Type: 'AWS::EC2::PrefixList', Properties: { AddressFamily: 'IPv4', Entries: [{ Cidr: '203.0.113.0/24' }] } },
  }, 'no'],
  'open to a prefix list of everything': [{
    Group: group({ DestinationPrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] }, IpProtocol: '-1' }),
    List: { Type: 'AWS::EC2::PrefixList', Properties: { AddressFamily: 'IPv4', Entries: [{ Cidr: '203.0.113.0/24' }, { Cidr: '0.0.0.0/0' }] } },
  }, 'yes'],
  'open to IPv6 alone': [{ Group: group({ CidrIpv6: '::/0', IpProtocol: '-1' }) }, 'no'],
  'with rules that are resources of their own': [
    { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: {} }, Rule: rule({ DestinationSecurityGroupId: 'sg-1' }) }, 'no',
  ],
  'opened by a rule that is a resource of its own': [
    { Group: group({ CidrIp: '10.0.0.0/16', IpProtocol: '-1' }), Rule: rule({ CidrIp: '0.0.0.0/0' }) }, 'yes',
  ],
  'from elsewhere': [{ Fn: vpcConfig({ SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg-1'] }) }, 'unknown'],
  'of which only one is open': [{
    Fn: vpcConfig({ SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg-1', { 'Fn::GetAtt': ['Group', 'GroupId'] }] }),
  }, 'yes'],
  'of the VPC itself': [{ Fn: vpcConfig({ SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }] }) }, 'yes'],
  'of the VPC itself, emptied by the CDK': [{
    Fn: vpcConfig({ SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }] }),
    Emptied: { Type: 'Custom::VpcRestrictDefaultSG', Properties: { DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } } },
  }, 'no'],
}));

describe('routes', () => ways({
  'to nowhere': [{ SubnetRoute: undefined }, 'no'],
  'straight to an internet gateway, without a public address': [subnet('Subnet', { GatewayId: { Ref: 'InternetGateway' } }), 'no'],
  'to a NAT gateway whose own routes lead nowhere': [{ PublicRoute: undefined }, 'no'],
  'to a private NAT gateway': [{ Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Public' }, ConnectivityType: 'private' } } }, 'no'],
  'to a regional NAT gateway': [{ Nat: { Type: 'AWS::EC2::NatGateway', Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityMode: 'regional' } } }, 'yes'],
  'to a NAT gateway from elsewhere': [subnet('Subnet', { NatGatewayId: 'nat-1' }), 'unknown'],
  'to a part of the internet': [subnet('Subnet', { NatGatewayId: { Ref: 'Nat' }, DestinationCidrBlock: '203.0.113.0/24' }), 'no'],
  'to a transit gateway': [subnet('Subnet', { TransitGatewayId: 'tgw-1' }), 'unknown'],
  'to a VPN gateway': [subnet('Subnet', { GatewayId: 'vgw-1' }), 'unknown'],
  'to a peer': [subnet('Subnet', { VpcPeeringConnectionId: 'pcx-1' }), 'no'],
  'to an egress-only gateway, which is for IPv6': [subnet('Subnet', { EgressOnlyInternetGatewayId: 'eigw-1' }), 'no'],
  'to an interface': [subnet('Subnet', { NetworkInterfaceId: 'eni-1' }), 'unknown'],
  'to a NAT instance': [{
    ...subnet('Subnet', { InstanceId: { Ref: 'Instance' } }), Instance: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Public' } } },
  }, 'yes'],
  'of the main table': [{ SubnetAssociation: undefined }, 'no'],
  'of the main table of a VPC from elsewhere': [
    { SubnetAssociation: undefined, Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } } }, 'unknown',
  ],
  'of a subnet from elsewhere': [
    { Fn: vpcConfig({ SubnetIds: ['subnet-1'], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }) }, 'unknown',
  ],
  'of one subnet out of two': [{
    ...subnet('Isolated', { GatewayId: 'local' }),
    Fn: vpcConfig({ SubnetIds: [{ Ref: 'Isolated' }, { Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }),
  }, 'yes'],
  'that a VPN passes on': [{
    SubnetRoute: undefined,
    Propagation: { Type: 'AWS::EC2::VPNGatewayRoutePropagation', Properties: { RouteTableIds: [{ Ref: 'SubnetTable' }], VpnGatewayId: 'vgw-1' } },
  }, 'unknown'],
  'that go round in circles': [{ Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet' } } } }, 'unknown'],
}));

describe('a Network Firewall on the way', () => {
  const behind = (policy: object) => ({
    ...subnet('Subnet', { VpcEndpointId: { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Firewall', 'EndpointIds'] }] }] }] } }),
    ...subnet('Middle', { NatGatewayId: { Ref: 'Nat' } }),
    Firewall: {
      Type: 'AWS::NetworkFirewall::Firewall',
      Properties: { FirewallPolicyArn: { Ref: 'Policy' }, SubnetMappings: [{ SubnetId: { Ref: 'Middle' } }] },
    },
    Policy: { Type: 'AWS::NetworkFirewall::FirewallPolicy', Properties: { FirewallPolicy: policy } },
  });
  ways({
    'that drops what its rules do not name': [
      behind({ StatelessDefaultActions: ['aws:forward_to_sfe'], StatefulDefaultActions: ['aws:drop_established'] }), 'no',
    ],
    'that passes everything': [behind({ StatelessDefaultActions: ['aws:pass'] }), 'yes'],
    'whose rules decide': [behind({ StatelessDefaultActions: ['aws:forward_to_sfe'] }), 'unknown'],
  });
  test('is named, for connections that it does let through', () => {
    const app = modelOf(natNetwork(behind({ StatelessDefaultActions: ['aws:forward_to_sfe'], StatefulDefaultActions: ['aws:drop_strict'] })));
    expect(reachIn(app).internet.IPv4.filteredBy?.logicalId).toBe('Firewall');
  });
});

describe('network ACLs', () => {
  const acl = (...entries: object[]) => ({
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } },
    Tie: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, NetworkAclId: { Ref: 'Acl' } } },
    ...Object.fromEntries(entries.map((entry, index) => [`Entry${index}`, {
      Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: 'Acl' }, Egress: true, CidrBlock: '0.0.0.0/0', Protocol: -1, ...entry },
    }])),
  });
  const allow = (properties: object = {}) => ({ RuleNumber: 100, RuleAction: 'allow', ...properties });
  const deny = (properties: object = {}) => ({ RuleNumber: 50, RuleAction: 'deny', ...properties });
  ways({
    'without entries': [acl(), 'no'],
    'that allow everything': [acl(allow()), 'yes'],
    'that deny it first': [acl(allow(), deny()), 'no'],
    'that deny it after': [acl(allow(), deny({ RuleNumber: 101 })), 'yes'],
    'that deny one protocol first': [acl(allow(), deny({ Protocol: 17 })), 'yes'],
    'that deny what comes in': [acl(allow(), deny({ Egress: false })), 'yes'],
    'that allow one range': [acl(allow({ CidrBlock: '10.0.0.0/8' })), 'no'],
    'that deny it first or last, by a number that deployment decides': [acl(allow(), deny({ RuleNumber: { Ref: 'Missing' } })), 'unknown'],
    'that allow everything, by whatever number': [acl(allow({ RuleNumber: { Ref: 'Missing' } })), 'yes'],
    'that may deny it first': [acl(allow(), deny({ CidrBlock: { Ref: 'Missing' } })), 'unknown'],
  });
});

describe('IPv6', () => {
  const dualStack = vpcConfig({ ...FUNCTION_IN_VPC.Properties.VpcConfig, Ipv6AllowedForDualStack: true });
  const open = { Group: group({ CidrIpv6: '::/0', IpProtocol: '-1' }) };
  const routed = (target: object) => subnet('Subnet', { DestinationCidrBlock: { Ref: 'AWS::NoValue' }, DestinationIpv6CidrBlock: '::/0', ...target });
  ways({
    'by an egress-only gateway': [{ Fn: dualStack, ...open, ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'yes'],
    'by an internet gateway': [{ Fn: dualStack, ...open, ...routed({ GatewayId: { Ref: 'InternetGateway' } }) }, 'yes'],
    'by a group without rules': [{ Fn: dualStack, Group: group(), ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'yes'],
    'by a range of the internet': [
      { Fn: dualStack, Group: group({ CidrIpv6: '2000::/3', IpProtocol: '-1' }), ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'yes',
    ],
    'not by private addresses': [
      { Fn: dualStack, Group: group({ CidrIpv6: 'fd00::/8', IpProtocol: '-1' }), ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'no',
    ],
    'not unless the function may': [{ ...open, ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'no'],
    'not by a group for IPv4': [{ Fn: dualStack, ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'no'],
    'perhaps': [{
      Fn: vpcConfig({ ...FUNCTION_IN_VPC.Properties.VpcConfig, Ipv6AllowedForDualStack: { Ref: 'Missing' } }),
      ...open,
      ...routed({ EgressOnlyInternetGatewayId: 'eigw-1' }),
    }, 'unknown'],
  }, 'IPv6');
});

describe('functions', () => ways({
  'outside any VPC': [{ Fn: { Type: 'AWS::Lambda::Function', Properties: {} } }, 'yes'],
  'with empty lists': [{ Fn: vpcConfig({ SubnetIds: [], SecurityGroupIds: [] }) }, 'yes'],
  'whose network deployment decides': [{ Fn: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { Ref: 'Missing' } } } }, 'unknown'],
  'on a capacity provider of the app': [{
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': ['Provider', 'Arn'] } } } },
    },
    Provider: { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: FUNCTION_IN_VPC.Properties.VpcConfig } },
  }, 'yes'],
  'on a capacity provider from elsewhere': [{
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:capacity-provider:shared' } } },
    },
  }, 'unknown'],
}));

describe('web functions and microVMs', () => {
  const connector = {
    Type: 'AWS::Lambda::NetworkConnector',
    Properties: { Configuration: { VpcEgressConfiguration: { ...FUNCTION_IN_VPC.Properties.VpcConfig, NetworkProtocol: 'IPv4' } } },
  };
  const revision = (config: object) => ({ Type: 'AWS::Lambda::WebFunctionRevision', Properties: { ServiceConfig: config } });
  const image = (connectors: unknown) => ({ Type: 'AWS::Lambda::MicrovmImage', Properties: { EgressNetworkConnectors: connectors } });
  const arn = { 'Fn::GetAtt': ['Connector', 'LatestVersionArn'] };
  ways({
    'through a connector with a way out': [{ Fn: revision({ EgressNetworkConnectorArn: arn }), Connector: connector }, 'yes'],
    'through a connector without': [{ Fn: revision({ EgressNetworkConnectorArn: arn }), Connector: connector, SubnetRoute: undefined }, 'no'],
    'through a connector from elsewhere': [{ Fn: revision({ EgressNetworkConnectorArn: 'arn:aws:lambda:eu-west-1:111122223333:network-connector:nc-1:3' }) }, 'unknown'],
    'without a connector': [{ Fn: revision({}) }, 'unknown'],
    'a microVM through the connector to the internet': [{ Fn: image(['arn:aws:lambda:eu-west-1:aws:network-connector:aws-network-connector:INTERNET_EGRESS']) }, 'yes'],
    'a microVM through a connector without a way out': [{ Fn: image([{ 'Fn::GetAtt': ['Connector', 'Arn'] }]), Connector: connector, SubnetRoute: undefined }, 'no'],
    'a microVM whose connector is chosen later': [{ Fn: image([]) }, 'unknown'],
  });
});

test('the way is told step by step', () => {
  expect(reachIn(modelOf(natNetwork())).internet.IPv4.steps.map(({ resource, property, text }) => [resource.logicalId, property, text])).toEqual([
    ['Group', 'SecurityGroupEgress.0', 'allows connections to `0.0.0.0/0`'],
    ['SubnetRoute', 'NatGatewayId', 'sends `0.0.0.0/0` to ${Stack/Nat.Ref}'],
    ['PublicRoute', 'GatewayId', 'sends `0.0.0.0/0` to ${Stack/InternetGateway.Ref}'],
  ]);
});

test('a condition that picks the network leaves it open', () => {
  const fn = vpcConfig({ 'Fn::If': ['Inside', FUNCTION_IN_VPC.Properties.VpcConfig, { Ref: 'AWS::NoValue' }] });
  const sections = { Parameters: { Where: { Type: 'String' } }, Conditions: { Inside: { 'Fn::Equals': [{ Ref: 'Where' }, 'vpc'] } } };
  expect(reachIn(modelOf(natNetwork({ Fn: fn, SubnetRoute: undefined }), sections)).internet.IPv4.open).toBe('unknown');
});

describe('networks that the CDK makes', () => {
  const inVpc = (props: ec2.VpcProps, fn: Partial<lambda.FunctionProps> = {}) => reachIn(synthesized(stack => {
    new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false, ...props }), ...fn });
  }), 'Fn');

  test('lead to the internet by default', () => expect(inVpc({}).internet).toMatchObject({ IPv4: { open: 'yes' }, IPv6: { open: 'no' } }));
  test('do not without outbound rules', () => expect(inVpc({}, { allowAllOutbound: false }).internet.IPv4.open).toBe('no'));
  test('do not from isolated subnets', () => {
    expect(inVpc({ natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] },
      { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }).internet.IPv4.open).toBe('no');
  });
  test('do not from public subnets', () => {
    expect(inVpc({ natGateways: 0 }, { allowPublicSubnet: true, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }).internet.IPv4.open).toBe('no');
  });
  test('do with IPv6', () => {
    expect(inVpc({ natGateways: 0, ipProtocol: ec2.IpProtocol.DUAL_STACK }, {
      allowPublicSubnet: true, ipv6AllowedForDualStack: true, allowAllIpv6Outbound: true, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    }).internet).toMatchObject({ IPv4: { open: 'no' }, IPv6: { open: 'yes' } });
  });
  test('do through NAT instances', () => {
    const natGatewayProvider = ec2.NatProvider.instanceV2({ instanceType: new ec2.InstanceType('t4g.nano') });
    expect(inVpc({ natGatewayProvider }).internet.IPv4.open).toBe('yes');
  });
  test('are unknown where they are imported', () => {
    expect(reachIn(synthesized(stack => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
      new lambda.Function(stack, 'Fn', { ...CODE, vpc });
    })).internet.IPv4).toMatchObject({ open: 'unknown' });
  });
  test('are those of another stack', () => {
    expect(reachIn(synthesized(stack => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      new lambda.Function(new Stack(stack.node.root, 'Other'), 'Fn', { ...CODE, vpc });
    }), 'Fn').internet.IPv4.open).toBe('yes');
  });
});

describe('the network of this library', () => {
  const secure = (egress?: Egress) => reachIn(synthesized(stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress })), 'Fn');

  test('leads nowhere by default', () => expect(secure()).toMatchObject({ internet: { IPv4: { open: 'no' }, IPv6: { open: 'no' } }, listedNamesOnly: 'yes' }));
  test('leads to hosts, of which it resolves no others', () => {
    expect(secure(Egress.toHosts(['api.example.com']))).toMatchObject({ internet: { IPv4: { open: 'yes' } }, listedNamesOnly: 'yes' });
  });
  test('leads to hosts through a firewall', () => {
    const found = secure(Egress.toHosts(['api.example.com'], { inspectTls: true })).internet.IPv4;
    expect(found.open).toBe('no');
    expect(found.filteredBy?.type).toBe('AWS::NetworkFirewall::Firewall');
  });
  test('is not there where egress is unrestricted', () => expect(secure(Egress.unrestricted('it is a crawler of public pages')).internet.IPv4.open).toBe('yes'));
});
