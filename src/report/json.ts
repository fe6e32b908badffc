import { Renderer, RenderOptions } from './format';
import { pageOf, placeBelow } from './reported';
import { dataOf, FindingRule, ReportedFinding } from '../validation/finding';

/** The version of the shape that `schemas/report.schema.json` describes: changed when something in it means another thing. */
const VERSION = 1;

/** All that the scan knows, for other programs. */
export const renderJson: Renderer = (scan, options = {}) => {
  const rules = new Map([...scan.findings, ...scan.rules].map(({ rule }: { rule: FindingRule }) => [`${rule.tool ?? ''} ${rule.id}`, rule]));
  const report = {
    version: VERSION,
    coverage: scan.coverage,
    notices: scan.notices,
    findings: scan.findings.map(finding => findingOf(finding, options)),
    compliant: scan.compliant.flatMap(({ rule, resources }) => resources.map(resource => ({
      rule: rule.id, constructPath: resource.constructPath, logicalId: resource.logicalId, resourceType: resource.type, stack: resource.source.name,
    }))),
    rules: [...rules.values()].map(ruleOf),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
};

function findingOf(finding: ReportedFinding, { root }: RenderOptions) {
  const { rule, source, ...data } = dataOf(finding);
  return { rule: rule.id, tool: rule.tool, ...data, source: source && placeBelow(source, root) };
}

/** What can be read about a rule, without what makes it work. */
function ruleOf(rule: FindingRule) {
  const { id, tool, severity, summary, rationale, remedy, fix, references, peers, compliance } = rule;
  return { id, tool, severity, summary, rationale, remedy, fix, references, peers, compliance, page: pageOf(rule) };
}
