import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { functionsNamed } from '../model/lambda/function-of';
import { Resource } from '../model/resource';
import { all, Verdict } from '../model/verdict';

/** A function of the app that a statement names as one to be invoked. */
export interface Invocation {
  readonly callee: Resource;
  /** Unknown if a condition of the template decides on it. */
  readonly certain: Verdict;
}

/** The functions that a statement allows to invoke, each once. Of a statement that names none in particular nothing is said. */
export function mayInvoke(app: AppModel, statement: Statement): readonly Invocation[] {
  const granted = all([statement.allows, statement.concerns('lambda:InvokeFunction')]);
  if (granted === 'no' || statement.resources.negated) return [];
  const found = new Map<Resource, Invocation>();
  const { value } = statement.resources;
  for (const item of value.items) {
    const certain = all([granted, value.branches.length > 1 || item.branches.length > 1 ? 'unknown' : 'yes']);
    for (const { fn } of functionsNamed(app, item)) if (!found.has(fn)) found.set(fn, { callee: fn, certain });
  }
  return [...found.values()];
}
