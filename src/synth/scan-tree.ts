import { IConstruct } from 'constructs';
import { ValidatedTree } from './tree-validation';
import { AppModel } from '../model/app-model';
import { readTree } from '../model/read-tree';
import { applyAcknowledgements } from '../validation/acknowledgements';
import { isEngineRule } from '../validation/engine-rules';
import { ReportedFinding } from '../validation/finding';
import { Policy } from '../validation/policy';
import { scan, Scan } from '../validation/scan';

/**
 * Looks at the stacks of a tree, and marks what somebody has decided about.
 *
 * @param decide marks what is decided elsewhere than in acknowledgements
 */
export function scanTree(tree: ValidatedTree, policy: Policy, decide: (scan: Scan) => Scan): Scan {
  const { stacks, scopes } = tree;
  const sources = readTree(stacks, tree.read);
  const found = scan(AppModel.of(sources), policy.rules, policy.frameworkSeverity);
  const concerns = (path: string) => (scopes ?? stacks).some(({ node }) => isBelow(path, node.path) || isBelow(node.path, path));
  const all = decide(applyAcknowledgements(found, sources, tree, concerns));
  return scopes ? { ...all, findings: all.findings.filter(finding => isWithin(scopes, finding)) } : all;
}

/** Whether the finding is on something below `scopes`. What the engine says of itself is about the whole. */
function isWithin(scopes: readonly IConstruct[], { rule, constructPath }: ReportedFinding): boolean {
  return isEngineRule(rule.id) || scopes.some(({ node }) => isBelow(constructPath, node.path));
}

/** Whether a path is that of `above` or of something below it. */
function isBelow(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}/`);
}
