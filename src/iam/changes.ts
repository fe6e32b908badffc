import { actionsMatching, AwsAction, awsAction } from './data/actions';
import { isEverything } from './resource-pattern';
import { Role } from './role';
import { Statement } from './statement';
import { Multimap } from '../model/multimap';
import { all, any, not, Verdict } from '../model/verdict';

/** Something that a role may change in a service. */
export interface Change {
  /** As the statement names it: `s3:PutObject`, `s3:*`. */
  readonly action: string;
  readonly statement: Statement;
  readonly isGranted: Verdict;
}

/** What a role may change. */
export interface Changes {
  readonly byService: Multimap<string, Change>;
  /** Whether it may change something in all other services as well. */
  readonly anywhere: Verdict;
}

/** In which services a role may change something, and how surely. */
export interface ChangedServices {
  readonly services: ReadonlyMap<string, Verdict>;
  /** Whether it may change something in all other services as well. */
  readonly anywhere: Verdict;
}

/** An action of a statement that changes something: of one service, or of any. */
interface ChangingAction {
  readonly action: string;
  readonly service?: string;
  readonly changes: Verdict;
}

/**
 * What a role may do at the levels of writing, tagging and permissions management. What functions do anyway doesn't count: they write logs and
 * traces, have network interfaces, and use keys for what is encrypted with them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
export function changesOf(role: Role): Changes {
  const byService = new Multimap<string, Change>();
  const denials = role.statements.filter(statement => statement.denies !== 'no');
  let anywhere: Verdict = 'no';
  for (const statement of role.statements) {
    if (statement.allows === 'no') continue;
    for (const { action, service, changes } of changingActions(statement)) {
      const isGranted = all([statement.allows, changes, ...denials.map(denial => not(denies(denial, action))), isWithin(role, action)]);
      if (service === undefined) anywhere = any([anywhere, isGranted]);
      else if (isGranted !== 'no') byService.add(service, { action, statement, isGranted });
    }
  }
  return { byService, anywhere };
}

/** The same, of which only the services are of interest: what most roles may do is soon known, as most name the same actions. */
export function changedServices(role: Role): ChangedServices {
  if (role.boundary !== undefined) return summary(changesOf(role));
  let changed = NO_CHANGES;
  for (const statement of role.statements) {
    const { negated, texts } = statement.actions;
    if (statement.allows !== 'yes' || negated || !texts) return summary(changesOf(role));
    // Found once for all roles whose statements name the same up to here.
    const before = changed;
    changed = texts.once(before, named => extended(before, named));
    if (changed === ANYTHING) return summary(changesOf(role));
  }
  return changed;
}

export const NO_CHANGES: ChangedServices = { services: new Map(), anywhere: 'no' };
const ANYTHING: ChangedServices = { services: new Map(), anywhere: 'unknown' };

/** With what some actions change; `ANYTHING` where that isn't one service after the other. */
function extended({ services }: ChangedServices, named: readonly string[]): ChangedServices {
  const found = new Map(services);
  for (const { service, changes } of changesNamed(named)) {
    if (service === undefined) return ANYTHING;
    if (changes === 'yes' || !found.has(service)) found.set(service, changes);
  }
  return { services: found, anywhere: 'no' };
}

function summary({ byService, anywhere }: Changes): ChangedServices {
  const services = [...byService.keys()].map(service => [service, any(byService.get(service).map(({ isGranted }) => isGranted))] as const);
  return { services: new Map(services), anywhere };
}

function changingActions(statement: Statement): readonly ChangingAction[] {
  const { negated, texts, each } = statement.actions;
  if (negated) return ANY;
  if (texts) return texts.once(changingActions, changesNamed);
  return each.flatMap(({ text }) => text === undefined ? ANY
    : changing(text).map(known => ({ ...known, changes: all([known.changes, statement.concerns(text)]) })));
}

function changesNamed(actions: readonly string[]): readonly ChangingAction[] {
  return actions.flatMap(changing);
}

const ANY: readonly ChangingAction[] = [{ action: '*', changes: 'unknown' }];

function changing(action: string): readonly ChangingAction[] {
  const [service, name] = action.toLowerCase().split(':');
  if (/^[*]+$/.test(action)) return [{ action, changes: 'yes' }];
  if (name === undefined) return [];
  if (/[*?]/.test(service)) return [{ action, changes: 'unknown' }];
  if (/[*?]/.test(name)) return actionsMatching(action).some(isChange) ? [{ action, service, changes: 'yes' }] : [];
  const known = awsAction(action);
  if (known) return isChange(known) ? [{ action, service, changes: 'yes' }] : [];
  return ANYWAY.test(action) ? [] : [{ action, service, changes: 'unknown' }];
}

function isChange({ name, level }: AwsAction): boolean {
  return level !== 'List' && level !== 'Read' && !ANYWAY.test(name);
}

const ANYWAY = /^(?:logs|xray):|^ec2:.*(?:NetworkInterface|PrivateIpAddresses|Ipv6Addresses)|^kms:(?:Decrypt|Encrypt|GenerateDataKey|ReEncrypt)/i;

/** Whether a statement denies an action wherever it is used; unknown if it does for some resources or requests. */
function denies(denial: Statement, action: string): Verdict {
  const everywhere = all([denial.covers(isEverything), not(denial.isConditional)]);
  return all([denial.denies, denial.concerns(action), everywhere === 'yes' ? 'yes' : 'unknown']);
}

/** Whether the boundary of a role lets it use an action. */
function isWithin({ boundary }: Role, action: string): Verdict {
  if (boundary === undefined) return 'yes';
  if (boundary === 'unknown') return 'unknown';
  const [service] = action.toLowerCase().split(':');
  const about = boundary.statements.filter(statement => statement.allows !== 'no' && (action === '*' || statement.mayConcern(service)));
  if (about.length === 0) return 'no';
  return any(about.map(statement => all([statement.allows, statement.concerns(action)]))) === 'yes' ? 'yes' : 'unknown';
}
