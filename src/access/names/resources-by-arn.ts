import { ARN_FORMATS } from './arn-formats';
import { names } from './names';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';

/** The resources of an app that have an ARN of their own, by it. */
export const resourcesByArn = view((app): ReadonlyMap<string, Resource> =>
  new Map(app.resources.filter(({ type }) => ARN_FORMATS.has(type)).map(resource => [names(app).arnOf(resource), resource])));

/** The resource that has an ARN, or to which what has it belongs: the bucket of an object. */
export function ownerOf(app: AppModel, arn: string): Resource | undefined {
  return ownerAmong(resourcesByArn(app), arn);
}

/** The same among those whose ARNs are known. */
export function ownerAmong(known: ReadonlyMap<string, Resource>, arn: string): Resource | undefined {
  for (let end = arn.length; end > 0; end = Math.max(arn.lastIndexOf('/', end - 1), arn.lastIndexOf(':', end - 1))) {
    const found = known.get(arn.slice(0, end));
    if (found) return found;
  }
  return undefined;
}
