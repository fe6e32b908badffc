/** How much is reported, and what of it fails, unless it is said otherwise. */
export enum Profile {
  /** Findings of severity high and worse fail. What only deployment can decide is left out. */
  RECOMMENDED = 'recommended',

  /** Findings of severity low and worse fail. What only deployment can decide is reported as well, and doesn't fail. */
  STRICT = 'strict',

  /** As much is reported as by `RECOMMENDED`, and nothing fails. */
  ADVICE = 'advice',
}

/** The least severity of a finding that fails. */
export enum FailOn {
  /** Only what anybody can use as it is deployed. */
  CRITICAL = 'critical',

  /** High and critical findings. */
  HIGH = 'high',

  /** Medium findings and worse. */
  MEDIUM = 'medium',

  /** Low findings and worse. */
  LOW = 'low',

  /** Each finding. */
  INFORMATIONAL = 'informational',

  /** Nothing fails. */
  NEVER = 'never',
}
