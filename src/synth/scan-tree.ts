import * as fs from 'fs';
import { IConstruct } from 'constructs';
import { Acknowledgements } from './acknowledgements';
import { ServerlessRulesProps } from './serverless-rules-props';
import { ValidatedTree } from './tree-validation';
import { AppModel } from '../model/app-model';
import { readTree } from '../model/read-tree';
import { ALL_RULES } from '../rules';
import { PLUGIN_NAME } from '../validation/acknowledgement-line';
import { applyBaseline } from '../validation/baseline';
import { loadBaseline } from '../validation/baseline-file';
import { ACKNOWLEDGEMENT_WITHOUT_PLUGIN, engineFinding, ENGINE_RULES, isEngineRule } from '../validation/engine-rules';
import { Policy } from '../validation/policy';
import { byPlace } from '../validation/run-rules';
import { ReportedFinding, scan, Scan } from '../validation/scan';
import { readWaivers } from '../validation/waiver-file';
import { applyWaivers, waiversInCode } from '../validation/waivers';

/** Looks at the stacks of a tree, and marks what somebody has decided about: in waivers, in the baseline, in acknowledgements. */
export function scanTree(tree: ValidatedTree, policy: Policy, props: ServerlessRulesProps): Scan {
  const all = policy.withFrameworkSeverity(scan(AppModel.of(readTree(tree.stacks, tree.read)), policy.rules));
  const { scopes } = tree;
  const within = scopes ? { ...all, findings: all.findings.filter(finding => isWithin(scopes, finding)) } : all;
  return acknowledged(baselined(waived(within, props), props), tree);
}

/** What keeps a baseline from being read: each fault with its place. */
export function baselineFaults(file: string): string[] {
  try {
    loadBaseline(file);
    return [];
  } catch (error) {
    return [`\`baselineFile\` can not be read: ${(error as Error).message}`];
  }
}

/** Whether the finding is on something below `scopes`. What the engine says of itself is about the whole. */
function isWithin(scopes: readonly IConstruct[], { rule, constructPath }: ReportedFinding): boolean {
  return isEngineRule(rule.id) || scopes.some(({ node }) => isBelow(constructPath, node.path));
}

function waived(scanned: Scan, { waivers = [], waiverFile, today = new Date().toISOString().slice(0, 10) }: ServerlessRulesProps): Scan {
  const inCode = waiversInCode(waivers);
  const inFile = waiverFile === undefined ? { waivers: [], faults: [] } : readWaivers(fs.readFileSync(waiverFile, 'utf8'), waiverFile);
  return applyWaivers(scanned, { waivers: [...inCode.waivers, ...inFile.waivers], faults: [...inCode.faults, ...inFile.faults] }, today);
}

function baselined(scanned: Scan, { baselineFile }: ServerlessRulesProps): Scan {
  return baselineFile === undefined ? scanned : applyBaseline(scanned, loadBaseline(baselineFile));
}

function acknowledged(scanned: Scan, { root, stacks, scopes = stacks, idsOf, namesPlugin }: ValidatedTree): Scan {
  const acknowledgements = Acknowledgements.in(root);
  const findings = scanned.findings.map((finding): ReportedFinding => {
    const reason = finding.status === 'open' ? acknowledgements.reason(idsOf(finding), finding.constructPath) : undefined;
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
