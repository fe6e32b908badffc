/** What each language shows by one test of this name, and how the table of `docs/languages.md` calls it. */
export const FEATURES: Readonly<Record<string, string>> = {
  'secure function': '`SecureFunction` with every default',
  'egress': '`Egress`, `AwsService`',
  'concurrency': '`Concurrency`, alias of what is provisioned',
  'alarms': '`Alarms`',
  'failures': '`Failures`',
  'logging': '`Logging`',
  'secrets': '`secrets`',
  'weakened': '`Weakened`',
  'defaults': '`SecureDefaults`',
  'network': '`SecureNetwork` for several stacks',
  'fleet alarms': '`FleetAlarms`',
  'concurrency budget': '`ConcurrencyBudget`',
  'blueprint': '`SecureFunctionBlueprint`',
  'mixins': 'mixins, on a function and on a stack',
  'validator': '`ServerlessValidator` fails the synth',
  'rule settings': 'severity, options and `off` of rules; reports',
  'waiver': '`Waiver`',
  'checks': '`ServerlessChecks` as an Aspect',
  'nag pack': '`ServerlessNagPack`',
  'access': '`AccessAssertions`',
  'access diff': '`AccessDiff`',
  'clear errors': 'all faults of a function in one error',
};

/** The test that does something to the examples of README and docstrings, in languages into which they are translated. */
export const EXAMPLES = 'examples';
