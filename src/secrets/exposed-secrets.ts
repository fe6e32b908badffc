import { findCredential, isReference, masked, promised } from './credentials';
import { givesSecret } from './secret-attributes';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { isMap, Value } from '../model/value';
import { Verdict } from '../model/verdict';

/** What is known of a property that anybody can read who may read the configuration of the resource. */
export interface Exposure {
  readonly resource: Resource;
  readonly property: string;
  /** Whether no secret stands there. */
  readonly holds: Verdict;
  /** What a report may show of it. */
  readonly value?: string;
  /** What stands there: "`ghp_... (40 characters)` looks like a GitHub token". */
  readonly what: string;
}

interface Fault {
  readonly property: string;
  readonly shown: string;
  readonly what: string;
  /** Whether it is a secret, and not only may be one. */
  readonly certain: boolean;
  /** Whether it stands in the template already, whatever conditions come to. */
  readonly written: boolean;
}

/** Deeper than any configuration. */
const DEEPEST = 50;

/**
 * What lies open at a path of a resource and below it: each secret, or the one statement that there is none.
 *
 * CloudFormation fetches what a dynamic reference names once, at deployment, and stores it in the configuration in plain text.
 *
 * @param name what the value is called, where the last key of the path says nothing
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function exposedSecrets(resource: Resource, path: string, name: string = path.split('.').at(-1)!): readonly Exposure[] {
  const exposed = faults(resource.get(path), [path], name).map(({ property, shown, what, certain }): Exposure =>
    ({ resource, property, holds: certain ? 'no' : 'unknown', value: shown, what: `\`${shown}\` ${what}` }));
  return exposed.length > 0 ? exposed : [{ resource, property: path, holds: 'yes', what: '' }];
}

/** An exposure with the message of a rule. */
export interface ReportedExposure extends Exposure {
  readonly message: () => string;
}

/** What lies open in certain properties of certain types of resources, where they are set. */
export function* secretsIn(
  app: AppModel, places: readonly (readonly [type: string, property: string])[], expected: string,
): Iterable<ReportedExposure> {
  for (const [type, property] of places) {
    for (const resource of app.ofType(type)) {
      if (resource.get(property).isSet === 'no') continue;
      for (const exposure of exposedSecrets(resource, property)) yield { ...exposure, message: () => `${exposure.what}, expected ${expected}` };
    }
  }
}

/** @param keys where the value stands: put together for what is found alone, since most values are in order */
function faults(value: Value, keys: string[], name: string, depth = 0, found: Fault[] = []): readonly Fault[] {
  if (depth > DEEPEST) return found;
  const below = (key: string, inner: Value, called: string) => {
    keys.push(key);
    faults(inner, keys, called, depth + 1, found);
    keys.pop();
  };
  if (value.kind === 'either') {
    const each = value.branches.map(branch => faults(branch, keys, name, depth + 1));
    const always = each.every(({ length }) => length > 0);
    for (const fault of each.flat()) found.push({ ...fault, certain: fault.certain && (always || fault.written) });
  } else if (Array.isArray(value.literal)) {
    for (let index = 0; index < value.literal.length; index++) below(String(index), value.get(String(index)), name);
  } else if (isMap(value.literal)) {
    // Some lists have variables as `{ Key, Value }`.
    const label = value.mayHave('Key') ? value.get('Key').text : undefined;
    for (const [key, inner] of value.entries) below(key, inner, key === 'Value' && label ? label : key);
  } else {
    for (const fault of faultsOf(value, name)) found.push({ ...fault, property: keys.join('.') });
  }
  return found;
}

/** What is wrong with a text, or with what stands for one. */
function faultsOf(value: Value, name: string): readonly Found[] {
  if (value.kind === 'reference') return derivedFrom(value);
  const surely = [...fetched(value, name), ...derived(value), ...written(textOf(value).replace(DYNAMIC_REFERENCE, '${}'), name)];
  return surely.length > 0 ? surely : onlyPromised(value, name);
}

const DYNAMIC_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure|ssm):.*?\}{2,}/g;

type Found = Omit<Fault, 'property'>;

/** A text with `${}` in place of what is known at deployment only. */
function textOf({ text, parts }: Value): string {
  return text ?? parts.map(part => typeof part === 'string' ? part : '${}').join('');
}

/** A plain parameter (`ssm`) is no secret unless the name of the variable says so; what it holds is for its own resource to answer. */
function fetched(value: Value, name: string): readonly Found[] {
  const shown = String(value);
  if (!shown.includes('{{resolve:')) return NOTHING;
  return [...shown.matchAll(DYNAMIC_REFERENCE)].filter(([, service]) => service !== 'ssm' || promised(name)).map(([reference, service]) =>
    ({ shown: reference, what: 'is fetched at deployment and stored in plain text', certain: service !== 'ssm' || promised(name) === 'password', written: false }));
}

function derived(value: Value): readonly Found[] {
  if (value.isKnown) return NOTHING;
  return [value, ...value.parts].flatMap(part => typeof part === 'string' ? NOTHING : derivedFrom(part));
}

function derivedFrom(value: Value): readonly Found[] {
  const found: Found[] = [];
  if (value.isHidden) found.push({ shown: String(value), what: 'has `NoEcho` and is stored in plain text', certain: true, written: false });
  const secret = givesSecret(value);
  if (secret === 'no') return found;
  found.push({
    shown: String(value),
    certain: secret === 'yes',
    written: false,
    what: secret === 'yes' ? 'is a secret that is stored in plain text' : 'may be the secret that its name promises',
  });
  return found;
}

/** What looks like a credential; of a JSON document, in any of its texts. */
function written(text: string, name: string, depth = 0): readonly Found[] {
  if (text === '' || text === '${}') return NOTHING;
  const document = depth < 2 ? parsed(text) : undefined;
  if (document !== undefined) return [...leaves(document, name)].flatMap(([key, leaf]) => written(leaf, key, depth + 1));
  const kind = findCredential(name, text);
  return kind ? [{ shown: masked(text), what: `looks like ${kind}`, certain: true, written: true }] : NOTHING;
}

function onlyPromised(value: Value, name: string): readonly Found[] {
  const promise = promised(name);
  if (!promise) return NOTHING;
  if (value.kind === 'unknown' && value.parts.length === 0) {
    return [{ shown: String(value), what: `is known at deployment only, and its name promises a ${promise}`, certain: false, written: false }];
  }
  const isPassword = promise === 'password' && value.text && !isReference(value.text) && !PLACEHOLDER.test(value.text);
  return isPassword ? [{ shown: masked(value.text!), what: 'may be the password that its name promises', certain: false, written: true }] : NOTHING;
}

const NOTHING: readonly Found[] = [];

/** What a name of a secret or a switch looks like, or a text that something else fills in later. */
const PLACEHOLDER = /^[$<{%*[]|\/|^(?:true|false|null|none)$/i;

/** A JSON document, if a text is one; what is known at deployment only may stand within a text or for one. */
function parsed(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  for (const json of [text, text.replace(/(?<=[:,[]\s*)\$\{\}/g, 'null')]) {
    try {
      return JSON.parse(json);
    } catch {
      // Not JSON, or not without what is known at deployment only: looked at as a text.
    }
  }
  return undefined;
}

/** All texts in a document, each with the key that it stands under. */
function* leaves(document: unknown, key: string, depth = 0): Iterable<readonly [string, string]> {
  if (typeof document === 'string') yield [key, document];
  if (typeof document !== 'object' || document === null || depth > DEEPEST) return;
  for (const [own, inner] of Object.entries(document)) yield* leaves(inner, Array.isArray(document) ? key : own, depth + 1);
}
