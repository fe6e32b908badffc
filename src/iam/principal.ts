import { isMap, Value } from '../model/value';

/** Whom a statement grants something. */
export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for everybody, whatever type. */
  readonly type: string;
  readonly value: Value;
}

/** The principals of one branch of a `Principal` element, lists not yet taken apart. */
export function principalsOf(element: Value): readonly Principal[] {
  if (element.kind === 'absent') return [];
  return isMap(element.literal) ? element.entries.map(([type, value]) => ({ type, value })) : [{ type: '*', value: element }];
}

/** The service of a principal such as `s3.amazonaws.com`, `states.eu-west-1.amazonaws.com` or `lambda.${AWS::URLSuffix}`. */
export function serviceOf(value: Value): string | undefined {
  const text = String(value);
  return SERVICE.test(text) ? text.slice(0, text.indexOf('.')) : undefined;
}

const SERVICE = /^[a-z0-9-]+\.[^.]/;

/** The account in a principal that is one, or an ARN of one: `123456789012`, `arn:aws:iam::123456789012:root`. */
export function accountOf(value: Value): string | undefined {
  const { text } = value;
  return text === undefined ? undefined : /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(text)?.[1];
}
