import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** The function that a value names, if it is one of the app: by name, ARN, version or alias, also within a longer text. */
export function functionOf(value: Value): Resource | undefined {
  return functionBehind(value.targets[0])?.fn;
}

/** A function, and the version or alias by which it was named. */
export interface NamedFunction {
  readonly fn: Resource;
  readonly qualifier?: Resource;
}

/** The functions that a value may name, in any branch, also by the physical name that their template gives them. */
export function functionsNamed(app: AppModel, value: Value): readonly NamedFunction[] {
  if (value.kind === 'absent') return [];
  // What nearly all of them are.
  if (value.kind === 'reference') {
    const named = functionBehind(value.target);
    return named ? [named] : [];
  }
  const referenced = [...new Set(value.targets)].flatMap(target => functionBehind(target) ?? []);
  if (referenced.length > 0) return referenced;
  const found = value.branches.flatMap(branch => byName(app).get(nameIn(branch) ?? ''));
  // Stages repeat names, and a name alone doesn't tell whose is meant.
  return found.length === 1 ? [{ fn: found[0] }] : [];
}

/** A version or alias of the app leads to its function; a few steps are enough, and circles end. */
function functionBehind(target: Resource | undefined): NamedFunction | undefined {
  let fn = target;
  for (let step = 0; step < 3 && fn !== undefined; step++) {
    if (fn.type === 'AWS::Lambda::Function') return fn === target ? { fn } : { fn, qualifier: target };
    fn = fn.type === 'AWS::Lambda::Alias' || fn.type === 'AWS::Lambda::Version' ? fn.get('FunctionName').targets[0] : undefined;
  }
  return undefined;
}

const byName = view(app => {
  const functions = new Multimap<string, Resource>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const name = fn.get('FunctionName').text;
    if (name) functions.add(name, fn);
  }
  return functions;
});

/** The name in an ARN, whose account and region may be unknown, or the name that stands alone. */
function nameIn(value: Value): string | undefined {
  const text = value.isKnown ? value.text ?? '' : value.parts.map(String).join('');
  return /(?:^|:function:)([\w-]+)(?::[\w$-]+)?(?:$|\/invocations$)/.exec(text)?.[1];
}
