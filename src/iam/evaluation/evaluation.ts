import { Deciding, Layer } from './decision';
import { Formula } from './formula';
import { isGranted } from './grants';
import { withImpliedKeys } from './implied-keys';
import { LayerMatch } from './layer-match';
import { ApplicablePolicies, GivenPolicy } from './policies';
import { EvaluatedRequest } from './request';
import { isInOrganization, isLinkedToService } from './requester';
import { supportsRcps } from './services/rcp-services';
import { ServiceRules, rulesOf } from './services/service-rules';

/** One request, held against all policies that have a say in it. */
export class Evaluation<O> {
  /** When the request is allowed. */
  public readonly allowed: Formula;
  private readonly request: EvaluatedRequest;
  private readonly rules: ServiceRules;
  /** What must allow the request, and grants nothing. */
  private readonly limits: readonly LayerMatch<O>[];
  private readonly granting: ReadonlyMap<Layer, LayerMatch<O>>;
  /** What can only deny. */
  private readonly rcps: LayerMatch<O>;

  constructor(request: EvaluatedRequest, private readonly policies: ApplicablePolicies<O>) {
    this.request = withImpliedKeys(request);
    this.rules = rulesOf(request);
    const { identity, boundary, session, resource, scps = [], rcps = [], vpcEndpoint } = policies;
    const isFree = isLinkedToService(request.principal);
    this.rcps = this.match('resource control policy', isFree ? [] : rcps);
    this.limits = [
      ...isInOrganization(request.principal) && !isFree ? scps.map(level => this.match('service control policy', level)) : [],
      ...vpcEndpoint ? [this.match('VPC endpoint policy', [vpcEndpoint])] : [],
    ];
    this.granting = new Map([
      this.match('resource policy', resource ? [resource] : []),
      this.match('identity policy', identity),
      ...boundary ? [this.match('permissions boundary', [boundary])] : [],
      ...session ? [this.match('session policy', [session])] : [],
    ].map(match => [match.layer, match]));
    this.allowed = this.rules.isForEverybody?.(request) ? Formula.TRUE
      : Formula.all([this.denied.not(), ...this.limits.map(limit => limit.allows()), this.granted()]);
  }

  public get deciding(): readonly Deciding<O>[] {
    if (this.rules.isForEverybody?.(this.request)) return [];
    const denying = this.statements('denies');
    if (this.denied === Formula.TRUE) return denying.filter(({ isSure }) => isSure);
    const allowing = this.allowed === Formula.FALSE ? [] : this.statements('allows');
    return [...denying, ...allowing, ...this.allowed === Formula.TRUE ? [] : this.missing];
  }

  private match(layer: Layer, policies: readonly GivenPolicy<O>[]): LayerMatch<O> {
    return new LayerMatch(layer, policies, this.request);
  }

  private get layers(): readonly LayerMatch<O>[] {
    return [this.rcps, ...this.limits, ...this.granting.values()];
  }

  private get denied(): Formula {
    const byRcps = Formula.all([this.rcps.denies, supportsRcps(this.request)]);
    return Formula.any([byRcps, ...this.layers.filter(each => each !== this.rcps).map(({ denies }) => denies)]);
  }

  /** Whether the grants suffice; as if a layer allowed everything, if one is given. */
  private granted(beside?: Layer): Formula {
    const allows = (layer: Layer) => layer === beside || !this.granting.has(layer) ? Formula.TRUE : this.granting.get(layer)!.allows();
    const granted = isGranted(this.request, {
      identity: allows('identity policy'),
      boundary: allows('permissions boundary'),
      session: allows('session policy'),
      resource: (...by) => beside === 'resource policy' ? Formula.TRUE : this.granting.get('resource policy')!.allows(...by),
    }, this.rules.identityCounts?.(this.request) ?? 'always');
    return this.rules.granted?.(granted, this.request, this.policies) ?? granted;
  }

  private statements(does: 'allows' | 'denies'): readonly Deciding<O>[] {
    return this.layers.flatMap(match => (does === 'denies' ? match.denying : match === this.rcps ? [] : match.allowing)
      .map(({ statement, applies }) => ({ layer: match.layer, does, statement, isSure: applies === Formula.TRUE && this.isAsked(match) })));
  }

  private isAsked(match: LayerMatch<O>): boolean {
    return match !== this.rcps || supportsRcps(this.request) === Formula.TRUE;
  }

  /** The layers that allow the request under no circumstances, and would have to. */
  private get missing(): readonly Deciding<O>[] {
    const limiting = this.limits.filter(limit => limit.allows() === Formula.FALSE).map(({ layer }) => layer);
    const silent = this.granted() === Formula.FALSE
      ? [...this.granting.values()].filter(match => match.allows() === Formula.FALSE).map(({ layer }) => layer) : [];
    // One that makes the difference by itself, or else all of them.
    const decisive = silent.filter(layer => this.granted(layer) !== Formula.FALSE);
    return [...new Set([...limiting, ...decisive.length > 0 ? decisive : silent])].map(layer => ({ layer, does: 'misses', isSure: true }));
  }
}

