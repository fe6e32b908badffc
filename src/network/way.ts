import { Resource } from '../model/resource';
import { any, agreed, all, Verdict } from '../model/verdict';

/** One thing that connections meet: a rule of a group, a route, a gateway. */
export interface Step {
  readonly resource: Resource;
  readonly property?: string;
  readonly text: string;
}

/** Whether connections get through, and what lets or keeps them. */
export interface Way {
  readonly open: Verdict;
  readonly steps: readonly Step[];
  /** A firewall on the way that lets through only what its rules name. The way isn't open then, yet it leads somewhere. */
  readonly filteredBy?: Resource;
}

export function way(open: Verdict, ...steps: readonly Step[]): Way {
  return { open, steps };
}

/** The ways of which connections may take any: the first that is open, else the first that may be. */
export function eitherWay(ways: readonly Way[]): Way {
  const open = any(ways.map(each => each.open));
  const best = ways.find(each => each.open === open);
  const filteredBy = ways.find(each => each.filteredBy)?.filteredBy;
  return { open, steps: best?.steps ?? [], ...filteredBy ? { filteredBy } : {} };
}

/** What connections must pass one after the other: open if all are, else what keeps them. */
export function throughAll(ways: readonly Way[]): Way {
  const open = all(ways.map(each => each.open));
  const kept = open === 'no' ? ways.filter(each => each.open === 'no') : ways;
  // A firewall matters only where it is all that keeps connections.
  const filteredBy = kept.every(each => each.open !== 'no' || each.filteredBy) ? kept.find(each => each.filteredBy)?.filteredBy : undefined;
  return { open, steps: kept.flatMap(each => each.steps), ...filteredBy ? { filteredBy } : {} };
}

/** Ways of which a condition of the template picks one. */
export function whicheverWay(ways: readonly Way[]): Way {
  if (ways.length === 1) return ways[0];
  const open = agreed(ways.map(each => each.open));
  return { open, steps: ways.find(each => each.open !== 'no')?.steps ?? ways[0]?.steps ?? [] };
}
