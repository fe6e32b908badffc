import { passes } from './condition-match';
import { Formula } from './formula';
import { GivenStatement } from './policies';
import { contextValue, EvaluatedRequest } from './request';
import { Outcome } from '../inclusion/outcome';
import { hasSymbol } from '../inclusion/policy';
import { ABSENT, TextReading, textTest } from '../inclusion/policy-text';
import { outcomeOf, TextTest } from '../inclusion/text-samples';

/** Whether a statement is about a request, principals left aside. */
export function concerns(statement: GivenStatement, request: EvaluatedRequest): Formula {
  const { resources, conditions, hasVariables } = statement;
  if (statement.exists === 'no' || !isAbout(statement, request.action)) return Formula.FALSE;
  const { context, resource } = request;
  const valueOfKey = (key: string) => {
    const value = contextValue(context, key);
    if (value === 'absent') return ABSENT;
    // What a variable makes of several values, or of wildcards in one, isn't documented.
    return typeof value === 'string' && !/[*?]/.test(value) ? value : undefined;
  };
  const texts = [resource, ...resources?.named ?? [], ...conditions.flatMap(({ values }) => values), ...Object.values(context.known).flat()];
  const reading: TextReading = { hasVariables, hasSymbols: texts.some(hasSymbol), valueOfKey };
  return Formula.all([
    statement.exists === 'unknown' ? Formula.depending({ name: `statement ${numberOf(statement)}`, about: 'deployment' }) : Formula.TRUE,
    resources ? whether(outcomeOf(textTest(resources.named, resources.negated, reading), resource), resources.named) : Formula.TRUE,
    ...conditions.map(condition => passes(condition, context, reading)),
  ]);
}

const actionTests = new WeakMap<GivenStatement['actions'], TextTest>();

function isAbout({ actions }: GivenStatement, action: string): boolean {
  const test = actionTests.get(actions) ?? textTest(actions.named, actions.negated, { hasVariables: false, hasSymbols: false, ignoreCase: true });
  actionTests.set(actions, test);
  return outcomeOf(test, action) === 'yes';
}

function whether(outcome: Outcome, named: readonly string[]): Formula {
  if (typeof outcome === 'string') return Formula.of(outcome === 'yes');
  const about = named.some(each => each.includes('${')) ? 'request' : 'deployment';
  return Formula.any(outcome.map(name => Formula.depending({ name, about })));
}

const numbers = new WeakMap<GivenStatement, number>();
let last = 0;

function numberOf(statement: GivenStatement): number {
  const known = numbers.get(statement) ?? ++last;
  numbers.set(statement, known);
  return known;
}
