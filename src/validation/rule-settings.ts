import { Severity } from '../rules/severity';

/** What a user wants of one rule. */
export interface RuleSettings {
  /**
   * How severe its findings are.
   *
   * @default - as the rule's page says
   */
  readonly severity?: Severity;

  /**
   * Values of the rule's options, by name: `{ factor: 2 }`. Its page lists them, with their units and what is allowed.
   *
   * @default - each option as the rule's page says
   */
  readonly options?: { [name: string]: any };

  /**
   * Whether the rule doesn't run at all.
   *
   * @default false
   */
  readonly off?: boolean;
}
