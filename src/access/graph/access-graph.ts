import { AccessEdge, AccessNode } from './access-edge';
import { entries } from './entries';
import { anyDrives, grantsOf, mayDoAny } from './grants';
import { gainedNode, identityNode, INTERNET, nodeOf, otherNode, sought } from './nodes';
import { AppModel, view } from '../../model/app-model';
import { triggers } from '../../model/lambda/triggers';
import { Multimap } from '../../model/multimap';
import { escalationsOf } from '../escalation/escalations';
import { identities } from '../principals/identities';
import { namedPrincipals } from '../principals/named-principals';
import { kindOfPrincipal } from '../principals/principal';
import { askedResource } from '../queries/asked-resource';

/** Who can do what to whom in an app, edge by edge; what leaves a node is found when somebody asks. */
export const accessGraph = view(app => new AccessGraph(app));

export class AccessGraph {
  private readonly leaving = new Map<string, readonly AccessEdge[]>();
  private readonly fixed = new Multimap<string, AccessEdge>();

  constructor(private readonly app: AppModel) {
    for (const edge of [...entries(app), ...this.triggered, ...this.roles, ...this.strangers]) this.fixed.add(edge.from.id, edge);
  }

  /** The internet, all functions, identities and resources that somebody may want to get at, and who else is named. */
  public get nodes(): readonly AccessNode[] {
    const found = [
      INTERNET, ...sought(this.app).map(each => nodeOf(this.app, each)), ...identities(this.app).all.map(each => identityNode(this.app, each)),
    ];
    for (const id of this.fixed.keys()) found.push(...this.fixed.get(id).flatMap(({ from, to }) => [from, to]));
    return [...new Map(found.map(node => [node.id, node])).values()];
  }

  /** All edges, for those who draw the whole. */
  public get edges(): readonly AccessEdge[] {
    return this.nodes.flatMap(node => this.from(node));
  }

  /** What a node can do. */
  public from(node: AccessNode): readonly AccessEdge[] {
    const known = this.leaving.get(node.id) ?? [...this.fixed.get(node.id), ...this.rights(node)];
    this.leaving.set(node.id, known);
    return known;
  }

  /** What can be done with a resource: identities are asked that may be granted anything on it. */
  public into(node: AccessNode): readonly AccessEdge[] {
    return this.nodes.filter(({ kind, identity }) => identity || kind !== 'resource').flatMap(each => this.from(each)).filter(({ to }) => to.id === node.id);
  }

  private rights({ identity }: AccessNode): readonly AccessEdge[] {
    if (!identity) return [];
    const from = identityNode(this.app, identity);
    return [
      ...grantsOf(this.app, identity),
      ...escalationsOf(this.app, identity).map(({ gained, steps, isSure }): AccessEdge => ({
        from,
        to: gainedNode(this.app, gained),
        kind: 'gains',
        actions: [...new Set(steps.flatMap(({ needs }) => needs.map(({ action }) => action)))],
        answer: isSure ? 'allowed' : 'unknown',
        drives: true,
        reasons: steps.flatMap(({ needs }) => needs.flatMap(({ deciding }) => deciding.flatMap(({ statement }) => statement?.origin ?? [])))
          .map(statement => ({ resource: statement.origin.resource, property: statement.at('Action'), text: String(statement) })),
      })),
    ];
  }

  private get triggered(): readonly AccessEdge[] {
    return triggers(this.app).all.flatMap(({ fn, source, resource, property }) => source.targets.map((from): AccessEdge => ({
      from: nodeOf(this.app, from),
      to: nodeOf(this.app, fn),
      kind: 'triggers',
      actions: [],
      answer: 'allowed',
      drives: true,
      reasons: [{ resource, property, text: `\`${resource}\` has \`${from}\` invoke \`${fn}\`` }],
    })));
  }

  private get roles(): readonly AccessEdge[] {
    const { all, of } = identities(this.app);
    return all.flatMap(identity => identity.functions.map((fn): AccessEdge => ({
      from: nodeOf(this.app, fn),
      to: identityNode(this.app, identity),
      kind: 'runs as',
      actions: [],
      // One of several, by a condition of the template.
      answer: of(fn).length === 1 ? 'allowed' : 'unknown',
      drives: true,
      reasons: [{ resource: fn, text: `\`${fn}\` has the role \`${identityNode(this.app, identity).name}\`` }],
    })));
  }

  /** Those from elsewhere whom a policy of a resource lets in: accounts, identities of other accounts. */
  private get strangers(): readonly AccessEdge[] {
    return sought(this.app).flatMap(resource => {
      const { policy, account = '' } = askedResource(this.app, resource);
      return namedPrincipals(this.app, policy, account).flatMap(principal => {
        if (!['account', 'role', 'user', 'other'].includes(kindOfPrincipal(principal)) || principal.identity) return [];
        const naming = policy.filter(({ effect, principals }) => effect === 'Allow' && principals?.named.some(({ id }) => id === principal.requester.id));
        const granted = [...new Set(naming.flatMap(({ actions }) => actions.negated ? ['*'] : actions.named))]
          .filter(pattern => mayDoAny(this.app, principal, pattern, resource));
        return granted.length === 0 ? [] : [{
          from: otherNode(this.app, principal.requester.id),
          to: nodeOf(this.app, resource),
          kind: 'may' as const,
          actions: granted,
          answer: naming.some(({ exists }) => exists === undefined) ? 'allowed' as const : 'unknown' as const,
          drives: anyDrives(this.app, granted, resource),
          reasons: naming.flatMap(({ origin }) => origin ? [{ resource: origin.origin.resource, property: origin.at('Principal'), text: String(origin) }] : []),
        }];
      });
    });
  }
}
