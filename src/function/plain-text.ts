import { CfnParameter, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { findCredential, masked } from '../secrets/credentials';

/** A value that lies open in the configuration of a function and should not. */
export interface PlainText {
  /** The value, of a credential no more than is needed to find it. */
  readonly given: string;
  /** What is wrong with it. */
  readonly what: string;
}

/** How CloudFormation is told to fetch a value while it deploys. */
const DYNAMIC_REFERENCE = '{{resolve:';

/**
 * What a variable would show to whoever may read the function's configuration, if that is a secret.
 *
 * CloudFormation fetches a secret once, at deployment, and stores it in the configuration: anybody with
 * `lambda:GetFunctionConfiguration` reads it, and a rotation breaks the function.
 *
 * @param value as the template has it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function findPlainText(scope: IConstruct, name: string, value: unknown): PlainText | undefined {
  const texts = textsOf(value);
  const fetched = texts.find(text => text.includes(DYNAMIC_REFERENCE));
  if (fetched) return { given: fetched, what: 'is fetched at deployment and put in plain text into the function\'s configuration' };
  const hidden = hiddenParameter(scope, value);
  if (hidden) return { given: hidden, what: 'is a parameter with `NoEcho`, which is put in plain text into the function\'s configuration' };
  for (const text of texts) {
    const kind = findCredential(name, text);
    if (kind) return { given: masked(text), what: `looks like ${kind}` };
  }
  return undefined;
}

/** All texts in a rendered value, in whatever intrinsic function they are; `${}` stands for what is known at deployment only. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::FindInMap'].includes(key)) return [];
    if (key === 'Fn::Join') return joined(inner[0], inner[1]);
    return textsOf(inner);
  });
}

function joined(separator: string, parts: unknown): string[] {
  if (!Array.isArray(parts)) return [];
  const whole = parts.map(part => typeof part === 'string' ? part : '${}').join(separator);
  return [whole, ...parts.filter(part => typeof part !== 'string').flatMap(textsOf)];
}

/** Parameters of the app itself sit right below their stack, under their logical id. */
function hiddenParameter(scope: IConstruct, value: unknown): string | undefined {
  const id = (value as { Ref?: unknown } | undefined)?.Ref;
  if (typeof id !== 'string') return undefined;
  const parameter = Stack.of(scope).node.tryFindChild(id) as Partial<CfnParameter> | undefined;
  return parameter?.noEcho === true ? id : undefined;
}
