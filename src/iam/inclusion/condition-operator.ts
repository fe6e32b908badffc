/** What an operator compares. */
export type Comparison = 'text' | 'pattern' | 'arn' | 'number' | 'date' | 'boolean' | 'address' | 'null';

/**
 * An operator of a condition, taken apart.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface ConditionOperator {
  readonly compares: Comparison;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  /** Whether policy variables can stand in what it compares with. */
  readonly hasVariables: boolean;
  /** How values are ordered: `LessThanEquals`; `Equals` for all but numbers and dates. */
  readonly relation: string;
  readonly ifExists: boolean;
  /** Whether all values of a key must pass, or one of them; undefined for keys that have but one. */
  readonly quantifier?: 'all' | 'any';
}

const OPERATOR = new RegExp('^(?:For(All|Any)Values?:)?(?:'
  + '(?<string>String)(?<notString>Not)?(?<how>EqualsIgnoreCase|Equals|Like)|(?<arn>Arn)(?<notArn>Not)?(?:Equals|Like)'
  + '|(?<ordered>Numeric|Date)(?<relation>NotEquals|Equals|LessThanEquals|LessThan|GreaterThanEquals|GreaterThan)'
  + '|(?<bool>Bool)|(?<binary>BinaryEquals)|(?<notIp>Not)?(?<ip>IpAddress)|(?<null>Null))(?<ifExists>IfExists)?$');

/** An operator by its name; undefined if there is none of that name. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const found = OPERATOR.exec(name);
  if (!found || name.startsWith('ForAllValue:') || name.startsWith('ForAnyValues:')) return undefined;
  const named = found.groups as Record<string, string | undefined>;
  if (named.null && (named.ifExists || found[1])) return undefined;
  return {
    compares: comparison(named),
    negated: [named.notString, named.notArn, named.notIp].includes('Not') || named.relation === 'NotEquals',
    ignoreCase: named.how === 'EqualsIgnoreCase',
    hasVariables: (named.string ?? named.arn ?? named.bool) !== undefined,
    relation: named.relation?.replace('Not', '') ?? 'Equals',
    ifExists: named.ifExists !== undefined,
    quantifier: found[1]?.toLowerCase() as 'all' | 'any' | undefined,
  };
}

function comparison({ string, how, arn, ordered, bool, binary, ip }: Record<string, string | undefined>): Comparison {
  if (string) return how === 'Like' ? 'pattern' : 'text';
  if (arn) return 'arn';
  if (ordered) return ordered === 'Date' ? 'date' : 'number';
  if (bool) return 'boolean';
  return binary ? 'text' : ip ? 'address' : 'null';
}
