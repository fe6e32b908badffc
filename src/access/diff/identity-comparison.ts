import { CommonNames } from './common-names';
import { effective, once, standings } from './effective';
import { Rights, RightsWidening, widenedRights } from './rights';
import { Standing } from './standing';
import { Version } from './version';
import { Requester } from '../../iam/evaluation/request';
import { Resource } from '../../model/resource';
import { AccessStatement } from '../policies/given-statements';
import { Identity } from '../principals/identity';

/** Of a statement about many resources, no more are looked at one by one. */
const MOST_RESOURCES = 8;

/** What an identity is allowed by its policies that it was not allowed by policies of either side. */
export class IdentityComparison {
  private readonly requester: Requester;
  private readonly rights: Rights;
  private readonly former: Rights;

  constructor(private readonly common: CommonNames, private readonly now: Version, private readonly was: Version,
    private readonly after: Identity, private readonly before: Identity | undefined) {
    this.requester = now.requesterOf(after);
    this.rights = now.rightsOf(after);
    this.former = was.rightsOf(before);
  }

  public get widened(): readonly RightsWidening[] {
    return widenedRights(this.requester, this.rights, this.former).flatMap(each => this.withResources(each));
  }

  /** With the say of the policies of resources: of the one that a statement is about, or else of those on which it seems to give more. */
  private withResources(widening: RightsWidening): readonly RightsWidening[] {
    const [named, ...others] = widening.statement.resources?.negated === false ? widening.statement.resources.named : [];
    const only = named !== undefined && others.length === 0 ? this.common.ownerOf(named) : undefined;
    if (only) return effective(widening, this.towards(only), 'identity');
    const apart = new Set<Resource>();
    const found: RightsWidening[] = [];
    for (let left: RightsWidening | undefined = widening; left; left = this.beside([...apart], widening)) {
      const resource = this.withSay(left).find(each => !apart.has(each));
      if (!resource) return joined([...found, left]);
      if (apart.size === MOST_RESOURCES) return joined([...found, { ...left, isSure: false }]);
      apart.add(resource);
      found.push(...effective(widening, this.towards(resource), 'identity'));
    }
    return joined(found);
  }

  /** The resources on which requests show a widening, and whose policies may make a difference. */
  private withSay({ excess }: RightsWidening): readonly Resource[] {
    return excess.flatMap(({ request }) => this.common.ownerOf(request.resource) ?? []).filter(resource => {
      const { now, was } = this.towards(resource);
      return !now.isSilent || !was.isSilent;
    });
  }

  /** What a statement gives more, some resources left aside. */
  private beside(apart: readonly Resource[], { statement, byBoundary }: RightsWidening): RightsWidening | undefined {
    const { statements, boundary } = this.rights;
    const named = apart.flatMap(each => this.common.patternsOf(each));
    const aside: AccessStatement = { effect: 'Deny', actions: ANY, resources: { named, negated: false }, conditions: [], hasVariables: false };
    const rights = { statements: [statement, ...statements.filter(({ effect }) => effect === 'Deny'), aside], ...boundary ? { boundary } : {} };
    return widenedRights(this.requester, rights, this.former).map(each => ({ ...each, statement })).find(each => each.byBoundary === byBoundary);
  }

  private towards(resource: Resource): { readonly now: Standing; readonly was: Standing } {
    return standings(this.now, this.was, resource, this.common.patternsOf(resource), this.after, this.before);
  }
}

const ANY = { named: ['*'], negated: false };

/** One widening of what a statement gives on some resources and beside them; what is sure of it, if anything is. */
function joined(found: readonly RightsWidening[]): readonly RightsWidening[] {
  const sure = found.filter(({ isSure }) => isSure);
  const told = sure.length > 0 ? sure : found;
  return told.length < 2 ? told : [{ ...told[0], excess: once(told.flatMap(({ excess }) => excess)) }];
}
