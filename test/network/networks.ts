import { App, Stack } from 'aws-cdk-lib';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { Resource } from '../../src/model/resource';
import { reach, Reach } from '../../src/network/reach';

type Resources = Readonly<Record<string, object>>;

export const FUNCTION_IN_VPC = {
  Type: 'AWS::Lambda::Function',
  Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
};

/** A function in one subnet of a VPC, with an open group and a route to a NAT gateway; `changes` replace resources or take them away. */
export function natNetwork(changes: Readonly<Record<string, object | undefined>> = {}): Resources {
  const all = {
    Fn: FUNCTION_IN_VPC,
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }),
    ...subnet('Subnet', { NatGatewayId: { Ref: 'Nat' } }),
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Public' }, AllocationId: 'eipalloc-1' } },
    ...subnet('Public', { GatewayId: { Ref: 'InternetGateway' } }),
    InternetGateway: { Type: 'AWS::EC2::InternetGateway' },
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, object] => entry[1] !== undefined));
}

/** A group with these egress rules in it. */
export function group(...egress: readonly object[]): object {
  return { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: egress } };
}

/** A subnet with a table of its own and one route for all addresses, unless `target` says otherwise. */
export function subnet(id: string, target: object): Resources {
  return {
    [id]: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
    [`${id}Table`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    [`${id}Association`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: id }, RouteTableId: { Ref: `${id}Table` } },
    },
    [`${id}Route`]: {
      Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: `${id}Table` }, DestinationCidrBlock: '0.0.0.0/0', ...target },
    },
  };
}

export function modelOf(resources: Resources, sections: object = {}): AppModel {
  return AppModel.of([{ name: 'Stack', template: { Resources: resources, ...sections } }]);
}

export function synthesized(build: (stack: Stack) => void): AppModel {
  const app = new App();
  build(new Stack(app, 'Stack'));
  app.synth();
  return AppModel.of(readTree(stacksBelow(app)));
}

/** The reach of the one thing that runs code, or of the one of that logical id. */
export function reachIn(app: AppModel, logicalId?: string): Reach {
  const found = [...reach(app)].find(([compute]: [Resource, Reach]) => logicalId === undefined || compute.logicalId.startsWith(logicalId));
  return found![1];
}
