import { Deciding } from '../../iam/evaluation/decision';
import { Statement } from '../../iam/statement';

/** A statement that has something to do with an answer, or that there is none. */
export interface DescribedStatement {
  /** The kind of policy: `identity policy`, `resource policy`, `permissions boundary`. */
  readonly policy: string;
  readonly does: 'allows' | 'denies' | 'misses';
  /** Whether it surely does, whatever deployment and the request make of it. */
  readonly isSure: boolean;
  /** Where it stands, or which policy of the organization it is; left out of policies that say nothing or that nobody knows. */
  readonly constructPath?: string;
  readonly property?: string;
  readonly text: string;
}

export function describeStatements(deciding: readonly Deciding<Statement>[]): readonly DescribedStatement[] {
  return deciding.filter(each => !isUnwritten(each)).map(({ layer, does, isSure, statement }) => {
    const origin = statement?.origin;
    return {
      policy: layer,
      does,
      isSure,
      ...origin ? { constructPath: String(origin.origin.resource), property: origin.at('Action') } : {},
      text: origin ? String(origin) : does === 'misses' ? `no ${layer} allows it` : `what the ${layer} says is not known`,
    };
  });
}

/** Whether it is the policy that AWS attaches to each level of an organization, which nobody gave. */
function isUnwritten({ layer, statement }: Deciding<Statement>): boolean {
  return layer === 'service control policy' && statement?.effect === 'Allow' && !statement.origin;
}
