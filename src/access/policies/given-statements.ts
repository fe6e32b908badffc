import { boundsOf, Bounds } from './element';
import { givenConditions } from './given-conditions';
import { GivenStatement } from '../../iam/evaluation/policies';
import { Chosen, PolicyPrincipal } from '../../iam/inclusion/policy';
import { Principal, principalsOf } from '../../iam/principal';
import { Statement } from '../../iam/statement';
import { jsonOf } from '../../model/json-text';
import { Names } from '../names/names';

/** A statement as plain data, and the statement of the model that says so. */
export type AccessStatement = GivenStatement<Statement>;

/** What a statement is about where it names no resource: the one that has it. */
type Implied = readonly string[] | undefined;

/**
 * A statement of the model as plain data: as it surely is, and where deployment decides on a part of it, as much as it may turn out to be
 * besides. What grants is then never taken for less than it may be, and never surely for more than it is.
 */
export function givenStatements(statement: Statement, names: Names, implied?: Implied): readonly AccessStatement[] {
  if (statement.exists === 'no') return [];
  return (['Allow', 'Deny'] as const).flatMap(effect => {
    const isIt = statement.effect.is(effect);
    return isIt === 'no' ? [] : ofEffect(statement, effect, isIt === 'yes' && statement.exists === 'yes', names, implied);
  });
}

function ofEffect(statement: Statement, effect: 'Allow' | 'Deny', isThere: boolean, names: Names, implied: Implied): AccessStatement[] {
  const from = statement.origin.resource;
  const actions = boundsOf(statement.actions.value, from, names);
  const resources = statement.resources.isGiven ? boundsOf(statement.resources.value, from, names) : implied && same(implied);
  const principals = principalBounds(statement, names);
  const { strict, loose, isSure: hasSureConditions } = givenConditions(statement.tests, from, names);
  const read = (which: 'least' | 'most', conditions: AccessStatement['conditions']): AccessStatement => ({
    effect,
    actions: chosen(actions, statement.actions.negated, which),
    ...resources ? { resources: chosen(resources, statement.resources.negated, which) } : {},
    ...principals ? { principals: { named: principals[effectiveBound(which, principals.negated)], negated: principals.negated } } : {},
    conditions,
    hasVariables: hasVariables(statement, [...resources?.most ?? [], ...loose.flatMap(({ values }) => values)]),
    origin: statement,
  });
  const isSure = isThere && hasSureConditions && [actions, resources, principals].every(each => each?.isSure ?? true);
  return [
    ...isThere && strict ? [read('least', strict)] : [],
    ...isSure ? [] : [{ ...read('most', loose), exists: 'unknown' as const }],
  ].filter(isAboutSomething);
}

function chosen(bounds: Bounds, negated: boolean, which: 'least' | 'most'): Chosen<string> {
  return { named: bounds[effectiveBound(which, negated)], negated };
}

/** The more is left out, the less is named. */
function effectiveBound(which: 'least' | 'most', negated: boolean): 'least' | 'most' {
  return negated ? which === 'least' ? 'most' : 'least' : which;
}

function same(texts: readonly string[]): Bounds {
  return { least: texts, most: texts, isSure: true };
}

function isAboutSomething({ actions, resources, principals }: AccessStatement): boolean {
  return [actions, resources, principals].every(each => each === undefined || each.negated || each.named.length > 0);
}

interface PrincipalBounds {
  readonly least: readonly PolicyPrincipal[];
  readonly most: readonly PolicyPrincipal[];
  readonly isSure: boolean;
  readonly negated: boolean;
}

function principalBounds(statement: Statement, names: Names): PrincipalBounds | undefined {
  const { principals, negated } = statement.named;
  if (principals.kind === 'absent') return undefined;
  const isChosen = principals.branches.length > 1;
  const all = principals.branches.flatMap(principalsOf).map(principal => boundsOfPrincipal(principal, statement, names));
  return {
    least: isChosen ? [] : all.flatMap(({ least }) => least),
    most: all.flatMap(({ most }) => most),
    isSure: !isChosen && all.every(({ isSure }) => isSure),
    negated,
  };
}

function boundsOfPrincipal({ type, value }: Principal, { origin }: Statement, names: Names): Omit<PrincipalBounds, 'negated'> {
  const { least, most, isSure } = boundsOf(value, origin.resource, names);
  const principal = (id: string): PolicyPrincipal => {
    if (id === '*') return { type: type === 'Service' ? type : '*', id };
    // An account has two names.
    if ((type === '*' || type === 'AWS') && names.environments.isAccount(id)) return { type: 'AWS', id: `arn:aws:iam::${id}:root` };
    return { type: type === '*' ? 'AWS' : type, id };
  };
  return { least: least.map(principal), most: most.map(principal), isSure };
}

/** Whether `\${...}` in its texts means policy variables, which came with the second version of the language. */
function hasVariables({ origin: { resource, property } }: Statement, texts: readonly string[]): boolean {
  if (!texts.some(text => text.includes('${'))) return false;
  const [document] = property.split(/\.?Statement/);
  return jsonOf(document === '' ? resource.properties : resource.get(document), resource).get('Version').is('2012-10-17') !== 'no';
}
