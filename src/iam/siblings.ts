import { callsByLambda } from './calls-by-code';
import { Change, Changes, changesOf } from './changes';
import { executionRole } from './execution-roles';
import { Role } from './role';
import { AppModel } from '../model/app-model';
import { functionsOfSameCode } from '../model/lambda/functions-by-code';
import { Multimap } from '../model/multimap';
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
  readonly changes: Changes;
}

const NOTHING: Changes = { byService: new Multimap(), anywhere: 'no' };

/** Each function of which at least `size` run the same code. Calls that Lambda makes for a function are those of a trigger, not of the code. */
export function* siblings(app: AppModel, size: number): Generator<Sibling> {
  const known = new Map<Role, Changes>();
  for (const group of functionsOfSameCode(app, size)) {
    const members = group.map((fn): Member => {
      const role = executionRole(app, fn);
      const changes = role ? known.get(role) ?? changesOf(role) : NOTHING;
      if (role) known.set(role, changes);
      return { fn, role, changes };
    });
    const isGroup = group.filter(({ exists }) => exists === 'yes').length >= size ? 'yes' : 'unknown';
    const haveOne = new Set(members.map(({ role }) => role)).size === 1 && members[0].role !== undefined;
    const others = tally(members);
    for (const { fn, role, changes } of members) {
      const isForLambda = callsByLambda(app, fn);
      const alone = [...changes.byService.keys()].flatMap(service => {
        const change = surest(changes.byService.get(service).filter(each => !isForLambda(each)));
        const isAlone = change ? all([isGroup, fn.exists, change.isGranted, not(others(service, changes, role))]) : 'no';
        return change && isAlone !== 'no' ? [{ ...change, service, isAlone }] : [];
      });
      yield { fn, role, group, alone, isWhole: haveOne || role?.isWhole ? 'yes' : 'unknown' };
    }
  }
}

function surest(changes: readonly Change[]): Change | undefined {
  return changes.find(({ isGranted }) => isGranted === 'yes') ?? changes[0];
}

/** Tells whether another member than one with certain changes may change something in a service: by how many do, so that no two are compared. */
function tally(members: readonly Member[]): (service: string, own: Changes, role: Role | undefined) => Verdict {
  const counts = new Map<string, number>();
  const count = (key: string, answer: Verdict) => counts.set(`${key} ${answer}`, (counts.get(`${key} ${answer}`) ?? 0) + 1);
  for (const { role, changes } of members) {
    for (const service of changes.byService.keys()) count(service, mayChange(changes, service));
    count('*', changes.anywhere);
    count('whole', verdict(role?.isWhole ?? false));
  }
  const others = (key: string, answer: Verdict, own: Verdict) => (counts.get(`${key} ${answer}`) ?? 0) > (own === answer ? 1 : 0);
  const among = (key: string, own: Verdict): Verdict => others(key, 'yes', own) ? 'yes' : others(key, 'unknown', own) ? 'unknown' : 'no';
  return (service, own, role) => any([
    among(service, mayChange(own, service)),
    among('*', own.anywhere),
    others('whole', 'no', verdict(role?.isWhole ?? false)) ? 'unknown' : 'no',
  ]);
}

function mayChange({ byService }: Changes, service: string): Verdict {
  return any(byService.get(service).map(({ isGranted }) => isGranted));
}
