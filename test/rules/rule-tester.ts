import { App, Stack } from 'aws-cdk-lib';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { TemplateSource } from '../../src/model/template-source';
import { Rule } from '../../src/rules/define-rule';
import { optionValues } from '../../src/rules/rule-options';
import { runRules } from '../../src/validation/run-rules';

/** What a rule is tried on: resources of one template, whole templates by stack name, or an app to synthesize. */
export interface RuleCase {
  readonly resources?: Readonly<Record<string, object>>;
  /** Other sections of the one template: `Parameters`, `Conditions`, `Mappings`. */
  readonly sections?: Readonly<Record<string, object>>;
  readonly templates?: Readonly<Record<string, object>>;
  readonly app?: (stack: Stack, app: App) => void;
  /** What is known of the environment of `resources` and `templates`. */
  readonly environment?: { readonly account?: string; readonly region?: string };
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A finding as far as a test compares it: where, what, and on which way. */
export interface ExpectedFinding {
  readonly at: string;
  readonly property?: string;
  readonly message: string;
  readonly reasons?: readonly string[];
}

export interface FaultyCase extends RuleCase {
  /** All findings, in the order of their places. */
  readonly findings: readonly ExpectedFinding[];
}

/** A rule is tried on what it accepts, on what can't be known before deployment, and on what it finds. */
export interface RuleTable {
  readonly valid: Readonly<Record<string, RuleCase>>;
  readonly unknown: Readonly<Record<string, FaultyCase>>;
  readonly invalid: Readonly<Record<string, FaultyCase>>;
}

/** Runs one rule alone over each case, and compares the whole list of what it finds. */
export function testRule(rule: Rule, { valid, unknown, invalid }: RuleTable): void {
  describe(rule.id, () => {
    test.each(Object.entries(valid))('accepts %s', (_, given) => expect(findings(rule, given)).toEqual([]));
    test.each(Object.entries(unknown))('leaves open %s', (_, given) => {
      expect(findings(rule, given)).toEqual(given.findings.map(expected => ({ verdict: 'undecided', ...expected })));
    });
    test.each(Object.entries(invalid))('finds %s', (_, given) => {
      expect(findings(rule, given)).toEqual(given.findings.map(expected => ({ verdict: 'violated', ...expected })));
    });
  });
}

function findings(rule: Rule, given: RuleCase & { readonly findings?: readonly ExpectedFinding[] }) {
  const { values, faults } = optionValues(rule.options ?? {}, given.options ?? {});
  expect(faults).toEqual([]);
  const withReasons = given.findings?.some(({ reasons }) => reasons) ?? false;
  const outcome = runRules(AppModel.of(sources(given)), [{ rule, severity: rule.severity, options: values }]);
  return outcome.findings.map(({ verdict, constructPath, property, message, reasons }) => ({
    verdict,
    at: constructPath,
    ...property === undefined ? {} : { property },
    message,
    ...withReasons ? { reasons: reasons.map(({ text }) => text) } : {},
  }));
}

function sources({ resources, sections, templates, app, environment }: RuleCase): TemplateSource[] {
  if (app) return synthesized(app);
  const all = templates ?? { Stack: { Resources: resources, ...sections } };
  return Object.entries(all).map(([name, template]) => ({ name, stackName: name, template, ...environment }));
}

function synthesized(build: (stack: Stack, app: App) => void): TemplateSource[] {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  build(new Stack(app, 'Stack'), app);
  app.synth();
  return readTree(stacksBelow(app).filter(stack => !stack.nestedStackParent));
}
