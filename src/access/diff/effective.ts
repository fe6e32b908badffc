import { Standing } from './standing';
import { Version } from './version';
import { Excess, Widening, widenings } from './widening';
import { Resource } from '../../model/resource';
import { Identity } from '../principals/identity';

/** Where an identity stands towards a resource, and where it stood. */
export interface Standings {
  readonly now: Standing;
  readonly was: Standing;
}

/** Whose policies a widening is in. */
type Side = 'identity' | 'resource';

/** @param patterns the ARN of the resource, and of what belongs to it, as both versions have them */
export function standings(
  now: Version, was: Version, resource: Resource, patterns: readonly string[], after: Identity, before?: Identity,
): Standings {
  return { now: new Standing(now, after, resource, patterns), was: new Standing(was, before, resource, patterns) };
}

/**
 * What is left of a widening once all policies have their say, those of the identity and that of the resource: nothing, if what it allows was
 * allowed by another way. Of what nobody knows before deployment it is not sure.
 */
export function effective<W extends Widening>(widening: W, { now, was }: Standings, side: Side): readonly W[] {
  if (now.isSilent && was.isSilent) return [widening];
  if (now.isOpen || was.isOpen) return [{ ...widening, isSure: false }];
  const grants = side === 'identity' ? now.byIdentity(widening.statement) : now.byResource(widening.statement);
  const { free, gated, isWhole } = was.granted;
  const found = [...grants.free.flatMap(each => widenings(each, free)), ...grants.gated.flatMap(each => widenings(each, gated))];
  if (found.length === 0) return [];
  const sure = found.filter(({ isSure }) => isSure);
  const excess = once((sure.length > 0 ? sure : found).flatMap(each => each.excess));
  const isSure = sure.length > 0 && isWhole && excess.every(({ request }) => now.answerTo(request) !== 'denied' && was.answerTo(request) !== 'allowed');
  return [{ ...widening, isSure, excess }];
}

/** Each action with one request. */
export function once(excess: readonly Excess[]): readonly Excess[] {
  const told = new Set<string>();
  return excess.flatMap(({ actions, request }) => {
    const left = actions.filter(each => !told.has(each));
    left.forEach(each => told.add(each));
    return left.length === 0 ? [] : [{ actions: left, request }];
  });
}
