import { callsByLambda } from './calls-by-code';
import { Change, ChangedServices, changedServices, changesOf, NO_CHANGES } from './changes';
import { executionRole } from './execution-roles';
import { Role } from './role';
import { AppModel } from '../model/app-model';
import { functionsOfSameCode } from '../model/lambda/functions-by-code';
import { Resource } from '../model/resource';
import { all, any, not, Verdict, verdict } from '../model/verdict';

/** A function among those that run the same code, and what of it may be said. */
export interface Sibling {
  readonly fn: Resource;
  /** Unless it has none, or one of several. */
  readonly role?: Role;
  /** All that run the code, itself among them. */
  readonly group: readonly Resource[];
  /** What it may change in services in which none of the others may change anything. */
  readonly alone: readonly (Change & { readonly service: string; readonly isAlone: Verdict })[];
  /** Whether all that its role may do is known. */
  readonly isWhole: Verdict;
}

/** A member of a group, before it is compared. */
interface Member extends Pick<Sibling, 'fn' | 'role'> {
  readonly changed: ChangedServices;
  readonly isWhole: boolean;
}

/** Each function of which at least `size` run the same code. Calls that Lambda makes for a function are those of a trigger, not of the code. */
export function* siblings(app: AppModel, size: number): Generator<Sibling> {
  for (const group of functionsOfSameCode(app, size)) {
    const members = group.map((fn): Member => {
      const role = executionRole(app, fn);
      return { fn, role, changed: role ? changedServices(role) : NO_CHANGES, isWhole: role?.isWhole ?? false };
    });
    const isGroup = group.filter(({ exists }) => exists === 'yes').length >= size ? 'yes' : 'unknown';
    const haveOne = new Set(members.map(({ role }) => role)).size === 1 && members[0].role !== undefined;
    const others = new Tally(members);
    for (const member of members) {
      const { fn, role } = member;
      const alone = others.aloneIn(member).flatMap(service => changesIn(app, member, service, all([isGroup, others.noneIn(service, member)])));
      yield { fn, role, group, alone, isWhole: haveOne || member.isWhole ? 'yes' : 'unknown' };
    }
  }
}

/** What a function may change in a service by calls of its code. */
function changesIn(app: AppModel, { fn, role }: Member, service: string, isAlone: Verdict): Sibling['alone'] {
  if (!role) return [];
  const isForLambda = callsByLambda(app, fn);
  const changes = changesOf(role).byService.get(service).filter(each => !isForLambda(each));
  const change = changes.find(({ isGranted }) => isGranted === 'yes') ?? changes[0];
  return change ? [{ ...change, service, isAlone: all([isAlone, fn.exists, change.isGranted]) }] : [];
}

/** How many members of a group may change something in a service, so that no two of them need be compared. */
class Tally {
  private readonly services = new Map<string, Record<Verdict, number>>();
  private readonly anywhere = none();
  private readonly whole = none();

  constructor(members: readonly Member[]) {
    for (const { changed: { services, anywhere }, isWhole } of members) {
      this.anywhere[anywhere]++;
      this.whole[verdict(isWhole)]++;
      for (const [service, changes] of services) {
        let count = this.services.get(service);
        if (!count) this.services.set(service, count = none());
        count[changes]++;
      }
    }
  }

  /** The services in which a member may change something, and of the others maybe none. */
  public aloneIn({ changed: { services, anywhere } }: Member): readonly string[] {
    if (this.anywhere.yes > Number(anywhere === 'yes')) return NO_SERVICES;
    let found: string[] | undefined;
    for (const [service, changes] of services) {
      if (this.services.get(service)!.yes === Number(changes === 'yes')) (found ??= []).push(service);
    }
    return found ?? NO_SERVICES;
  }

  /** Whether no other member than one may change anything in a service. */
  public noneIn(service: string, { changed: { services, anywhere }, isWhole }: Member): Verdict {
    const among = (count: Record<Verdict, number>, own: Verdict): Verdict =>
      count.yes > Number(own === 'yes') ? 'yes' : count.unknown > Number(own === 'unknown') ? 'unknown' : 'no';
    return not(any([
      among(this.services.get(service)!, services.get(service)!),
      among(this.anywhere, anywhere),
      this.whole.no > Number(!isWhole) ? 'unknown' : 'no',
    ]));
  }
}

const NO_SERVICES: readonly string[] = [];

function none(): Record<Verdict, number> {
  return { yes: 0, no: 0, unknown: 0 };
}
