import { Deciding, Decision } from './decision';
import { Evaluation } from './evaluation';
import { Formula } from './formula';
import { ApplicablePolicies } from './policies';
import { EvaluatedRequest } from './request';

/**
 * What becomes of a request.
 *
 * Yes and no are sure, whatever the keys of the request are of which nothing is known, and whatever depends on deployment. If it
 * depends, the answer is unknown, and the conditions say when the request is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide<O>(request: EvaluatedRequest, policies: ApplicablePolicies<O>): Decision<O> {
  return decideTogether([request], policies);
}

/** What becomes of something that takes several permissions: it is allowed if each of them is. */
export function decideTogether<O>(requests: readonly EvaluatedRequest[], policies: ApplicablePolicies<O>): Decision<O> {
  const evaluations = requests.map(request => new Evaluation(request, policies));
  const allowed = Formula.all(evaluations.map(each => each.allowed));
  const refused = evaluations.filter(each => each.allowed === Formula.FALSE);
  const deciding = (refused.length > 0 ? refused : evaluations).flatMap(each => each.deciding);
  switch (allowed.verdict) {
    case 'yes': return { answer: 'allowed', deciding: once(deciding), conditions: [] };
    case 'no': return { answer: 'denied', deciding: once(deciding), conditions: [] };
    default: return { answer: 'unknown', deciding: once(deciding), conditions: allowed.trueIf };
  }
}

/** A statement decides on several permissions by the same right. */
function once<O>(deciding: readonly Deciding<O>[]): readonly Deciding<O>[] {
  return deciding.filter(({ layer, does, statement }, at) =>
    deciding.findIndex(other => other.layer === layer && other.does === does && other.statement === statement) === at);
}
