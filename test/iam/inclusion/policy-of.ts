import { Chosen, Policy, PolicyPrincipal } from '../../../src/iam/inclusion/policy';

type Texts = string | readonly string[];
type Principals = '*' | Readonly<Record<string, Texts>>;

/** A statement as a policy document has it. */
export interface Written {
  Effect?: 'Allow' | 'Deny';
  Action?: Texts;
  NotAction?: Texts;
  Resource?: Texts;
  NotResource?: Texts;
  Principal?: Principals;
  NotPrincipal?: Principals;
  Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}

export const listed = (texts: Texts | undefined): readonly string[] => texts === undefined ? [] : [texts].flat().map(String);

/** What a test writes, as the plain data in question. Without an effect, it allows; without an action, it is about all. */
export function policyOf(...statements: readonly Written[]): Policy {
  return statements.map(({ Effect = 'Allow', Condition = {}, ...written }) => ({
    effect: Effect,
    actions: chosen(written.Action ?? (written.NotAction ? undefined : '*'), written.NotAction)!,
    resources: chosen(written.Resource, written.NotResource),
    principals: principalsOf(written.Principal, false) ?? principalsOf(written.NotPrincipal, true),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: listed(values) }))),
    hasVariables: true,
  }));
}

function chosen(named: Texts | undefined, but: Texts | undefined): Chosen<string> | undefined {
  if (named !== undefined) return { named: listed(named), negated: false };
  return but === undefined ? undefined : { named: listed(but), negated: true };
}

function principalsOf(principals: Principals | undefined, negated: boolean): Chosen<PolicyPrincipal> | undefined {
  if (principals === undefined) return undefined;
  if (principals === '*') return { named: [{ type: '*', id: '*' }], negated };
  return { named: Object.entries(principals).flatMap(([type, ids]) => listed(ids).map(id => ({ type, id }))), negated };
}
