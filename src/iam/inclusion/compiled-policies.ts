import { ConditionTest, conditionTest } from './condition-test';
import { Tests, TextDimension } from './dimension';
import { KeyDimension } from './key-dimension';
import { Chosen, hasSymbol, Policy, PolicyStatement } from './policy';
import { TextReading, textTest } from './policy-text';
import { PRINCIPALS, principalTest, principalText } from './principal-test';
import { Union } from './shortest-text';
import { TextTest } from './text-samples';
import { ARNS } from './well-formed';
import { Wildcard } from './wildcard';

/** A statement as what it asks of each aspect of a request. */
export interface CompiledStatement {
  readonly isGranting: boolean;
  readonly effect: 'Allow' | 'Deny';
  /** Numbers of tests, by aspect; none where it doesn't ask. */
  readonly tests: ReadonlyMap<string, readonly number[]>;
}

/** The aspects that all policies know. Keys of the context are aspects by their name, after a slash. */
export const ACTION = 'action';
export const RESOURCE = 'resource';
export const PRINCIPAL = 'principal';

/** Two policies, brought to tests over the same aspects of a request. */
export class CompiledPolicies {
  public readonly statements: readonly CompiledStatement[];
  public readonly actions = new Tests<TextTest>();
  public readonly resources = new Tests<TextTest>();
  /** Whole ARNs of which nothing is known but whose they are. */
  public readonly opaqueArns: Union;
  private readonly principals = new Tests<TextTest>();
  private readonly named = new Map<string, Wildcard>();
  private readonly keys = new Map<string, Tests<ConditionTest>>();
  private readonly hasSymbols: boolean;

  constructor(granting: Policy, reference: Policy) {
    const texts = [...granting, ...reference].flatMap(textsOf);
    const symbols = texts.filter(hasSymbol);
    this.hasSymbols = symbols.length > 0;
    this.opaqueArns = [...new Set(symbols.map(text => [...text][0]).filter(hasSymbol))].map(symbol => Wildcard.of([{ exactly: symbol }, '*']));
    this.statements = [
      ...granting.map(statement => this.compiled(statement, true)),
      ...reference.map(statement => this.compiled(statement, false)),
    ];
  }

  /** Who asks, and the keys of the context, by name. */
  public get others(): readonly (readonly [string, TextDimension | KeyDimension])[] {
    const arns = [...ARNS, ...this.opaqueArns];
    const keys = [...this.keys].sort(([one], [other]) => one < other ? -1 : 1);
    return [
      [PRINCIPAL, new TextDimension([...PRINCIPALS, [...this.named.values()]], this.principals)],
      ...keys.map(([key, tests]) => [`/${key}`, new KeyDimension(key, tests, arns)] as const),
    ];
  }

  private compiled({ effect, actions, resources, principals, conditions, hasVariables }: PolicyStatement, isGranting: boolean): CompiledStatement {
    const reading: TextReading = { hasVariables, hasSymbols: this.hasSymbols };
    // Actions have no case.
    const plain: TextReading = { hasVariables: false, hasSymbols: false };
    const names = actions.named.map(each => each.toLowerCase());
    const tests = new Map<string, readonly number[]>();
    if (!isEverything(actions)) tests.set(ACTION, [this.actions.add(textTest(names, actions.negated, plain))]);
    if (resources && !isEverything(resources)) tests.set(RESOURCE, [this.resources.add(textTest(resources.named, resources.negated, reading))]);
    if (principals) {
      tests.set(PRINCIPAL, [this.principals.add(principalTest(principals))]);
      for (const text of principals.named.map(principalText)) this.named.set(text, Wildcard.exactly(text));
    }
    for (const condition of conditions) {
      const key = condition.key.toLowerCase();
      const known = this.keys.get(key) ?? new Tests<ConditionTest>();
      this.keys.set(key, known);
      tests.set(`/${key}`, [...tests.get(`/${key}`) ?? [], known.add(conditionTest(condition, reading))]);
    }
    return { isGranting, effect, tests };
  }
}

/** Of what is about everything nothing needs to be asked. */
function isEverything({ named, negated }: Chosen<string>): boolean {
  return !negated && named.includes('*');
}

function textsOf({ resources, principals, conditions }: PolicyStatement): readonly string[] {
  return [...resources?.named ?? [], ...principals?.named.map(({ id }) => id) ?? [], ...conditions.flatMap(({ values }) => values)];
}
