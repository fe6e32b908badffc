import { Rule } from '../../src/rules/define-rule';
import { Severity } from '../../src/rules/severity';
import { ReportedFinding } from '../../src/validation/finding';
import { Scan } from '../../src/validation/scan';

/** A rule with nothing in it that a test doesn't ask for. */
export function ruleOf(id: string, more: Partial<Rule> = {}): Rule {
  return {
    id,
    severity: Severity.HIGH,
    summary: 'Something holds',
    rationale: 'Otherwise harm comes of it.',
    remedy: 'Make it hold.',
    fix: 'makeItHold();',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/welcome.html'],
    peers: {},
    compliance: { csaSas: ['SAS-3'] },
    check: () => [],
    ...more,
  };
}

/** An open finding of a rule at a construct. */
export function findingOf(rule: Rule, constructPath: string, more: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule,
    severity: rule.severity,
    verdict: 'violated',
    status: 'open',
    message: 'it is `off`, expected `on`',
    reasons: [],
    constructPath,
    logicalId: constructPath.replace(/\W/g, ''),
    resourceType: 'AWS::Lambda::Function',
    stack: constructPath.split('/')[0],
    framework: false,
    fingerprint: Buffer.from(`${rule.id}${constructPath}`).toString('hex'),
    ...more,
  };
}

/** A look at an app that found these. */
export function scanOf(findings: readonly ReportedFinding[], more: Partial<Scan> = {}): Scan {
  const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()];
  return {
    findings,
    compliant: [],
    rules: rules.map(rule => ({ rule: { check: () => [], ...rule }, severity: rule.severity, options: {} })),
    coverage: { stacks: 2, nestedStacks: 1, resources: 40, undecided: findings.filter(({ verdict }) => verdict === 'undecided').length },
    notices: [],
    ...more,
  };
}
