import { arnOf } from './arn';
import { LONGEST_PATTERN, matches } from './pattern';
import { Value } from '../model/value';
import { Verdict, verdict } from '../model/verdict';

/** ARNs that have nothing in common: what matches all of them says nothing about the resource. */
const UNRELATED = ['arn:aws:s3:::7', 'arn:aws:lambda:eu-west-1:111122223333:function:b', 'arn:aws:iam::444455556666:role/x/y'];

/** Whether a resource of a statement stands for all resources of all services, as `*` and `arn:aws:*` do. */
export function isEverything(resource: Value): Verdict {
  // What most statements name.
  const [first] = resource.parts;
  if (resource.kind === 'reference' || first !== undefined && typeof first !== 'string' && first.kind === 'reference') return 'no';
  const pattern = patternOf(resource);
  if (pattern !== undefined && !pattern.includes('*')) return 'no';
  if (pattern !== undefined) return verdict(UNRELATED.every(arn => matches(pattern, arn)));
  // What begins with the ARN of a resource, or with a service as `arn:aws:s3:::${Bucket}` does, leaves things out whatever it goes on with.
  const isNarrow = typeof first === 'string' && /^\w/.test(arnOf(resource)?.service ?? '');
  return resource.kind !== 'unknown' || isNarrow ? 'no' : 'unknown';
}

/**
 * Whether a resource of a statement names none in particular, but all, or all of a type: `*`, `arn:aws:s3:::*`,
 * `arn:aws:dynamodb:eu-west-1:123456789012:table/*`.
 */
export function isUnnamed(resource: Value): Verdict {
  if (resource.kind === 'reference' || resource.kind === 'absent') return 'no';
  const everything = isEverything(resource);
  const arn = arnOf(resource);
  if (everything !== 'no' || !arn) return everything;
  return verdict(WILDCARDS.test(arn.resource) || !NAMES_FIRST.has(arn.service ?? '') && ALL_OF_A_TYPE.test(arn.resource));
}

const WILDCARDS = /^[*?:/]+$/;
const ALL_OF_A_TYPE = /^[A-Za-z-]+[:/][*?:/]+$/;

/** Services whose resources have no type before the name, so that `bucket/*` is one bucket. */
const NAMES_FIRST = new Set(['s3', 'sqs', 'sns', 'execute-api', 'codecommit']);

/** The whole text, where no more than the partition is left to deployment. */
function patternOf(resource: Value): string | undefined {
  const parts = resource.text === undefined ? resource.parts : [resource.text];
  const known = parts.map(part => typeof part === 'string' ? part : part.why === 'AWS::Partition' ? 'aws' : undefined);
  const pattern = parts.length === 0 || known.includes(undefined) ? undefined : known.join('');
  return pattern !== undefined && pattern.length <= LONGEST_PATTERN ? pattern : undefined;
}
