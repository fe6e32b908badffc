import { CfnResource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * Leaves the route table of `subnet`, and what ties it to the subnet, out of the template until somebody asks for the table, as
 * endpoints and routes do. A subnet without one has the main table of its VPC, which leads nowhere but to the VPC itself.
 *
 * Each subnet has a table of its own still: whoever adds the same route for each subnet would add it twice to a common one.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function renderRouteTableOnDemand(subnet: ec2.Subnet): void {
  const { routeTable } = subnet;
  let isAskedFor = false;
  for (const resource of subnet.node.children.filter(CfnResource.isCfnResource)) {
    if (ABOUT_ROUTES.includes(resource.cfnResourceType)) resource['shouldSynthesize'] = () => isAskedFor;
  }
  Object.defineProperty(subnet, 'routeTable', {
    get: () => {
      isAskedFor = true;
      return routeTable;
    },
  });
}

const ABOUT_ROUTES: readonly string[] = ['AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation'];
