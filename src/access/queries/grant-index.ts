import { AppModel, view } from '../../model/app-model';
import { AccessStatement } from '../policies/given-statements';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** The identities of an app by what they are granted, so that a question about one resource looks at few of them. */
export const grantIndex = view(app => new GrantIndex(app));

export class GrantIndex {
  /** By service, and within it by what the ARNs begin with that a statement is about. */
  private readonly byService = new Map<string, Map<string, Set<Identity>>>();
  private readonly lengths = new Map<string, Set<number>>();
  /** Those of which not everything is known that they may do. */
  private readonly open: Identity[] = [];

  constructor(app: AppModel) {
    for (const identity of identities(app).all) {
      if (!identity.isWhole) this.open.push(identity);
      for (const statement of identity.policies.identity.flat()) {
        if (statement.effect !== 'Allow' || statement.origin === undefined) continue;
        for (const service of servicesOf(statement)) for (const prefix of prefixesOf(statement)) this.add(service, prefix, identity);
      }
    }
  }

  /** The identities that may be granted an action on what an ARN, or a pattern of ARNs, names. */
  public grantees(action: string, patterns: readonly string[]): ReadonlySet<Identity> {
    const found = new Set<Identity>(this.open);
    for (const service of [EVERY, action.split(':')[0].toLowerCase()]) {
      for (const pattern of patterns) this.collect(service, pattern, found);
    }
    return found;
  }

  private collect(service: string, pattern: string, found: Set<Identity>): void {
    const fixed = fixedPart(pattern);
    const granted = this.byService.get(service);
    if (!granted) return;
    for (const length of this.lengths.get(service)!) {
      if (length <= fixed.length) granted.get(fixed.slice(0, length))?.forEach(each => found.add(each));
    }
    // Of a pattern, those are asked for as well that are granted a part of it.
    if (fixed.length < pattern.length) {
      for (const [prefix, all] of granted) if (prefix.length > fixed.length && prefix.startsWith(fixed)) all.forEach(each => found.add(each));
    }
  }

  private add(service: string, prefix: string, identity: Identity): void {
    const granted = this.byService.get(service) ?? new Map<string, Set<Identity>>();
    this.byService.set(service, granted);
    const others = granted.get(prefix);
    if (others) others.add(identity);
    else granted.set(prefix, new Set([identity]));
    const lengths = this.lengths.get(service) ?? new Set();
    this.lengths.set(service, lengths.add(prefix.length));
  }
}

const EVERY = '*';

/** The services whose actions a statement may allow. */
function servicesOf({ actions }: AccessStatement): ReadonlySet<string> {
  return new Set(actions.negated ? [EVERY] : actions.named.map(action => {
    const [service] = action.split(':');
    return action.includes(':') && !/[*?]/.test(service) ? service.toLowerCase() : EVERY;
  }));
}

function prefixesOf({ resources }: AccessStatement): readonly string[] {
  return !resources || resources.negated ? [''] : resources.named.map(fixedPart);
}

/** What each text begins with that a pattern matches, in which variables may stand for anything. */
function fixedPart(pattern: string): string {
  const end = pattern.search(/[*?$]/);
  return end < 0 ? pattern : pattern.slice(0, end);
}
