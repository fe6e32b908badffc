import { Deciding, Decision, Layer } from './decision';
import { Formula } from './formula';
import { Grants, IdentityCounts, isGranted } from './grants';
import { LayerMatch } from './layer-match';
import { ApplicablePolicies, GivenPolicy } from './policies';
import { kindOf } from './principal-match';
import { EvaluatedRequest } from './request';

/**
 * What becomes of a request.
 *
 * Yes and no are sure, whatever the keys of the request are of which nothing is known, and whatever depends on deployment. If it
 * depends, the answer is unknown, and the conditions say when the request is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide<O>(request: EvaluatedRequest, policies: ApplicablePolicies<O>): Decision<O> {
  return new Evaluation(request, policies).decision;
}

class Evaluation<O> {
  private readonly limits: readonly LayerMatch<O>[];
  private readonly granting: ReadonlyMap<Layer, LayerMatch<O>>;

  constructor(private readonly request: EvaluatedRequest, policies: ApplicablePolicies<O>) {
    const { identity, boundary, session, resource, scps = [], rcps = [], vpcEndpoint } = policies;
    const layer = (name: Layer, several: readonly GivenPolicy<O>[]) => new LayerMatch(name, several, request);
    this.limits = [
      ...isLimitedByOrganization(request) ? rcps.map(level => layer('resource control policy', level)) : [],
      ...isLimitedByOrganization(request) && hasAccount(request) ? scps.map(level => layer('service control policy', level)) : [],
      ...vpcEndpoint ? [layer('VPC endpoint policy', [vpcEndpoint])] : [],
    ];
    this.granting = new Map([
      ['resource policy', resource ? [resource] : []], ['identity policy', identity],
      ...boundary ? [['permissions boundary', [boundary]] as const] : [], ...session ? [['session policy', [session]] as const] : [],
    ].map(([name, several]) => [name as Layer, layer(name as Layer, several as readonly GivenPolicy<O>[])]));
  }

  public get decision(): Decision<O> {
    const denied = Formula.any(this.layers.map(({ denies }) => denies));
    const allowed = Formula.all([denied.not(), ...this.limits.map(limit => limit.allows()), this.granted()]);
    const answer = ({ yes: 'allowed', no: 'denied', unknown: 'unknown' } as const)[allowed.verdict];
    const conditions = answer === 'unknown' ? allowed.trueIf : [];
    return { answer, deciding: this.deciding(answer, denied), conditions };
  }

  private get layers(): readonly LayerMatch<O>[] {
    return [...this.limits, ...this.granting.values()];
  }

  /** Whether the grants suffice; as if a layer allowed everything, if one is given. */
  private granted(beside?: Layer): Formula {
    const allows = (layer: Layer) => layer === beside || !this.granting.has(layer) ? Formula.TRUE : this.granting.get(layer)!.allows();
    const grants: Grants = {
      identity: allows('identity policy'),
      boundary: allows('permissions boundary'),
      session: allows('session policy'),
      resource: (...by) => beside === 'resource policy' ? Formula.TRUE : this.granting.get('resource policy')!.allows(...by),
    };
    return isGranted(this.request, grants, identityCounts(this.request.action));
  }

  private deciding(answer: Decision['answer'], denied: Formula): readonly Deciding<O>[] {
    const denying = this.statements('denies', ({ denying: all }) => all);
    if (answer === 'denied' && denied === Formula.TRUE) return denying.filter(({ isSure }) => isSure);
    const allowing = answer === 'denied' ? [] : this.statements('allows', ({ allowing: all }) => all);
    return [...denying, ...allowing, ...answer === 'allowed' ? [] : this.missing];
  }

  private statements(does: 'allows' | 'denies', of: (layer: LayerMatch<O>) => LayerMatch<O>['allowing']): readonly Deciding<O>[] {
    return this.layers.flatMap(match => of(match).map(({ statement, applies }) =>
      ({ layer: match.layer, does, statement, isSure: applies === Formula.TRUE })));
  }

  /** The layers that allow the request under no circumstances, and would have to. */
  private get missing(): readonly Deciding<O>[] {
    const limiting = this.limits.filter(limit => limit.allows() === Formula.FALSE).map(({ layer }) => layer);
    const silent = this.granted() === Formula.FALSE
      ? [...this.granting].filter(([, match]) => match.allows() === Formula.FALSE).map(([layer]) => layer) : [];
    const decisive = silent.filter(layer => this.granted(layer) !== Formula.FALSE);
    return [...new Set([...limiting, ...decisive.length > 0 ? decisive : silent])].map(layer => ({ layer, does: 'misses', isSure: true }));
  }
}

/** Roles that are linked to services are not. */
function isLimitedByOrganization({ principal }: EvaluatedRequest): boolean {
  return ![principal.id, principal.role].some(arn => arn?.includes(':role/aws-service-role/'));
}

/** Services and those who don't say who they are belong to none. */
function hasAccount({ principal }: EvaluatedRequest): boolean {
  return !['service', 'anybody', 'other'].includes(kindOf(principal));
}

/** Keys and roles are no one's but whom their own policies name. */
function identityCounts(action: string): IdentityCounts {
  return /^(?:kms:|sts:AssumeRole$)/i.test(action) ? 'if the account is named' : 'always';
}
