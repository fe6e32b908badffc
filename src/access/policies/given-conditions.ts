import { boundsOf } from './element';
import { conditionOperator } from '../../iam/inclusion/condition-operator';
import { PolicyCondition } from '../../iam/inclusion/policy';
import { Condition } from '../../iam/statement';
import { Resource } from '../../model/resource';
import { Names } from '../names/names';

/** What a statement asks of the context of a request, as far as it is known; undefined where there may be more or others. */
export interface GivenConditions {
  /** Those by which the statement is sure to hold when they do; undefined where nobody knows. */
  readonly strict?: readonly PolicyCondition[];
  /** Those without which the statement doesn't hold, whatever the rest turns out to be. */
  readonly loose: readonly PolicyCondition[];
  /** Whether the two are one. */
  readonly isSure: boolean;
}

/** Operators that have a form in which wildcards count. */
const TEXTS = /(?:^|:)(?:String(?:Equals|Like)|Arn(?:Equals|Like))/;

export function givenConditions(tests: readonly (readonly Condition[] | 'unknown')[], from: Resource, names: Names): GivenConditions {
  const [only, ...others] = tests;
  if (others.length > 0 || only === undefined || only === 'unknown') return { loose: [], isSure: false };
  const strict: PolicyCondition[] = [];
  const loose: PolicyCondition[] = [];
  let isKnown = true;
  let areSure = true;
  for (const { operator, key, values } of only) {
    const { least, most, isSure } = boundsOf(values, from, names);
    const isPositive = conditionOperator(operator)?.negated === false;
    const condition = { operator, key, values: least };
    // A positive test with a value left open holds at least for those that are known; a negative one holds for nobody knows what.
    isKnown &&= isSure || isPositive;
    areSure &&= isSure;
    strict.push(condition);
    if (isSure) loose.push(condition);
    else if (isPositive && TEXTS.test(operator)) loose.push({ operator: operator.replace('Equals', 'Like'), key, values: most });
  }
  return { strict: isKnown ? strict : undefined, loose, isSure: areSure };
}
