import { Severity } from '../rules/severity';
import { FailOn, Profile } from '../validation/profile';
import { RuleSettings } from '../validation/rule-settings';
import { Waiver } from '../validation/waiver';

/** Which rules check an app, and what becomes of what they find. */
export interface ServerlessRulesProps {
  /**
   * How much is reported, and what of it fails.
   *
   * @default Profile.RECOMMENDED
   */
  readonly profile?: Profile;

  /**
   * The least severity that fails.
   *
   * @default - as the profile says: high for `RECOMMENDED`, low for `STRICT`, never for `ADVICE`
   */
  readonly failOn?: FailOn;

  /**
   * Nothing fails, whatever else is set. Meant for unit tests, where findings would keep `Template.fromStack()` from giving a template.
   *
   * @default false
   */
  readonly reportOnly?: boolean;

  /**
   * Whether what only deployment can decide is reported as well. It never fails.
   *
   * @default - only by the profile `STRICT`
   */
  readonly reportUndecided?: boolean;

  /**
   * Settings of rules by their ids: `{ 'sqs/visibility-covers-timeout': { severity: Severity.LOW, options: { factor: 2 } } }`.
   *
   * @default - each rule as its page says
   */
  readonly rules?: { [id: string]: RuleSettings };

  /**
   * Ids or globs of the rules that run: `sqs/visibility-covers-timeout`, `lambda/*`.
   *
   * @default - all rules
   */
  readonly only?: string[];

  /**
   * Ids or globs of rules that don't run.
   *
   * @default - none is left out
   */
  readonly skip?: string[];

  /**
   * The severity of all findings on what the CDK makes for its own work: providers of custom resources and their roles. A user can't
   * change those; a newer CDK may.
   *
   * @default - informational, and they don't fail even if `failOn` is `INFORMATIONAL`
   */
  readonly frameworkSeverity?: Severity;

  /**
   * Decisions that findings are to stay as they are, until a day.
   *
   * @default - none in code
   */
  readonly waivers?: Waiver[];

  /**
   * Path of a YAML or JSON file of waivers, relative to the working directory.
   *
   * @default - no file
   */
  readonly waiverFile?: string;

  /**
   * Path of a baseline, relative to the working directory: what it lists doesn't fail, only what is new.
   *
   * @default - no baseline
   */
  readonly baselineFile?: string;

  /**
   * The day on which waivers are looked at, as `2030-12-31`. Give it where the same app has to give the same report on any day.
   *
   * @default - the day of the synth, in UTC
   */
  readonly today?: string;
}
