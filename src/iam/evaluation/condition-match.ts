import { Formula, Proviso } from './formula';
import { contextValue, RequestContext } from './request';
import { addressRange } from '../inclusion/address-samples';
import { ConditionTest, conditionTest, dateOf, numberOf } from '../inclusion/condition-test';
import { Outcome, outcomeIf } from '../inclusion/outcome';
import { PolicyCondition } from '../inclusion/policy';
import { TextReading } from '../inclusion/policy-text';
import { outcomeOf } from '../inclusion/text-samples';

/**
 * Whether a request passes a test of a key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function passes(condition: PolicyCondition, context: RequestContext, reading: TextReading): Formula {
  const test = conditionTest(condition, reading);
  const value = contextValue(context, condition.key);
  if (value === undefined) return Formula.depending({ name: `${condition.key.toLowerCase()} ${test.name}`, about: 'request', condition });
  const isList = typeof value !== 'string';
  // Of a list without elements, and of a text without characters, the key counts as absent.
  if (value === 'absent' && !Object.hasOwn(context.known, condition.key.toLowerCase()) || value.length === 0) {
    return whetherOne(test.onAbsent, condition);
  }
  const each = (isList ? value : [value]).map(single => outcomeFor(test, single));
  if (test.value.of === 'presence') return whetherOne(each[0], condition);
  if (test.quantifier === 'all') return Formula.all(each.map(outcome => whetherOne(outcome, condition)));
  if (test.quantifier === 'any' || each.length === 1) return Formula.any(each.map(outcome => whetherOne(outcome, condition)));
  // What an operator for one value makes of several isn't documented.
  return Formula.depending({ name: JSON.stringify([test.name, ...value]), about: 'AWS', condition });
}

function whetherOne(outcome: Outcome, condition: PolicyCondition): Formula {
  if (typeof outcome === 'string') return Formula.of(outcome === 'yes');
  const about: Proviso['about'] = condition.values.some(each => each.includes('${')) ? 'request' : 'AWS';
  return Formula.any(outcome.map(name => Formula.depending({ name, about, condition })));
}

function outcomeFor({ value: test, name }: ConditionTest, value: string): Outcome {
  const open = [`${name}\n${value}`];
  switch (test.of) {
    case 'presence': return test.outcome;
    case 'nothing': return open;
    case 'text': return outcomeOf(test.test, value);
    case 'address': {
      const range = addressRange(value);
      const { ranges, negated } = test.test;
      return range ? outcomeIf(negated !== ranges.some(({ first, last }) => first <= range.first && range.last <= last)) : open;
    }
    default: {
      const number = test.of === 'date' ? dateOf(value) : numberOf(value);
      return Number.isNaN(number) ? open : outcomeIf(test.test.holds(number));
    }
  }
}
