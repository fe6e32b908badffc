import { create, XMLElement } from 'xmlbuilder';
import { Renderer, RenderOptions } from './format';
import { isToDo, listed, placeBelow } from './reported';
import { ReportedFinding } from '../validation/finding';
import { shownPlace } from '../validation/located-document';

/**
 * A test suite a rule and a test case a judgement: open findings fail, what is in order passes, the rest is skipped and says why.
 */
export const renderJunit: Renderer = (scan, options = {}) => {
  const findings = listed(scan, options);
  const root = create('testsuites', { version: '1.0', encoding: 'UTF-8' }, {}, { invalidCharReplacement: '\ufffd' });
  Object.entries({ name: 'cdk-secure-serverless', ...totals(findings, scan.compliant.reduce((count, { resources }) => count + resources.length, 0)) }).forEach(([name, value]) => root.att(name, value));
  const ofRule = grouped(findings);
  const compliantWith = new Map(scan.compliant.map(({ rule, resources }) => [rule.id, resources]));
  for (const id of new Set([...ofRule.keys(), ...compliantWith.keys()])) {
    const [found, compliant] = [ofRule.get(id) ?? [], compliantWith.get(id) ?? []];
    const suite = root.ele('testsuite', { name: id, ...totals(found, compliant.length) });
    found.forEach(finding => testCase(suite, finding, options));
    compliant.forEach(resource => suite.ele('testcase', { classname: id, name: resource.constructPath }));
  }
  return `${root.end({ pretty: true })}\n`;
};

function testCase(suite: XMLElement, finding: ReportedFinding, { root }: RenderOptions): void {
  const { rule, severity, constructPath, property, message, source, status, verdict, reason, reasons } = finding;
  const test = suite.ele('testcase', { classname: rule.id, name: [constructPath, property].filter(Boolean).join(' ') || message });
  if (!isToDo(finding)) {
    test.ele('skipped', { message: status === 'open' ? `${verdict}: ${message}` : `${status}: ${reason ?? ''}` });
    return;
  }
  const lines = [
    ...source ? [shownPlace(placeBelow(source, root))] : [], ...reasons.map(({ text }) => text), rule.rationale, rule.remedy, rule.fix,
  ];
  test.ele('failure', { message, type: severity }, lines.filter(line => line !== '').join('\n'));
}

function totals(findings: readonly ReportedFinding[], compliant: number) {
  const failures = findings.filter(isToDo).length;
  return { tests: findings.length + compliant, failures, skipped: findings.length - failures };
}

function grouped(findings: readonly ReportedFinding[]): Map<string, ReportedFinding[]> {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule.id);
    if (group) group.push(finding);
    else groups.set(finding.rule.id, [finding]);
  }
  return groups;
}
