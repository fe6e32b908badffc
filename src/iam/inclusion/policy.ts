/**
 * Policies and requests as plain data, whatever they were read from.
 *
 * A name that only deployment gives to a resource is one character of the private use areas of Unicode, the same for the same resource:
 * equal to itself and to no text that somebody writes.
 */
export type Policy = readonly PolicyStatement[];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Chosen<string>;
  /** Left out where the policy stands on the resource, and is about nothing else. */
  readonly resources?: Chosen<string>;
  /** Left out in policies of identities. */
  readonly principals?: Chosen<PolicyPrincipal>;
  readonly conditions: readonly PolicyCondition[];
  /** Whether it knows policy variables, which came with version `2012-10-17` of the language; in older ones they are mere text. */
  readonly hasVariables: boolean;
}

/** What is named, or all but that, as in `NotAction`. */
export interface Chosen<T> {
  readonly named: readonly T[];
  readonly negated: boolean;
}

/** `Service` and `lambda.amazonaws.com`, say; of everybody both are `*`. */
export interface PolicyPrincipal {
  readonly type: string;
  readonly id: string;
}

export interface PolicyCondition {
  /** As written, with prefix and suffix: `ForAllValues:StringLike`, `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** An action that AWS has. */
export interface KnownAction {
  /** `sqs:SendMessage` */
  readonly name: string;
  /** The ARNs of what it can be about, such as `arn:*:sqs:*:*:*`; none if it is about no resource. */
  readonly resources: readonly string[];
}

/** One request, as far as policies ask about it. */
export interface AccessRequest {
  readonly action: string;
  /** `*` of actions that are about no resource. */
  readonly resource: string;
  /** Left out where no policy asks. */
  readonly principal?: PolicyPrincipal;
  /** By key in lower case; what isn't there is absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Whether a text has a name in it that only deployment gives. */
export function hasSymbol(text: string): boolean {
  return /[\p{Co}]/u.test(text);
}
