import { AccessChange } from './access-change';
import { describePlace } from './described-change';
import { FormerNames } from './former-names';
import { INTERNET as EVERYBODY } from './new-exposures';
import { Versions } from './versions';
import { AccessEdge, AccessNode } from '../graph/access-edge';
import { accessGraph } from '../graph/access-graph';
import { attackPaths } from '../graph/attack-paths';
import { INTERNET, nodeOf } from '../graph/nodes';
import { AccessPath, reach } from '../graph/paths';

/**
 * Ways from the internet to what is kept, and to more rights, that begin or end where none did, and have a step that is new: what lies between
 * doesn't matter. What everybody gets at in one step is public, and told as that.
 *
 * @param told what is new otherwise, by which rights are known that are
 */
export function newAttackPaths(versions: Versions, told: readonly AccessChange[]): readonly AccessChange[] {
  const steps = new FormerSteps(versions, told);
  const { nodes } = accessGraph(versions.after);
  const isAnyNew = told.length > 0 || nodes.some(node => !node.identity && accessGraph(versions.after).from(node).some(each => steps.isNew(each)));
  if (!isAnyNew) return [];
  return attackPaths(versions.after).flatMap(path => {
    if (path.length < 2 || !path.some(each => steps.isNew(each))) return [];
    const was = steps.formerWays(path);
    return was.some(each => isSure(each) || !isSure(path)) ? [] : [changeOf(path, was)];
  });
}

/** Which steps of the newer version the older one had. */
class FormerSteps {
  private readonly former: FormerNames;
  /** Those who may do more than they could. */
  private readonly widened: ReadonlySet<string>;
  private readonly known = new Map<AccessEdge, boolean>();

  constructor(private readonly versions: Versions, told: readonly AccessChange[]) {
    this.former = new FormerNames(versions);
    this.widened = new Set(told.flatMap(({ principals }) => principals.map(({ name }) => name)));
  }

  public isNew(edge: AccessEdge): boolean {
    const found = this.known.get(edge) ?? this.find(edge);
    this.known.set(edge, found);
    return found;
  }

  /** The ways that led from where a path begins to where it ends, by whatever steps. */
  public formerWays([entry, ...rest]: AccessPath): readonly AccessPath[] {
    const ends = this.former.node(rest[rest.length - 1].to);
    return this.sameAs(entry).flatMap(first => [isSureEdge, () => true].flatMap(follows => follows(first)
      ? reach(this.versions.before, first.to, follows).filter(way => ends.includes(way[way.length - 1].to.id)).map(way => [first, ...way]) : []));
  }

  private find(edge: AccessEdge): boolean {
    // Whether rights are new, the comparison of policies knows best.
    if (edge.from.identity) return this.widened.has(edge.from.name) || this.former.node(edge.from).length === 0;
    return !this.sameAs(edge).some(({ answer }) => answer === edge.answer || answer === 'allowed');
  }

  private sameAs({ from, to, kind }: AccessEdge): readonly AccessEdge[] {
    const ends = this.former.node(to);
    const leaving = this.nodeBefore(from).flatMap(node => accessGraph(this.versions.before).from(node));
    return leaving.filter(each => each.kind === kind && ends.includes(each.to.id));
  }

  private nodeBefore({ id, resource }: AccessNode): readonly AccessNode[] {
    if (id === INTERNET.id) return [INTERNET];
    const before = resource && this.versions.counterparts.of(resource);
    return before ? [nodeOf(this.versions.before, before)] : [];
  }
}

function isSureEdge({ answer }: AccessEdge): boolean {
  return answer === 'allowed';
}

function isSure(path: AccessPath): boolean {
  return path.every(isSureEdge);
}

function changeOf(path: AccessPath, was: readonly AccessPath[]): AccessChange {
  const last = path[path.length - 1];
  const places = (edges: AccessPath) => edges.flatMap(({ reasons }) => reasons.slice(0, 1))
    .map(({ resource, property, text }) => describePlace(resource, property, text));
  return {
    kind: 'attack path',
    isSure: isSure(path) && was.length === 0,
    principals: [EVERYBODY],
    actions: last.kind === 'may' ? last.actions : [last.kind],
    resources: [last.to.name],
    steps: path.map(stepText),
    now: places(path),
    before: was.slice(0, 1).flatMap(places),
  };
}

function stepText({ from, kind, to, actions }: AccessEdge): string {
  if (actions.length === 0) return `${from.name} ${kind} ${to.name}`;
  return kind === 'may' ? `${from.name} may ${actions.join(', ')} on ${to.name}` : `${from.name} ${kind} ${to.name} by ${actions.join(', ')}`;
}
