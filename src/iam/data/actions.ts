import { Table } from './table';
import { matches } from '../pattern';

/** An action that AWS has. */
export interface AwsAction {
  /** `sqs:SendMessage` */
  readonly name: string;
  readonly level: AccessLevel;
  /** What it can be about; nothing if it takes `*` only. */
  readonly resources: readonly ResourceType[];
  /** The keys of the service, and the global ones beside those that all requests have, that a condition on it can ask for. */
  readonly keys: readonly ConditionKey[];
  /** Whether it passes a role to a service, for which somebody needs `iam:PassRole`. */
  readonly passesRole: boolean;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

export interface ResourceType {
  /** `function alias` */
  readonly name: string;
  /** As the reference has it: `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly format: string;
  /** The same with `*` for each variable. */
  readonly pattern: string;
}

export interface ConditionKey {
  /** As the reference has it: `lambda:FunctionArn`, `aws:RequestTag/${TagKey}` */
  readonly name: string;
  /** `String`, `ARN`, `Bool`, `ArrayOfString`, ... */
  readonly type: string;
}

/** Of a service: types of resources, condition keys, and actions, which name both by number. */
type ServiceEntry = readonly [
  types: readonly (readonly [name: string, formats: string])[],
  keys: readonly (readonly [name: string, type: string])[],
  actions: readonly (readonly [name: string, level: string, types: readonly number[], keys: readonly number[], passesRole?: 1])[],
];

const table = new Table<ServiceEntry>('actions');
const services = new Map<string, ReadonlyMap<string, AwsAction>>();

/**
 * The day of the reference that is asked here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function actionsDate(): string {
  return table.date;
}

/** The prefixes of all services: `s3`, `execute-api`. */
export function servicePrefixes(): readonly string[] {
  return table.names;
}

/** All actions of a service; none of one that isn't known. */
export function actionsOf(service: string): readonly AwsAction[] {
  return [...actionsByName(service).values()];
}

/** An action by its name, in whatever case; undefined if AWS has none of that name. */
export function awsAction(name: string): AwsAction | undefined {
  const [service, action] = name.toLowerCase().split(':');
  return action === undefined ? undefined : actionsByName(service).get(action);
}

/** All actions that a pattern matches, as it stands in the element `Action`. */
export function actionsMatching(pattern: string): readonly AwsAction[] {
  const wanted = pattern.toLowerCase();
  const colon = wanted.indexOf(':');
  if (colon < 0) return /^[*]+$/.test(wanted) ? servicePrefixes().flatMap(actionsOf) : [];
  const prefix = wanted.slice(0, colon);
  const concerned = /[*?]/.test(prefix) ? servicePrefixes().filter(each => matches(prefix, each)) : [prefix];
  const name = wanted.slice(colon + 1);
  return concerned.flatMap(service => [...actionsByName(service)].filter(([action]) => matches(name, action)).map(([, action]) => action));
}

const LEVELS: Readonly<Record<string, AccessLevel>> = { L: 'List', R: 'Read', W: 'Write', P: 'Permissions management', T: 'Tagging' };

function actionsByName(service: string): ReadonlyMap<string, AwsAction> {
  const prefix = service.toLowerCase();
  const known = services.get(prefix);
  if (known) return known;
  const [types, keys, actions] = table.entry(prefix) ?? [[], [], []];
  // Some types have ARNs of several formats.
  const resources = types.map(([name, formats]) => formats.split(/,\s*/).map((format): ResourceType =>
    ({ name, format, pattern: format.replace(/\$\{[^}]*\}/g, '*') })));
  const conditionKeys = keys.map(([name, type]): ConditionKey => ({ name, type }));
  const byName = new Map(actions.map(([name, level, ofTypes, ofKeys, passesRole]) => [name.toLowerCase(), {
    name: `${prefix}:${name}`,
    level: LEVELS[level],
    resources: ofTypes.flatMap(at => resources[at]),
    keys: ofKeys.map(at => conditionKeys[at]),
    passesRole: passesRole === 1,
  }]));
  if (byName.size > 0) services.set(prefix, byName);
  return byName;
}
