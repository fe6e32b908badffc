import { passes } from './condition-match';
import { Formula } from './formula';
import { GivenStatement } from './policies';
import { contextValue, EvaluatedRequest } from './request';
import { Chosen, hasSymbol } from '../inclusion/policy';
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
    resources ? isNamed(resources, resource, reading) : Formula.TRUE,
    ...conditions.map(condition => passes(condition, context, reading)),
  ]);
}

const actionTests = new WeakMap<GivenStatement['actions'], TextTest>();

function isAbout({ actions }: GivenStatement, action: string): boolean {
  const test = actionTests.get(actions) ?? textTest(actions.named, actions.negated, { hasVariables: false, hasSymbols: false, ignoreCase: true });
  actionTests.set(actions, test);
  return outcomeOf(test, action) === 'yes';
}

function isNamed({ named, negated }: Chosen<string>, resource: string, reading: TextReading): Formula {
  const outcome = outcomeOf(textTest(named, negated, reading), resource);
  if (typeof outcome !== 'string') {
    const about = named.some(each => each.includes('${')) ? 'request' : 'deployment';
    return Formula.any(outcome.map(name => Formula.depending({ name, about })));
  }
  const isMatch = (outcome === 'yes') !== negated;
  if (isMatch || !named.some(each => mayAgree(each, resource, reading))) return Formula.of(outcome === 'yes');
  const agrees = Formula.depending({ name: JSON.stringify([...named, resource]), about: 'deployment' });
  return negated ? agrees.not() : agrees;
}

/** Whether a resource is named if partition, region and account turn out to be the same, which deployment decides in one of the two. */
function mayAgree(pattern: string, resource: string, reading: TextReading): boolean {
  if (!reading.hasSymbols) return false;
  const [wanted, given] = [pattern, resource].map(arn => arn.split(':'));
  if (wanted.length < 6 || given.length < 6) return false;
  const isOpen = (at: number) => at < 5 && wanted[at] !== given[at] && (hasSymbol(wanted[at]) || hasSymbol(given[at]));
  if (!wanted.some((_, at) => isOpen(at))) return false;
  const widened = wanted.map((field, at) => isOpen(at) ? '*' : field).join(':');
  return outcomeOf(textTest([widened], false, reading), resource) !== 'no';
}

const numbers = new WeakMap<GivenStatement, number>();
let last = 0;

function numberOf(statement: GivenStatement): number {
  const known = numbers.get(statement) ?? ++last;
  numbers.set(statement, known);
  return known;
}
