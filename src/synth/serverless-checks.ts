import { Annotations, IAspect, Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { description } from './plugin-report';
import { ServerlessRulesProps } from './serverless-rules-props';
import { TreeValidation } from './tree-validation';
import { qualifiedId } from '../validation/acknowledgement-ids';
import { PLUGIN_NAME } from '../validation/acknowledgement-line';
import type { ReportedFinding } from '../validation/finding';

/**
 * Checks an app, a stage or a stack against the rules for serverless functions, and annotates each construct at fault: with an error
 * where the finding fails, else with a warning. It changes nothing.
 *
 * For unit tests, and for apps that use Aspects throughout. `ServerlessValidator` says more of each finding, and doesn't render the
 * templates twice. Aspects don't cross stages: add it to each stage.
 *
 * @example
 * import { Aspects } from 'aws-cdk-lib';
 * import { ServerlessChecks } from 'cdk-secure-serverless';
 *
 * Aspects.of(app).add(new ServerlessChecks());
 */
export class ServerlessChecks implements IAspect {
  private readonly validation: TreeValidation;
  /** What was visited first in each assembly: everything below it is visited, too. */
  private readonly visited = new WeakMap<IConstruct, IConstruct[]>();

  constructor(props: ServerlessRulesProps = {}) {
    this.validation = new TreeValidation('ServerlessChecks', props);
  }

  /**
   * Takes note of the construct. Templates can't be rendered while Aspects still change them, and before references between stacks
   * are known: that is when constructs validate themselves, just before templates are written.
   */
  public visit(node: IConstruct): void {
    const assembly = Stage.isStage(node) ? node : Stage.of(node) ?? node.node.root;
    const visited = this.visited.get(assembly);
    if (!visited) {
      const scopes = [node];
      this.visited.set(assembly, scopes);
      assembly.node.addValidation({ validate: () => this.annotate(assembly, scopes) });
    } else if (!visited.some(scope => node.node.scopes.includes(scope))) {
      visited.push(node);
    }
  }

  /** Annotations say all there is to say: no construct is invalid. */
  private annotate(assembly: IConstruct, scopes: readonly IConstruct[]): string[] {
    const stacks = assembly.node.findAll().filter(Stack.isStack).filter(stack => !stack.nestedStackParent && Stage.of(stack) === assembly);
    const { findings } = this.validation.scan({ stacks, scopes, read: render, idsOf: qualifiedId, namesPlugin: true });
    for (const finding of this.validation.policy.reported(findings)) {
      if (finding.status === 'open') this.annotateConstruct(assembly, finding);
    }
    return [];
  }

  private annotateConstruct(assembly: IConstruct, finding: ReportedFinding): void {
    const construct = find(assembly.node.root, finding.constructPath) ?? find(assembly.node.root, finding.stack) ?? assembly;
    const id = `${PLUGIN_NAME}::${finding.rule.id}`;
    const message = `${description(finding)}. ${finding.rule.remedy}`;
    if (this.validation.policy.fails(finding)) Validations.of(construct).addError(id, message);
    else if (finding.verdict === 'undecided' || finding.severity === 'informational') Annotations.of(construct).addInfoV2(id, message);
    else Validations.of(construct).addWarning(id, message);
  }
}

/** The template of a stack as it will be written. */
function render(stack: Stack): unknown {
  return (stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
}

function find(root: IConstruct, path: string): IConstruct | undefined {
  return path.split('/').reduce<IConstruct | undefined>((construct, id) => construct?.node.tryFindChild(id), root);
}
