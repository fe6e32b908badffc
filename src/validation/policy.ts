import type { RuleSelection } from './configure-rules';
import type { ReportedFinding } from './finding';
import { FailOn, Profile } from './profile';
import type { ConfiguredRule } from './run-rules';
import { Severity } from '../rules/severity';

/** What a user wants of a validation. */
export interface PolicySettings extends RuleSelection {
  readonly profile?: Profile;
  readonly failOn?: FailOn;
  /** How severe it is what the CDK makes for its own work; unless set, informational, and it never fails. */
  readonly frameworkSeverity?: Severity;
  readonly reportUndecided?: boolean;
}

const FAIL_ON: Record<Profile, FailOn> = {
  [Profile.RECOMMENDED]: FailOn.HIGH,
  [Profile.STRICT]: FailOn.LOW,
  [Profile.ADVICE]: FailOn.NEVER,
};

/** From the worst to the least. */
const SEVERITIES = Object.values(Severity);

/** Which rules run, what of their findings is reported, and what of that fails. */
export class Policy {
  private readonly profile: Profile;
  private readonly failing: ReadonlySet<Severity>;
  private configured?: ReturnType<typeof import('./configure-rules').configureRules>;

  constructor(private readonly settings: PolicySettings) {
    this.profile = settings.profile ?? Profile.RECOMMENDED;
    const failOn = settings.failOn ?? FAIL_ON[this.profile];
    this.failing = new Set(SEVERITIES.slice(0, SEVERITIES.findIndex(severity => String(severity) === failOn) + 1));
  }

  /** All that is wrong with the settings. Rules are loaded only to look up those that are named. */
  public get faults(): readonly string[] {
    const { profile, failOn, frameworkSeverity, rules, only, skip } = this.settings;
    return [
      ...noneOf('profile', profile, Profile),
      ...noneOf('failOn', failOn, FailOn),
      ...noneOf('frameworkSeverity', frameworkSeverity, Severity),
      ...rules || only || skip ? this.configuration.faults : [],
    ];
  }

  /** The rules that run. */
  public get rules(): readonly ConfiguredRule[] {
    return this.configuration.rules;
  }

  /** How severe it is what the CDK makes for its own work. */
  public get frameworkSeverity(): Severity {
    return this.settings.frameworkSeverity ?? Severity.INFORMATIONAL;
  }

  /** Those of some findings that are reported: what only deployment can decide is no finding of everybody's. */
  public reported(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
    if (this.reportsUndecided) return findings;
    const violated: ReportedFinding[] = [];
    for (const finding of findings) if (finding.verdict === 'violated') violated.push(finding);
    return violated;
  }

  public get reportsUndecided(): boolean {
    return this.settings.reportUndecided ?? this.profile === Profile.STRICT;
  }

  /** Whether a finding fails as long as nobody has decided about it. */
  public fails({ verdict, severity, framework }: ReportedFinding): boolean {
    return verdict === 'violated' && this.failing.has(severity) && !(framework && this.settings.frameworkSeverity === undefined);
  }

  private get configuration() {
    // Loaded when first needed, so that an app pays for the rules when it is validated and not when it starts.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { configureRules } = require('./configure-rules') as typeof import('./configure-rules');
    return this.configured ??= configureRules(this.settings);
  }
}

function noneOf(setting: string, given: string | undefined, allowed: Record<string, string>): string[] {
  const values = Object.values(allowed);
  if (given === undefined || values.includes(given)) return [];
  return [`\`${setting}\` is \`${given}\`, expected one of ${values.map(value => `\`${value}\``).join(', ')}`];
}
