import { Statement } from '../../iam/statement';
import { Scope } from '../../model/scope';
import { Value } from '../../model/value';

/** What deployment decides on about a statement, and by what: the same text where the same is decided in the same way. */
export function undecidedIn({ origin: { resource, property }, actions, resources, named }: Statement): string {
  return JSON.stringify([
    resource.attribute('Condition').text,
    conditionsOf(resource.scope),
    ...pathsTo(property).map(path => resource.get(path)).filter(({ kind }) => kind === 'either').map(written),
    ...[actions.value, resources.value, named.principals].map(undecidedParts),
  ]);
}

/** The parts of an element that deployment decides on. */
function undecidedParts(element: Value): unknown {
  if (element.kind === 'either') return written(element);
  return element.items.filter(({ kind }) => kind === 'either' || kind === 'unknown').map(each => JSON.stringify(written(each))).sort();
}

function pathsTo(property: string): readonly string[] {
  const names = property.split('.');
  return names.map((_, at) => names.slice(0, at + 1).join('.'));
}

/** A value with what decides on its parts. */
function written(value: Value): unknown {
  switch (value.kind) {
    case 'either': return [value.why, value.branches.map(written)];
    case 'reference': return `${value.target} ${value.attribute}`;
    case 'known': return value.text ?? (Array.isArray(value.literal) ? value.items.map(written) : value.entries.map(([name, each]) => [name, written(each)]));
    case 'unknown': return value.parts.length > 0 ? value.parts.map(part => typeof part === 'string' ? part : written(part)) : value.why;
    case 'absent': return null;
  }
}

const known = new WeakMap<Scope, unknown>();

function conditionsOf(scope: Scope): unknown {
  const found = known.get(scope) ?? Object.entries(scope.section('Conditions')).sort(([one], [other]) => one < other ? -1 : 1);
  known.set(scope, found);
  return found;
}
