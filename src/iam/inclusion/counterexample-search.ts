import { Budget } from './budget';
import { ACTION, CompiledPolicies, CompiledStatement, RESOURCE } from './compiled-policies';
import { Dimension, Point, TextDimension } from './dimension';
import { holdsUnder, Outcome, outcomeIf } from './outcome';
import { AccessRequest, KnownAction } from './policy';
import { principalOf } from './principal-test';
import { Union } from './shortest-text';
import { isIn } from './text-samples';
import { ACTIONS, ARNS, NO_RESOURCE } from './well-formed';
import { Wildcard } from './wildcard';

/** The aspects of a request by name, in the order in which they are settled. */
type Aspects = readonly (readonly [string, Dimension])[];
type Alive = readonly number[];
type Values = ReadonlyMap<string, Point['value']>;

/** Which statements are still about a request when a further aspect of it is settled. */
type Filter = (alive: Alive, aspect: string, point: Point) => readonly Alive[];

/** What actions there can be; all names that actions can have, if none are given. */
export interface ActionUniverse {
  readonly actions?: readonly KnownAction[];
  readonly futureActions?: readonly string[];
}

/** More of them are not tried out. */
const MOST_ASSUMPTIONS = 8;

/**
 * Looks for a request that one policy allows and another does not: aspect by aspect, and for each by values that stand for all that
 * statements tell apart. What matters of the aspects that are settled is only which statements are still about the request, so
 * nothing is tried twice for the same of them.
 */
export class CounterexampleSearch {
  private readonly statements: readonly CompiledStatement[];
  private readonly others: Aspects;
  private readonly byResources = new Map<string | undefined, Aspects>();
  private readonly points = new Map<Dimension, Map<string, readonly Point[]>>();
  /** Whether it came across what nobody can know before a request is made. */
  public hasAssumptions = false;

  constructor(private readonly policies: CompiledPolicies, private readonly budget: Budget, private readonly universe: ActionUniverse) {
    this.statements = policies.statements;
    this.others = policies.others;
  }

  /** Requests that are such whatever else is true: one for each action, or all actions that statements don't tell apart. */
  public sure(): Iterable<AccessRequest> {
    return this.search((alive, aspect, point) => [alive.filter(at => this.survives(at, aspect, point, outcome =>
      typeof outcome === 'string' ? outcome === 'yes' : this.isFor(this.statements[at])))]);
  }

  /** Whether there might be one. */
  public possible(): boolean {
    if (!this.hasAssumptions) return false;
    const requests = this.search((alive, aspect, point) => this.assumptions(alive, aspect, point).map(assumed =>
      alive.filter(at => this.survives(at, aspect, point, outcome => holdsUnder(outcome, assumed)))));
    for (const _ of requests) return true;
    return false;
  }

  /** Whether a statement stands in the way of a counterexample. */
  private isFor({ isGranting, effect }: CompiledStatement): boolean {
    return isGranting ? effect === 'Deny' : effect === 'Allow';
  }

  private survives(at: number, aspect: string, { outcomes }: Point, holds: (outcome: Outcome) => boolean): boolean {
    return (this.statements[at].tests.get(aspect) ?? []).every(test => holds(outcomes.get(test)!));
  }

  /** All combinations of what may be true or not. */
  private assumptions(alive: Alive, aspect: string, { outcomes }: Point): readonly ReadonlySet<string>[] {
    const tests = new Set(alive.flatMap(at => this.statements[at].tests.get(aspect) ?? []));
    const names = [...new Set([...tests].flatMap(test => {
      const outcome = outcomes.get(test)!;
      return typeof outcome === 'string' ? [] : outcome;
    }))];
    if (names.length > MOST_ASSUMPTIONS) this.budget.exhaust();
    return names.slice(0, MOST_ASSUMPTIONS).reduce<ReadonlySet<string>[]>((sets, name) =>
      [...sets, ...sets.map(set => new Set([...set, name]))], [new Set()]);
  }

  private *search(filter: Filter): Iterable<AccessRequest> {
    const failed = new Map<Aspects, Set<string>>();
    const everything = this.statements.map((_, at) => at);
    for (const { point, aspects } of this.actionPoints(everything)) {
      const memo = failed.get(aspects) ?? new Set<string>();
      failed.set(aspects, memo);
      for (const alive of filter(everything, ACTION, point)) {
        const found = this.descend(aspects, 0, alive, filter, memo);
        if (!found) continue;
        yield requestOf(point, found);
        break;
      }
    }
  }

  /** What can be asked for, and which aspects it has then. */
  private *actionPoints(everything: Alive): Iterable<{ point: Point; aspects: Aspects }> {
    const tests = testsOf(everything, this.statements, ACTION);
    const { actions, futureActions } = this.universe;
    for (const { name, resources } of [...actions ?? []].sort((one, other) => one.name.length - other.name.length)) {
      const outcomes = tests.map(test => {
        const { sure, negated } = this.policies.actions.all[test];
        return [test, outcomeIf(isIn(sure, name.toLowerCase()) !== negated)] as const;
      });
      yield { point: { value: name, outcomes: new Map(outcomes) }, aspects: this.aspects(resources) };
    }
    const others = actions ? futureActions?.map(namesOf) ?? [] : [ACTIONS];
    if (others.length === 0) return;
    for (const point of this.pointsOf(new TextDimension(others, this.policies.actions), tests)) yield { point, aspects: this.aspects() };
  }

  /** In the order in which they are settled. */
  private aspects(resources?: readonly string[]): Aspects {
    const key = resources ? resources.join('\n') : undefined;
    const known = this.byResources.get(key);
    if (known) return known;
    const aspects = [[RESOURCE, new TextDimension(this.resources(resources), this.policies.resources)] as const, ...this.others];
    this.byResources.set(key, aspects);
    return aspects;
  }

  /** ARNs before `*`, which says less to whoever reads it. */
  private resources(resources: readonly string[] | undefined): readonly Union[] {
    const { opaqueArns } = this.policies;
    if (!resources) return [[...ARNS, ...opaqueArns], NO_RESOURCE];
    return resources.length > 0 ? [[...resources.map(each => Wildcard.arn(each)), ...opaqueArns]] : [NO_RESOURCE];
  }

  private descend(aspects: Aspects, at: number, alive: Alive, filter: Filter, failed: Set<string>): Values | undefined {
    if (!this.budget.spend() || this.isHopeless(alive, aspects, at)) return undefined;
    if (at === aspects.length) return new Map();
    const key = `${at} ${alive.join()}`;
    if (failed.has(key)) return undefined;
    const [aspect, dimension] = aspects[at];
    const tests = testsOf(alive, this.statements, aspect);
    // Of a resource there must be one, asked for or not; the rest is left out where nobody asks.
    if (tests.length === 0 && aspect !== RESOURCE) return this.descend(aspects, at + 1, alive, filter, failed);
    for (const point of this.pointsOf(dimension, tests)) {
      for (const left of filter(alive, aspect, point)) {
        const found = this.descend(aspects, at + 1, left, filter, failed);
        if (found) return new Map([[aspect, point.value], ...found]);
      }
    }
    failed.add(key);
    return undefined;
  }

  /** Whether no request can be a counterexample, whatever the aspects are that aren't settled. */
  private isHopeless(alive: Alive, aspects: Aspects, at: number): boolean {
    const left = aspects.slice(at).map(([aspect]) => aspect);
    const some = (isGranting: boolean, effect: 'Allow' | 'Deny', which: (statement: CompiledStatement) => boolean = () => true) => alive.some(each => {
      const statement = this.statements[each];
      return statement.isGranting === isGranting && statement.effect === effect && which(statement);
    });
    const isSettled = ({ tests }: CompiledStatement) => !left.some(aspect => tests.has(aspect));
    return !some(true, 'Allow') || some(true, 'Deny', isSettled) || some(false, 'Allow', isSettled) && !some(false, 'Deny');
  }

  private pointsOf(dimension: Dimension, tests: readonly number[]): readonly Point[] {
    const known = this.points.get(dimension) ?? new Map<string, readonly Point[]>();
    this.points.set(dimension, known);
    const key = tests.join();
    const points = known.get(key) ?? dimension.points(tests, this.budget);
    known.set(key, points);
    this.hasAssumptions ||= points.some(({ outcomes }) => [...outcomes.values()].some(outcome => typeof outcome !== 'string'));
    return points;
  }
}

/** The names that a pattern stands for: both service and action have one. */
function namesOf(pattern: string): Union {
  const [service, name] = pattern.toLowerCase().split(':');
  if (name === undefined) return ACTIONS;
  return [Wildcard.of([`${service === '*' ? '?*' : service}:${name === '*' ? '?*' : name}`], { inFields: true })];
}

function testsOf(alive: Alive, statements: readonly CompiledStatement[], aspect: string): readonly number[] {
  return [...new Set(alive.flatMap(at => statements[at].tests.get(aspect) ?? []))].sort((one, other) => one - other);
}

function requestOf({ value: action }: Point, values: Values): AccessRequest {
  const principal = values.get('principal');
  const context = [...values].flatMap(([aspect, value]) => aspect.startsWith('/') && value !== undefined ? [[aspect.slice(1), value] as const] : []);
  return {
    action: String(action),
    resource: String(values.get(RESOURCE)),
    ...principal === undefined ? {} : { principal: principalOf(String(principal)) },
    context: Object.fromEntries(context),
  };
}
