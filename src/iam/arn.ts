import { Part, Value } from '../model/value';

/** The segments of an ARN; undefined where only deployment knows one, as in env-agnostic stacks. */
export interface Arn {
  readonly partition?: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  /** What comes after the fifth colon, `${...}` for what isn't known of it. */
  readonly resource: string;
}

/** The segments of a text that is known to be an ARN, however it is put together. Not of a reference, whose target tells more. */
export function arnOf(value: Value): Arn | undefined {
  const parts: readonly Part[] = value.text === undefined ? value.parts : [value.text];
  const segments: (string | undefined)[] = [''];
  for (const part of parts) {
    const last = segments.length - 1;
    if (last === RESOURCE) segments[last] += String(part);
    else if (typeof part === 'string') append(segments, part);
    // A single segment, if any: what stands before the resource is a pseudo parameter or the like, and has no colons.
    else segments[last] = undefined;
  }
  const [scheme, partition, service, region, account, resource] = segments;
  return scheme === 'arn' && resource !== undefined ? { partition, service, region, account, resource } : undefined;
}

const RESOURCE = 5;

function append(segments: (string | undefined)[], text: string): void {
  const [first, ...more] = text.split(':');
  const last = segments.length - 1;
  // Beside what isn't known, the segment stays unknown.
  if (first !== '' && segments[last] !== undefined) segments[last] += first;
  segments.push(...more.slice(0, RESOURCE - last));
  if (more.length > RESOURCE - last) segments[RESOURCE] = more.slice(RESOURCE - last - 1).join(':');
}
