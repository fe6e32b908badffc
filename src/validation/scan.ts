import { RULE_FAILED } from './engine-rules';
import { ReportedFinding } from './finding';
import { fingerprint } from './fingerprint';
import { Compliance, ConfiguredRule, runRules } from './run-rules';
import { AppModel } from '../model/app-model';
import { Severity } from '../rules/severity';

/** Everything that the reports are made of: one look at one app. */
export interface Scan {
  readonly findings: readonly ReportedFinding[];
  readonly compliant: readonly Compliance[];
  /** The rules that ran, in the order of their ids. */
  readonly rules: readonly ConfiguredRule[];
  readonly coverage: Coverage;
  /** What a person should know beside the findings: waivers about to expire, resolved entries of the baseline. */
  readonly notices: readonly string[];
  /** What was looked at, for reports that show more of it than what was found. */
  readonly app?: AppModel;
}

/** What was looked at. */
export interface Coverage {
  readonly stacks: number;
  readonly nestedStacks: number;
  readonly resources: number;
  /** How many questions of rules only deployment can answer. */
  readonly undecided: number;
}

/**
 * Lets the rules look at an app; all findings are open at first.
 *
 * @param frameworkSeverity how severe findings are on what the CDK makes for its own work; unless given, as severe as others
 */
export function scan(app: AppModel, rules: readonly ConfiguredRule[], frameworkSeverity?: Severity): Scan {
  const { findings, compliant } = runRules(app, rules, frameworkSeverity);
  let undecided = 0;
  for (const { verdict } of findings) if (verdict === 'undecided') undecided++;
  const nestedStacks = app.scopes.filter(({ source }) => source.nestedIn).length;
  return {
    findings,
    compliant,
    rules,
    coverage: {
      stacks: app.scopes.length - nestedStacks,
      nestedStacks,
      resources: app.resources.length,
      undecided,
    },
    notices: [],
    app,
  };
}

/** The ids of the rules that came to the end of their work. Of what the others did not find, nothing can be concluded. */
export function completedRules({ findings, rules }: Scan): ReadonlySet<string> {
  const failures = new Set(findings.filter(({ rule }) => rule.id === RULE_FAILED.id).map(finding => finding.fingerprint));
  return new Set(rules.map(({ rule }) => rule.id).filter(id => !failures.has(fingerprint(RULE_FAILED.id, id))));
}
