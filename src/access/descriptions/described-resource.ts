import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { ownerOf } from '../names/resources-by-arn';

/** A resource as reports name it. */
export interface DescribedResource {
  /** The construct path of what the app defines, with what follows for things that belong to it; else the ARN. */
  readonly name: string;
  readonly arn: string;
}

export function describeResource(app: AppModel, arn: string): DescribedResource {
  const all = names(app);
  const shown = all.shown(arn.replaceAll(all.stranger('any'), '*'));
  const owner = ownerOf(app, arn);
  if (!owner) return { name: shown, arn: shown };
  const below = arn.slice(all.arnOf(owner).length).replaceAll(all.stranger('any'), '*');
  return { name: `${owner}${all.shown(below)}`, arn: shown };
}
