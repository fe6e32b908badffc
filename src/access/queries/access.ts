import { Decision } from '../../iam/evaluation/decision';
import { Proviso } from '../../iam/evaluation/formula';
import { Statement } from '../../iam/statement';
import { Verdict } from '../../model/verdict';
import { Principal } from '../principals/principal';

/** Whether somebody may do something: surely, surely not, or as deployment decides. */
export type Answer = 'allowed' | 'denied' | 'unknown';

/** What somebody may do with something. */
export interface Access {
  readonly principal: Principal;
  readonly action: string;
  /** The ARN, or that of something which belongs to what was asked about. */
  readonly resource: string;
  readonly answer: Answer;
  /** When it is allowed, if that takes more than asking: in one of these cases, each of which is several conditions at once. */
  readonly cases: readonly (readonly Proviso[])[];
  readonly deciding: Decision<Statement>['deciding'];
}

/** What it comes to: a request that may be made in such a way that it is allowed is allowed. */
export function answerOf({ answer, conditions }: Decision<Statement>): Pick<Access, 'answer' | 'cases'> {
  if (answer !== 'unknown') return { answer, cases: [] };
  const byRequest = conditions.filter(each => each.every(({ about }) => about === 'request'));
  return byRequest.length > 0 ? { answer: 'allowed', cases: byRequest } : { answer: 'unknown', cases: conditions };
}

/** Whether that takes no more than asking. */
export function isAllowed({ answer, cases }: Access): Verdict {
  if (answer === 'denied') return 'no';
  return answer === 'allowed' && cases.length === 0 ? 'yes' : 'unknown';
}
