import { AccessChange, ChangeKind, DescribedPlace, DescribedRequest } from './access-change';
import { Versions } from './versions';
import { Excess, Widening, writtenActions } from './widening';
import { AccessRequest } from '../../iam/inclusion/policy';
import { matches } from '../../iam/pattern';
import { Statement } from '../../iam/statement';
import { Resource } from '../../model/resource';
import { DescribedPrincipal } from '../descriptions/described-principal';
import { AccessStatement } from '../policies/given-statements';

/** Statements of which some are wider than others were, and what there is to say of all of them. */
export interface Widened {
  readonly principal: DescribedPrincipal;
  readonly before: readonly AccessStatement[];
  /** What is new about it; left out where the requests tell. */
  readonly kind?: ChangeKind;
  /** What the statements are about, if it is the resource that has them. */
  readonly resource?: Resource;
}

/** What a widening comes to: a change for each thing that is new about it. */
export function describeWidening({ common }: Versions, widening: Widening, { principal, before, kind, resource }: Widened): readonly AccessChange[] {
  const { statement, isSure } = widening;
  const resources = resource ? [String(resource)] : resourcesOf(statement).map(each => common.shown(each));
  const named = (request: AccessRequest) => statement.resources ? request : { ...request, resource: resources[0] };
  const of = ([first, ...more]: readonly Excess[]): AccessChange => ({
    kind: kind ?? kindOf(first?.request, before),
    isSure,
    principals: [principal],
    actions: first ? [...new Set([first, ...more].flatMap(({ actions }) => actions))].sort() : [writtenActions(statement)],
    resources,
    ...first ? { example: describeRequest(named(first.request), text => common.shown(text)) } : {},
    now: statement.origin ? [placeOf(statement.origin)] : [],
    before: placesBefore(first?.request, before),
  });
  if (widening.excess.length === 0) return [of([])];
  const byKind = new Map<string, Excess[]>();
  for (const each of widening.excess) {
    const key = kind ?? kindOf(each.request, before);
    byKind.set(key, [...byKind.get(key) ?? [], each]);
  }
  return [...byKind.values()].map(of);
}

export function placeOf(statement: Statement): DescribedPlace {
  return describePlace(statement.origin.resource, statement.at('Action') || undefined, String(statement));
}

export function describePlace(resource: Resource, property: string | undefined, text: string): DescribedPlace {
  const source = resource.sourcePlace(property);
  return { constructPath: String(resource), ...property === undefined ? {} : { property }, text, ...source ? { source } : {} };
}

/** What is new about a request, seen from the statements that did not allow it. */
function kindOf(request: AccessRequest | undefined, before: readonly AccessStatement[]): ChangeKind {
  const about = before.filter(each => each.effect === 'Allow' && isAboutAction(each, request));
  if (about.length === 0) return 'action';
  return request && about.some(each => isAboutResource(each, request)) ? 'condition' : 'resource';
}

/** Those of the statements that were about the action, the closest first, and no more than people want to read. */
function placesBefore(request: AccessRequest | undefined, before: readonly AccessStatement[]): readonly DescribedPlace[] {
  const about = before.filter(each => isAboutAction(each, request));
  const close = request ? about.filter(each => isAboutResource(each, request)) : [];
  return [...new Set([...close, ...about].flatMap(({ origin }) => origin ?? []))].slice(0, 3).map(placeOf);
}

function isAboutAction({ actions: { named, negated } }: AccessStatement, request: AccessRequest | undefined): boolean {
  if (!request) return false;
  const action = request.action.toLowerCase();
  return named.some(each => matches(each.toLowerCase(), action)) !== negated;
}

function isAboutResource({ resources }: AccessStatement, { resource }: AccessRequest): boolean {
  return !resources || resources.named.some(each => matches(each, resource)) !== resources.negated;
}

function resourcesOf({ resources }: AccessStatement): readonly string[] {
  if (!resources) return ['*'];
  return resources.negated ? [`all but ${resources.named.join(', ')}`] : resources.named;
}

function describeRequest({ action, resource, context }: AccessRequest, shown: (text: string) => string): DescribedRequest {
  const keys = Object.entries(context).sort(([one], [other]) => one < other ? -1 : 1);
  return { action, resource: shown(resource), context: keys.map(([key, value]) => `${key} = ${[value].flat().map(shown).join(', ')}`) };
}
