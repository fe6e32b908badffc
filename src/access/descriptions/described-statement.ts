import { Deciding } from '../../iam/evaluation/decision';
import { Statement } from '../../iam/statement';

/** A statement that has something to do with an answer, or that there is none. */
export interface DescribedStatement {
  /** The kind of policy: `identity policy`, `resource policy`, `permissions boundary`. */
  readonly policy: string;
  readonly does: 'allows' | 'denies' | 'misses';
  /** Whether it surely does, whatever deployment and the request make of it. */
  readonly isSure: boolean;
  /** Where it stands; left out of policies that say nothing or are not of the app. */
  readonly constructPath?: string;
  readonly property?: string;
  readonly text: string;
}

export function describeStatements(deciding: readonly Deciding<Statement>[]): readonly DescribedStatement[] {
  return deciding.map(({ layer, does, isSure, statement }) => {
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
