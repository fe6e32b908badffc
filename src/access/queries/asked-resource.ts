import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { ARN_FORMATS } from '../names/arn-formats';
import { names } from '../names/names';
import { ownerOf } from '../names/resources-by-arn';
import { AccessStatement } from '../policies/given-statements';
import { resourcePolicyOf } from '../policies/resource-policies';

/** What somebody asks for access to. */
export interface AskedResource {
  /** Its ARN, with wildcards for what belongs to it, such as the objects of a bucket. */
  readonly patterns: readonly string[];
  /** The account that owns it, if anybody knows. */
  readonly account?: string;
  readonly policy: readonly AccessStatement[];
  /** Itself, or what it belongs to, if the app defines that. */
  readonly resource?: Resource;
}

/** A resource of the app, with all that belongs to it. */
export function askedResource(app: AppModel, resource: Resource): AskedResource {
  const arn = names(app).arnOf(resource);
  const format = ARN_FORMATS.get(resource.type);
  // Versions and aliases belong to their function.
  if (!format) return askedArn(app, arn);
  return asked(app, [arn, ...format.below.map(each => arn + each)], resource);
}

/** What an ARN names, be it in the app or not. */
export function askedArn(app: AppModel, arn: string): AskedResource {
  return asked(app, [arn], ownerOf(app, arn));
}

function asked(app: AppModel, patterns: readonly string[], resource: Resource | undefined): AskedResource {
  if (!resource) return { patterns, account: patterns[0].split(':')[4] || undefined, policy: [] };
  return { patterns, account: names(app).environments.account(resource.source), policy: resourcePolicyOf(app, resource), resource };
}
