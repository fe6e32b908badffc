import { attachments } from './attachments';
import { groupedBy } from './identity';
import { vpcOf } from './reach';
import { view } from '../model/app-model';
import { Resource } from '../model/resource';

/** A VPC of the app, and what of it has to do with code in Lambda. */
export interface FunctionVpc {
  readonly vpc: Resource;
  /** The subnets that code runs in. */
  readonly subnets: ReadonlySet<Resource>;
  readonly users: readonly Resource[];
  /** The flow logs of the VPC or of a subnet. */
  readonly flowLogs: (resource: Resource) => readonly Resource[];
}

/** The VPCs of an app that functions, web functions and microVMs connect to. */
export const functionVpcs = view((app): readonly FunctionVpc[] => {
  const logs = groupedBy(app.ofType('AWS::EC2::FlowLog'), 'ResourceId');
  const found = new Map<Resource, { subnets: Set<Resource>; users: Set<Resource> }>();
  for (const [compute, attached] of attachments(app)) {
    for (const subnet of attached.flatMap(({ subnets }) => subnets.items).flatMap(item => item.branches)) {
      const vpc = vpcOf(subnet).target;
      if (vpc?.type !== 'AWS::EC2::VPC') continue;
      const known = found.get(vpc) ?? { subnets: new Set(), users: new Set() };
      known.subnets.add(subnet.target!);
      known.users.add(compute);
      found.set(vpc, known);
    }
  }
  return [...found].map(([vpc, { subnets, users }]) => ({ vpc, subnets, users: [...users], flowLogs: resource => logs.get(resource.id) ?? [] }));
});
