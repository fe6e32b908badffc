import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { OrganizationPolicies, organizationOf } from './organization-policies';
import { identities } from '../access/principals/identities';
import { Identity } from '../access/principals/identity';
import { AppModel } from '../model/app-model';
import { readTree, stacksBelow } from '../model/read-tree';
import { Resource } from '../model/resource';

/** The templates of a construct tree, and which of their resources a construct is. */
export class AnalysedTree {
  public readonly app: AppModel;
  private readonly byPath: ReadonlyMap<string, Resource>;

  /** Synthesizes the stage or app that a construct is in, and reads what is below it. */
  constructor(scope: IConstruct, policies: OrganizationPolicies) {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (!stage) throw new Error(`\`${scope.node.path}\` is in no App or Stage, which it takes to synthesize it`);
    const { root } = stage.node;
    (Stage.isStage(root) ? root : stage).synth();
    this.app = AppModel.of(readTree(stacksBelow(stage).filter(stack => !stack.nestedStackParent)), organizationOf(policies, stage));
    this.byPath = new Map(this.app.resources.map(resource => [resource.constructPath, resource]));
  }

  /** The resource that a construct is: an L1, or that of an L2. */
  public resource(construct: IConstruct): Resource {
    const element = isResource(construct) ? construct : construct.node.defaultChild;
    const found = element && this.byPath.get(element.node.path);
    if (found) return found;
    throw new Error(`\`${construct.node.path}\` has no resource in the templates, as imported constructs have none; ask for it by its ARN`);
  }

  /** The roles or users that a construct is, or that its code runs with. */
  public identities(construct: IConstruct): readonly Identity[] {
    const found = identities(this.app).of(this.resource(construct));
    if (found.length > 0) return found;
    throw new Error(`\`${construct.node.path}\` is no role, no user and no function with a role`);
  }
}

function isResource(construct: IConstruct): boolean {
  return CfnResource.isCfnResource(construct);
}
