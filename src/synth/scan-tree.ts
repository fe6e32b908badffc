import { IConstruct } from 'constructs';
import { Acknowledgements } from './acknowledgements';
import { ValidatedTree } from './tree-validation';
import { AppModel } from '../model/app-model';
import { readTree } from '../model/read-tree';
import { ALL_RULES } from '../rules';
import { PLUGIN_NAME } from '../validation/acknowledgement-line';
import { ACKNOWLEDGEMENT_WITHOUT_PLUGIN, engineFinding, ENGINE_RULES, isEngineRule, RULE_FAILED } from '../validation/engine-rules';
import { ReportedFinding } from '../validation/finding';
import { Policy } from '../validation/policy';
import { byPlace } from '../validation/run-rules';
import { scan, Scan } from '../validation/scan';

/**
 * Looks at the stacks of a tree, and marks what somebody has decided about.
 *
 * @param decide marks what is decided elsewhere than in acknowledgements
 */
export function scanTree(tree: ValidatedTree, policy: Policy, decide: (scan: Scan) => Scan): Scan {
  const all = decide(policy.withFrameworkSeverity(scan(AppModel.of(readTree(tree.stacks, tree.read)), policy.rules)));
  const { scopes } = tree;
  const within = scopes ? { ...all, findings: all.findings.filter(finding => isWithin(scopes, finding)) } : all;
  return acknowledged(within, tree);
}

/** Whether the finding is on something below `scopes`. What the engine says of itself is about the whole. */
function isWithin(scopes: readonly IConstruct[], { rule, constructPath }: ReportedFinding): boolean {
  return isEngineRule(rule.id) || scopes.some(({ node }) => isBelow(constructPath, node.path));
}

function acknowledged(scanned: Scan, { root, stacks, scopes = stacks, idsOf, namesPlugin }: ValidatedTree): Scan {
  const acknowledgements = Acknowledgements.in(root);
  const findings = scanned.findings.map((finding): ReportedFinding => {
    // A rule that threw stays what it is: nobody knows what would be accepted.
    const open = finding.status === 'open' && finding.rule.id !== RULE_FAILED.id;
    const reason = open ? acknowledgements.reason(idsOf(finding), finding.constructPath) : undefined;
    return reason === undefined ? finding : { ...finding, status: 'acknowledged', reason };
  });
  return { ...scanned, findings: namesPlugin ? [...findings, ...withoutPlugin(acknowledgements, scopes)].sort(byPlace) : findings };
}

/** An acknowledgement that the CDK takes for one of an annotation. */
function withoutPlugin(acknowledgements: Acknowledgements, scopes: readonly IConstruct[]): ReportedFinding[] {
  const ids = new Set([...ALL_RULES, ...ENGINE_RULES].map(({ id }) => id));
  const concerns = (path: string) => scopes.some(({ node }) => isBelow(path, node.path) || isBelow(node.path, path));
  return acknowledgements.withoutPlugin(ids).filter(({ constructPath }) => concerns(constructPath)).map(({ id, constructPath }) => {
    const message = `the acknowledgement of \`${id}\` names no plugin and matches nothing, expected \`${PLUGIN_NAME}::${id}\``;
    return { ...engineFinding(ACKNOWLEDGEMENT_WITHOUT_PLUGIN, message, `${id} ${constructPath}`), constructPath, status: 'open' };
  });
}

/** Whether a path is that of `above` or of something below it. */
function isBelow(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}/`);
}
