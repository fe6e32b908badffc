import { jsonString } from './json-string';
import type { Scope } from './scope';
import { joined, splitAt } from './text';
import { isMap, isScalar, Part, Value } from './value';

/** Reads the argument of an intrinsic function. */
type Intrinsic = (argument: unknown, scope: Scope) => Value;

/** The intrinsic function that `raw` is, if it is one: a map with that single key. */
export function intrinsicOf(raw: object): string | undefined {
  if (Array.isArray(raw)) return undefined;
  let name: string | undefined;
  for (const key in raw) {
    // Most maps aren't intrinsics, and their first key tells.
    if (name !== undefined || (key !== 'Ref' && !key.startsWith('Fn::'))) return undefined;
    name = key;
  }
  return name;
}

/** What an intrinsic function gives; those that only CloudFormation can compute are unknown. */
export function readIntrinsic(name: string, argument: unknown, scope: Scope): Value {
  return INTRINSICS[name]?.(argument, scope) ?? Value.unknown(name);
}

/** The JSON of the argument of a `Fn::Join` of nothing but texts and pseudo parameters, as ARNs of AWS are: it is the same wherever it stands in a stack. */
export function sameInStack(name: string, argument: unknown): string | undefined {
  if (name !== 'Fn::Join' || !Array.isArray(argument) || !Array.isArray(argument[1]) || argument[1].length > LONGEST_SAME) return undefined;
  for (const part of argument[1]) {
    if (typeof part !== 'string' && !(isMap(part) && typeof part.Ref === 'string' && part.Ref.startsWith('AWS::'))) return undefined;
  }
  return JSON.stringify(argument);
}

const LONGEST_SAME = 20;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const INTRINSICS: Record<string, Intrinsic> = {
  'Ref': (argument, scope) => byName(argument, scope, 'Ref', name => scope.ref(name)),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::FindInMap': findInMap,
  'Fn::If': conditional,
  'Fn::ImportValue': (argument, scope) => scope.directory.exported(scope.read(argument), scope.source),
  'Fn::GetStackOutput': getStackOutput,
  // Read as what is encoded, since that is what somebody wrote.
  'Fn::Base64': (argument, scope) => scope.read(argument),
  'Fn::ToJsonString': jsonString,
  'Fn::Length': (argument, scope) => {
    const list = scope.read(argument);
    return Array.isArray(list.literal) ? Value.known(list.items.length) : Value.unknown('Fn::Length');
  },
};

function getAtt(argument: unknown, scope: Scope): Value {
  const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  if (attribute.length === 0) return Value.unknown('Fn::GetAtt');
  const names = attribute.map(part => isScalar(part) ? String(part) : scope.read(part).text);
  return byName(logicalId, scope, 'Fn::GetAtt', name =>
    names.includes(undefined) ? Value.unknown(`${name}.?`) : scope.attribute(name, names.join('.')));
}

/** What `read` makes of a name, which the language extensions allow to be computed. */
function byName(argument: unknown, scope: Scope, why: string, read: (name: string) => Value): Value {
  const name = typeof argument === 'string' ? argument : isMap(argument) ? scope.read(argument).text : undefined;
  return name === undefined ? Value.unknown(why) : read(name);
}

function sub(argument: unknown, scope: Scope): Value {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== 'string') return Value.unknown('Fn::Sub');
  const named = isMap(variables) ? variables : {};
  const pieces = template.split(/\$\{([^}]*)\}/);
  return joined('', pieces.map((piece, index): Part => {
    if (index % 2 === 0) return piece;
    const name = piece.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(named, name)) return scope.read(named[name]);
    return name.includes('.') ? getAtt(name, scope) : scope.ref(name);
  }));
}

function join(argument: unknown, scope: Scope): Value {
  const [separator, list] = Array.isArray(argument) ? argument : [];
  if (typeof separator !== 'string') return Value.unknown('Fn::Join');
  // Texts as they stand there need no values of their own.
  if (Array.isArray(list)) return joined(separator, partsOf(list, scope));
  const values = scope.read(list);
  return Value.either(values.branches.map(branch =>
    branch.kind === 'absent' ? Value.unknown('Fn::Join') : joined(separator, branch.items)), values.why ?? 'Fn::Join');
}

function partsOf(list: readonly unknown[], scope: Scope): readonly Part[] {
  const parts: Part[] = [];
  for (const raw of list) {
    const part = typeof raw === 'string' ? raw : scope.read(raw);
    if (typeof part === 'string' || part.kind !== 'absent') parts.push(part);
  }
  return parts;
}

function split(argument: unknown, scope: Scope): Value {
  const [separator, source] = Array.isArray(argument) ? argument : [];
  if (typeof separator !== 'string' || separator === '') return Value.unknown('Fn::Split');
  const text = scope.read(source);
  return Value.either(text.branches.map(branch => splitAt(separator, branch, scope) ?? Value.unknown('Fn::Split')), text.why ?? 'Fn::Split');
}

function select(argument: unknown, scope: Scope): Value {
  const [position, list] = Array.isArray(argument) ? argument : [];
  const index = scope.read(position).number;
  if (index === undefined) return Value.unknown('Fn::Select');
  // Which zones a region has isn't known, yet the first and the second of them are two.
  if (isMap(list) && 'Fn::GetAZs' in list) return Value.unknown(`availability zone ${index + 1}`);
  const values = splitReference(list, scope) ?? scope.read(list);
  return Value.either(values.branches.map(branch => {
    if (branch.kind === 'reference') return branch.target!.reference(`${branch.attribute}[${index}]`);
    // What isn't there fails the deployment, and is not the same as a property that isn't set.
    return Array.isArray(branch.literal) && index in branch.literal ? branch.get(String(index)) : Value.unknown('Fn::Select');
  }), values.why ?? 'Fn::Select');
}

/** The reference that is split into pieces, such as an ARN of which one is selected. */
function splitReference(list: unknown, scope: Scope): Value | undefined {
  if (!isMap(list) || !Array.isArray(list['Fn::Split'])) return undefined;
  const source = scope.read(list['Fn::Split'][1]);
  return source.kind === 'reference' ? source : undefined;
}

function findInMap(argument: unknown, scope: Scope): Value {
  const [name, first, second, options] = Array.isArray(argument) ? argument : [];
  const mapping = scope.section('Mappings')[scope.read(name).text ?? ''];
  const keys = [scope.read(first), scope.read(second)];
  // Mappings hold no functions.
  const found = keys.reduce(below, [mapping] as readonly unknown[]).map(raw => Value.known(raw));
  const certain = found.length > 0 && keys.every(key => key.isKnown);
  if (!certain && isMap(options) && 'DefaultValue' in options) found.push(scope.read(options.DefaultValue));
  return Value.either(found, 'Fn::FindInMap');
}

/** What stands below a key in each of `maps`; below any key where it isn't known. */
function below(maps: readonly unknown[], key: Value): readonly unknown[] {
  const keys = key.branches.map(branch => branch.text);
  return maps.filter(isMap).flatMap(map => (keys.includes(undefined) ? Object.keys(map).sort() : keys as string[])
    .flatMap(text => Object.hasOwn(map, text) ? [map[text]] : []));
}

function conditional(argument: unknown, scope: Scope): Value {
  const [condition, then, otherwise] = Array.isArray(argument) ? argument : [];
  if (typeof condition !== 'string') return Value.unknown('Fn::If');
  switch (scope.condition(condition)) {
    case 'yes': return scope.read(then);
    case 'no': return scope.read(otherwise);
    case 'unknown': return Value.either([scope.read(then), scope.read(otherwise)], `condition ${condition}`);
  }
}

function getStackOutput(argument: unknown, scope: Scope): Value {
  if (!isMap(argument)) return Value.unknown('Fn::GetStackOutput');
  const [stackName, output, region] = [argument.StackName, argument.OutputName, argument.Region].map(raw => scope.read(raw).text);
  if (!stackName || !output) return Value.unknown('Fn::GetStackOutput');
  return scope.directory.stackOutput(stackName, output, region, scope.source);
}
