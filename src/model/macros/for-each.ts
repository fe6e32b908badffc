import type { Scope } from '../scope';
import { isMap } from '../value';

/** A condition that no template declares: whether it is met is unknown. */
export const UNDECIDED = 'Fn::ForEach';

/**
 * A piece of a template with its loops unrolled. A loop over a collection that only deployment knows leaves its body once, with the
 * variable in its place, so that what doesn't depend on the variable is still checked.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function unrolled(raw: unknown, scope: Scope): unknown {
  return new Unrolling(scope).value(raw, {});
}

/** What loop variables stand for. */
type Variables = Readonly<Record<string, string>>;

const MOST_COPIES = 20_000;
const DEEPEST = 500;

class Unrolling {
  private copies = 0;
  private depth = 0;

  constructor(private readonly scope: Scope) {}

  public value(raw: unknown, variables: Variables): unknown {
    if (typeof raw === 'string') return substituted(raw, variables);
    if (typeof raw !== 'object' || raw === null || this.depth > DEEPEST) return raw;
    this.depth++;
    const result = Array.isArray(raw) ? raw.map(item => this.value(item, variables)) : this.map(raw as Record<string, unknown>, variables);
    this.depth--;
    return result;
  }

  private map(raw: Record<string, unknown>, variables: Variables): unknown {
    if (typeof raw.Ref === 'string' && Object.hasOwn(variables, raw.Ref) && Object.keys(raw).length === 1) return variables[raw.Ref];
    return Object.fromEntries(Object.entries(raw).flatMap(([key, below]) => key.startsWith('Fn::ForEach::')
      ? this.loop(below, variables)
      : [[substituted(key, variables), this.value(below, variables)]]));
  }

  /** What a loop puts into the map it stands in. */
  private loop(raw: unknown, variables: Variables): [string, unknown][] {
    const [identifier, collection, body] = Array.isArray(raw) ? raw : [];
    if (typeof identifier !== 'string' || !isMap(body)) return [];
    const items = this.items(this.value(collection, variables));
    if (!items) return entriesOf(this.value(body, variables)).map(([key, below]) => [key, undecided(below)]);
    return items.flatMap(item => ++this.copies > MOST_COPIES ? [] : entriesOf(this.value(body, { ...variables, [identifier]: item })));
  }

  private items(collection: unknown): string[] | undefined {
    const value = this.scope.read(collection);
    if (!Array.isArray(value.literal)) return undefined;
    const texts = value.items.map(item => item.text);
    return texts.includes(undefined) ? undefined : texts as string[];
  }
}

/** `${Name}` is what the variable stands for; `&{Name}` the same without what a logical id may not have. */
function substituted(text: string, variables: Variables): string {
  if (!text.includes('{')) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign, name) => {
    if (!Object.hasOwn(variables, name)) return whole;
    return sign === '&' ? variables[name].replace(/[^A-Za-z0-9]/g, '') : variables[name];
  });
}

function entriesOf(raw: unknown): [string, unknown][] {
  return isMap(raw) ? Object.entries(raw) : [];
}

function undecided(resource: unknown): unknown {
  return isMap(resource) && typeof resource.Type === 'string' && resource.Condition === undefined ? { ...resource, Condition: UNDECIDED } : resource;
}
