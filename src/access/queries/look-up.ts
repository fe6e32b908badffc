import { AskedResource, askedArn, askedResource } from './asked-resource';
import { hasSymbol } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { resourcesByArn } from '../names/resources-by-arn';
import { identities } from '../principals/identities';
import { Principal } from '../principals/principal';

/** What may be meant by a name: none, one, or several. */
export interface Found<T> {
  readonly meant: readonly T[];
  /** The construct paths of several, and where nothing is meant, those that might have been. */
  readonly candidates: readonly string[];
}

/** The resource that somebody names by its construct path, that of its L2, its logical id, or an ARN. */
export function lookUpResource(app: AppModel, given: string): Found<AskedResource> {
  if (given.startsWith('arn:') || given === '*') return { meant: [askedArn(app, asInApp(app, given))], candidates: [] };
  const found = named(given, [...resourcesByArn(app).values()]);
  return { ...found, meant: found.meant.map(each => askedResource(app, each)) };
}

/** Who is named: a role, a user, a function for its role, a service, an account, an ARN, or `*` for everybody. */
export function lookUpPrincipal(app: AppModel, given: string): Found<Principal> {
  if (given === '*') return one({ requester: { type: '*', id: '*' } });
  if (/^\d{12}$/.test(given)) return one({ requester: { type: 'AWS', id: `arn:aws:iam::${given}:root` } });
  if (given.startsWith('arn:')) {
    const id = asInApp(app, given);
    return one({ requester: { type: 'AWS', id }, identity: identities(app).byArn(id) });
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(given)) return one({ requester: { type: 'Service', id: given } });
  const { all, of } = identities(app);
  const found = named(given, [...new Set(all.flatMap(({ resource, functions }) => [...resource ? [resource] : [], ...functions]))]);
  // A function with one of several roles, by a condition of the template, is all of them.
  return { ...found, meant: found.meant.flatMap(resource => of(resource)).map(identity => ({ requester: identity.requester, identity })) };
}

function one<T>(meant: T): Found<T> {
  return { meant: [meant], candidates: [] };
}

/** Paths come first, then what an L2 is made of, then logical ids, which stacks share. */
export function named(given: string, known: readonly Resource[]): Found<Resource> {
  const below = known.filter(({ constructPath }) => constructPath.startsWith(`${given}/`));
  const attempts = [
    known.filter(({ constructPath }) => constructPath === given),
    below.filter(({ constructPath }) => ['Resource', 'Default'].includes(constructPath.slice(given.length + 1))),
    below,
    known.filter(({ logicalId }) => logicalId === given),
  ];
  const meant = attempts.find(each => each.length > 0) ?? [];
  const candidates = meant.length > 0 ? meant : known;
  return { meant: meant.length === 1 ? meant : [], candidates: candidates.map(String) };
}

/** An ARN with the account and region that the app has for it, if it is of a resource whose stack leaves them to deployment. */
function asInApp(app: AppModel, given: string): string {
  const written = given.replace(/^arn:aws-[a-z-]+:/, 'arn:aws:').split(':');
  const rest = written.slice(5).join(':');
  for (const arn of resourcesByArn(app).keys()) {
    const known = arn.split(':');
    const own = known.slice(5).join(':');
    const isOwner = rest === own || rest.startsWith(own) && /^[:/]/.test(rest.slice(own.length));
    const fits = [0, 1, 2, 3, 4].every(at => known[at] === written[at] || hasSymbol(known[at] ?? ''));
    if (isOwner && fits) return [...known.slice(0, 5), rest].join(':');
  }
  return written.join(':');
}
