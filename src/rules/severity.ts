/**
 * How much harm a finding can do if it is left alone. The labels are those of AWS Security Hub.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Severity
 */
export enum Severity {
  /** Anybody can use it as it is deployed. */
  CRITICAL = 'critical',

  /** One further mistake, or one leaked name, and it can be used. */
  HIGH = 'high',

  /** A boundary that limits the harm of another fault is missing. */
  MEDIUM = 'medium',

  /** Good practice whose absence hurts when something else has gone wrong. */
  LOW = 'low',

  /** Worth knowing, nothing to repair. */
  INFORMATIONAL = 'informational',
}
