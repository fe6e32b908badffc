import { covers, overlap } from './pattern';
import { Principal, principalsOf } from './principal';
import { anyOf, Selection } from './selection';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { agreed, all, anyIn, not, Verdict, verdict } from '../model/verdict';

/** Where a statement stands. */
export interface Origin {
  readonly resource: Resource;
  /** Below `Properties`; empty if the resource as a whole is the statement. */
  readonly property: string;
  /** What the resource calls the elements, if not what a policy does. */
  readonly elements?: Readonly<Record<string, string>>;
  /** Whether the property names a policy that stands elsewhere, so that no element can be pointed at. */
  readonly isWhole?: boolean;
}

/** One test of a `Condition`. */
export interface Condition {
  /** As written: `StringLike`, `ForAllValues:StringEquals`, `BoolIfExists`. */
  readonly operator: string;
  /** In lower case, since IAM doesn't tell `aws:sourcearn` from `aws:SourceArn`. */
  readonly key: string;
  readonly values: Value;
}

/**
 * One statement of a policy of whatever kind, read once.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export class Statement {
  public readonly effect: Value;
  public readonly actions: Selection;
  public readonly resources: Selection;
  /** Whether the policy has it, and it allows something. */
  public readonly allows: Verdict;
  /** Once `isAdministrative` has found out: several rules ask it of each statement. */
  public isAdministrative: Verdict | undefined = undefined;
  private readonly condition: Value;
  private whom: readonly Principal[] | 'conditional' | undefined = undefined;
  /** The tests in each case that a condition of the template makes, where they are known. */
  private conditions: readonly (readonly Condition[] | undefined)[] | undefined = undefined;

  constructor(
    public readonly origin: Origin,
    private readonly raw: Value,
    /** Unknown if a condition of the template decides whether the policy has the statement. */
    public readonly exists: Verdict,
  ) {
    this.effect = raw.get('Effect');
    this.actions = Selection.of(raw, 'Action');
    this.resources = Selection.of(raw, 'Resource');
    this.condition = raw.mayHave('Condition') ? raw.get('Condition') : Value.ABSENT;
    const isAllow = this.effect.is('Allow');
    this.allows = this.exists === 'yes' ? isAllow : all([this.exists, isAllow]);
  }

  /** Whether the policy has it, and it denies something. */
  public get denies(): Verdict {
    if (this.allows === 'yes') return 'no';
    return all([this.exists, this.effect.is('Deny')]);
  }

  /** Whether it is about an action; about all that a pattern matches, if that is one. */
  public concerns(action: string): Verdict {
    const wanted = action.toLowerCase();
    const { negated, isGiven, texts } = this.actions;
    if (!isGiven) return 'no';
    // Of what is left out nothing may be wanted; what is named must take in all that is.
    if (texts) return verdict(negated ? !texts.overlap(wanted) : texts.cover(wanted));
    return negated
      ? not(this.actions.anyText(known => overlap(known.toLowerCase(), wanted)))
      : this.actions.anyText(known => covers(known.toLowerCase(), wanted));
  }

  /** Whether it may be about an action of a service: of most statements it is soon seen that they name others alone. */
  public mayConcern(service: string): boolean {
    const { texts, negated } = this.actions;
    return negated || !texts || texts.mayConcern(service);
  }

  /** Whether it is about a resource that `test` accepts. Statements that belong to a resource need not name it. */
  public covers(test: (resource: Value) => Verdict): Verdict {
    return this.resources.isGiven ? this.resources.includes(test) : 'no';
  }

  /** Whether a principal that `test` accepts is granted something. All but some are everybody: who is left out is soon made up for. */
  public admits(test: (principal: Principal) => Verdict): Verdict {
    const { certain } = this;
    if (certain) return anyIn(certain, test);
    const named = (branch: Value) => anyIn(principalsOf(branch), ({ type, value }) => anyOf(value, each => test({ type, value: each })));
    return agreed(this.raw.get('Principal').branches.map(named));
  }

  /** Each principal that may be named, whatever conditions of the template that depends on. */
  public get principals(): readonly Principal[] {
    return this.certain ?? this.raw.get('Principal').branches.flatMap(principalsOf).flatMap(({ type, value }) =>
      value.items.flatMap(item => item.branches).map(each => ({ type, value: each })));
  }

  /** Whether it holds only if further tests pass. */
  public get isConditional(): Verdict {
    if (this.condition.kind === 'absent') return 'no';
    return this.condition.satisfies(branch => branch.entries.length > 0);
  }

  /** Whether `test` accepts one of the tests, all of which a request must pass. */
  public requires(test: (condition: Condition) => Verdict): Verdict {
    if (this.condition.kind === 'absent') return 'no';
    this.conditions ??= this.condition.branches.map(branch =>
      branch.kind === 'absent' ? [] : branch.isKnown ? conditionsOf(branch) : undefined);
    const required = (tests: readonly Condition[] | undefined) => tests ? anyIn(tests, test) : 'unknown';
    return this.conditions.length === 1 ? required(this.conditions[0]) : agreed(this.conditions.map(required));
  }

  /** Whom it names, or names as those it leaves out; absent in policies of identities. */
  public get named(): { readonly principals: Value; readonly negated: boolean } {
    const but = this.raw.get('NotPrincipal');
    return but.kind === 'absent' ? { principals: this.raw.get('Principal'), negated: false } : { principals: but, negated: true };
  }

  /** Its tests, of which there may be several alternatives: a branch for each case that a condition of the template tells apart. */
  public get tests(): readonly (readonly Condition[] | 'unknown')[] {
    return this.condition.branches.map(branch => branch.isKnown || branch.kind === 'absent' ? conditionsOf(branch) : 'unknown');
  }

  /** The same, of which a condition of the template decides whether somebody has it. */
  public perhaps(): Statement {
    return new Statement(this.origin, this.raw, 'unknown');
  }

  /** The property in which an element stands. */
  public at(element: 'Action' | 'Resource' | 'Principal' | 'Condition'): string {
    const { property, elements, isWhole } = this.origin;
    if (isWhole) return property;
    const written = this.isNegated(element) ? `Not${element}` : element;
    const name = elements?.[written] ?? written;
    return property === '' ? name : `${property}.${name}`;
  }

  /** How a reason shows it. */
  public toString(): string {
    const { actions, resources } = this;
    return `\`${this.effect}\` of \`${actions}\`${resources.isGiven ? ` on \`${resources}\`` : ''}`;
  }

  private isNegated(element: 'Action' | 'Resource' | 'Principal' | 'Condition'): boolean {
    switch (element) {
      case 'Action': return this.actions.negated;
      case 'Resource': return this.resources.negated;
      case 'Principal': return this.certain === ALL_BUT_SOME;
      case 'Condition': return false;
    }
  }

  /** The principals, unless a condition of the template decides on one: many rules ask for them. */
  private get certain(): readonly Principal[] | undefined {
    this.whom ??= this.readPrincipals();
    return this.whom === 'conditional' ? undefined : this.whom;
  }

  private readPrincipals(): readonly Principal[] | 'conditional' {
    if (this.raw.mayHave('NotPrincipal') && this.raw.get('NotPrincipal').kind !== 'absent') return ALL_BUT_SOME;
    return certainOf(this.raw.get('Principal')) ?? 'conditional';
  }
}

const ALL_BUT_SOME: readonly Principal[] = [{ type: '*', value: Value.known('*') }];

/** The principals one by one; nothing if a condition decides on one, or lists stand in lists. */
function certainOf(element: Value): readonly Principal[] | undefined {
  if (element.kind === 'either') return undefined;
  const found: Principal[] = [];
  for (const { type, value } of principalsOf(element)) {
    if (value.kind === 'either') return undefined;
    for (const item of value.items) {
      if (item.kind === 'either' || Array.isArray(item.literal)) return undefined;
      found.push({ type, value: item });
    }
  }
  return found;
}

function conditionsOf(condition: Value): Condition[] {
  return condition.entries.flatMap(([operator, tests]) =>
    tests.entries.map(([key, values]) => ({ operator, key: key.toLowerCase(), values })));
}
