import { Candidate, contextOf } from './candidate';
import { elsewhere, everything, Gained } from './gained';
import { HOSTS } from './hosted-roles';
import { Host, Method, Target } from './method';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { ownerOf } from '../names/resources-by-arn';
import { Identity } from '../principals/identity';
import { askedArn } from '../queries/asked-resource';
import { instancesOf } from '../queries/instances';

const ROLE = 'iam::{account}:role/*';

/** Of what there may be more in an account than in an app. */
const IDENTITIES: Partial<Record<Target, string>> = { 'passed role': ROLE, 'role': ROLE, 'user': 'iam::{account}:user/*', 'group': 'iam::{account}:group/*' };

/** What else there may be in the account of an identity that a method can be tried on, as far as policies tell one name from another. */
export function otherCandidates(app: AppModel, method: Method, held: readonly Identity[]): readonly Candidate[] {
  const format = IDENTITIES[method.target] ?? HOSTS[method.target as Host]?.all;
  if (format === undefined) return [];
  const account = held[0].arn.split(':')[4] ?? '';
  const pattern = `arn:aws:${format.replace('{account}', account)}`;
  const stranger = names(app).stranger('any');
  return instancesOf([pattern], held.flatMap(identity => method.onTarget.flatMap(action => identity.about(action).identity.flat())), stranger)
    .filter(arn => ownerOf(app, arn) === undefined)
    .flatMap(arn => (method.services.length > 0 ? method.services : [undefined]).map((service): Candidate => {
      const isAny = resourcePart(arn) === resourcePart(pattern).replace('*', stranger);
      return {
        asked: { ...askedArn(app, arn), account },
        gained: gainedBy(method, isAny ? any(method.target, service) : named(method.target, names(app).shown(arn.replaceAll(stranger, '*')))),
        context: contextOf(method, undefined, service),
        isSure: isAny,
      };
    }));
}

function resourcePart(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

function gainedBy({ gain }: Method, what: string): Gained {
  return gain === 'everything' || gain === 'anything' ? everything() : elsewhere(what);
}

function any(target: Target, service: string | undefined): string {
  if (service !== undefined) return `any role of the account that ${service} may assume`;
  return isIdentity(target) ? `any ${target} of the account` : `the role of any ${target} of the account`;
}

function named(target: Target, arn: string): string {
  return isIdentity(target) ? arn : `the role of ${arn}`;
}

function isIdentity(target: Target): boolean {
  return IDENTITIES[target] !== undefined;
}
