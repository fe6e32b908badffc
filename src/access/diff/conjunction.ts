import { Chosen } from '../../iam/inclusion/policy';
import { covers, overlap } from '../../iam/pattern';
import { AccessStatement } from '../policies/given-statements';

const ANY = { named: ['*'], negated: false };

/** Denials of all that a statement is not about. */
export function allBut({ actions, resources, hasVariables }: AccessStatement): readonly AccessStatement[] {
  const denial = { effect: 'Deny' as const, actions: ANY, resources: ANY, conditions: [], hasVariables };
  return [
    { ...denial, actions: { ...actions, negated: !actions.negated } },
    ...resources ? [{ ...denial, resources: { ...resources, negated: !resources.negated } }] : [],
  ];
}

/** What a statement grants as far as others grant it as well: itself with the conditions of all, and denials of all else. */
export function asFarAs(statement: AccessStatement, others: readonly AccessStatement[]): readonly AccessStatement[] {
  const all = [statement, ...others];
  const undecided = all.find(({ exists }) => exists === 'unknown');
  return [{
    ...statement,
    conditions: all.flatMap(({ conditions }) => conditions),
    hasVariables: all.some(({ hasVariables }) => hasVariables),
    ...undecided ? { exists: 'unknown', origin: undecided.origin } : {},
  }, ...others.flatMap(allBut)];
}

/** What is granted by two at once, as statements of their own, and whether those say all of it. */
export interface InCommon {
  readonly statements: readonly AccessStatement[];
  readonly isWhole: boolean;
}

export function inCommon(some: readonly AccessStatement[], others: readonly AccessStatement[]): InCommon {
  const pairs = some.flatMap(one => others.map(other => together(one, other)));
  return { statements: pairs.flatMap(each => each ?? []), isWhole: !pairs.includes(undefined) };
}

/** One statement for what two grant at once, or none; undefined if it takes more than a statement to say it. */
function together(one: AccessStatement, other: AccessStatement): readonly AccessStatement[] | undefined {
  const actions = meet(inOneCase(one.actions), inOneCase(other.actions));
  const resources = one.resources && other.resources ? meet(one.resources, other.resources) : one.resources ?? other.resources ?? ANY;
  if ([actions, resources].some(each => each && !each.negated && each.named.length === 0)) return [];
  const areUndecided = [one, other].filter(({ exists }) => exists === 'unknown');
  if (!actions || !resources || areUndecided.length > 1 || [one, other].some(isOlderThanVariables)) return undefined;
  return [{
    effect: 'Allow',
    actions,
    resources,
    conditions: [...one.conditions, ...other.conditions],
    hasVariables: one.hasVariables || other.hasVariables,
    origin: one.origin,
    ...areUndecided.length > 0 ? { exists: 'unknown', origin: areUndecided[0].origin } : {},
  }];
}

/** What both choose; undefined if that isn't what some patterns match. */
function meet(one: Chosen<string>, other: Chosen<string>): Chosen<string> | undefined {
  if (isAll(one)) return other;
  if (isAll(other)) return one;
  if (one.negated || other.negated) return undefined;
  const named = new Set<string>();
  for (const left of one.named) {
    for (const right of other.named) {
      if (covers(left, right)) named.add(right);
      else if (covers(right, left)) named.add(left);
      else if (overlap(left, right)) return undefined;
    }
  }
  return { named: [...named], negated: false };
}

function isAll({ named, negated }: Chosen<string>): boolean {
  return !negated && named.includes('*');
}

function inOneCase({ named, negated }: Chosen<string>): Chosen<string> {
  return { named: named.map(each => each.toLowerCase()), negated };
}

/** Whether it has texts that would be variables beside statements that know them. */
function isOlderThanVariables({ hasVariables, resources, conditions }: AccessStatement): boolean {
  return !hasVariables && [...resources?.named ?? [], ...conditions.flatMap(({ values }) => values)].some(text => text.includes('${'));
}
