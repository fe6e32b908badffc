import { covers, overlap } from './pattern';
import { Principal, principalsOf } from './principal';
import { anyOf, Selection, text } from './selection';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { agreed, all, any, not, Verdict } from '../model/verdict';

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
  private readonly condition: Value;

  constructor(
    public readonly origin: Origin,
    private readonly raw: Value,
    /** Unknown if a condition of the template decides whether the policy has the statement. */
    public readonly exists: Verdict,
  ) {
    this.effect = raw.get('Effect');
    this.actions = Selection.of(raw, 'Action');
    this.resources = Selection.of(raw, 'Resource');
    this.condition = raw.get('Condition');
    this.allows = all([this.exists, this.effect.is('Allow')]);
  }

  /** Whether the policy has it, and it denies something. */
  public get denies(): Verdict {
    return all([this.exists, this.effect.is('Deny')]);
  }

  /** Whether it is about an action; about all that a pattern matches, if that is one. */
  public concerns(action: string): Verdict {
    const wanted = action.toLowerCase();
    const { value, negated } = this.actions;
    if (value.kind === 'absent') return 'no';
    // Of what is left out nothing may be wanted; what is named must take in all that is.
    return negated
      ? not(anyOf(value, each => text(each, known => overlap(known.toLowerCase(), wanted))))
      : anyOf(value, each => text(each, known => covers(known.toLowerCase(), wanted)));
  }

  /** Whether it is about a resource that `test` accepts. Statements that belong to a resource need not name it. */
  public covers(test: (resource: Value) => Verdict): Verdict {
    return this.resources.isGiven ? this.resources.includes(test) : 'no';
  }

  /** Whether a principal that `test` accepts is granted something. All but some are everybody: who is left out is soon made up for. */
  public admits(test: (principal: Principal) => Verdict): Verdict {
    if (this.raw.get('NotPrincipal').kind !== 'absent') return test(EVERYBODY);
    return agreed(this.raw.get('Principal').branches.map(branch =>
      any(principalsOf(branch).map(({ type, value }) => anyOf(value, each => test({ type, value: each }))))));
  }

  /** Each principal that may be named, whatever conditions of the template that depends on. */
  public get principals(): readonly Principal[] {
    if (this.raw.get('NotPrincipal').kind !== 'absent') return [EVERYBODY];
    return this.raw.get('Principal').branches.flatMap(principalsOf).flatMap(({ type, value }) =>
      value.items.flatMap(item => item.branches).map(each => ({ type, value: each })));
  }

  /** Whether it holds only if further tests pass. */
  public get isConditional(): Verdict {
    return this.condition.satisfies(branch => branch.entries.length > 0);
  }

  /** Whether `test` accepts one of the tests, all of which a request must pass. */
  public requires(test: (condition: Condition) => Verdict): Verdict {
    return agreed(this.condition.branches.map(branch => {
      if (branch.kind === 'absent') return 'no';
      return branch.isKnown ? any(conditionsOf(branch).map(test)) : 'unknown';
    }));
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
    const { property, elements = {}, isWhole } = this.origin;
    if (isWhole) return property;
    const written = this.raw.get(element).kind === 'absent' && this.raw.get(`Not${element}`).kind !== 'absent' ? `Not${element}` : element;
    return [property, elements[written] ?? written].filter(Boolean).join('.');
  }

  /** How a reason shows it. */
  public toString(): string {
    const { actions, resources } = this;
    return `\`${this.effect}\` of \`${actions}\`${resources.isGiven ? ` on \`${resources}\`` : ''}`;
  }
}

const EVERYBODY: Principal = { type: '*', value: Value.known('*') };

function conditionsOf(condition: Value): Condition[] {
  return condition.entries.flatMap(([operator, tests]) =>
    tests.entries.map(([key, values]) => ({ operator, key: key.toLowerCase(), values })));
}
