import { AccessChange } from './access-change';
import { describePlace } from './described-change';
import { Versions } from './versions';
import { DescribedPrincipal } from '../descriptions/described-principal';
import { AccessEdge } from '../graph/access-edge';
import { entries } from '../graph/entries';

export const INTERNET: DescribedPrincipal = { kind: 'everybody', name: 'everybody', functions: [] };

/** Routes and URLs that everybody on the internet can call, and could not. What policies open is seen there. */
export function newExposures({ before, after, counterparts }: Versions): readonly AccessChange[] {
  const calls = (all: readonly AccessEdge[]) => all.filter(({ kind }) => kind === 'calls');
  const known = calls(entries(before));
  return calls(entries(after)).flatMap(edge => {
    const older = edge.to.resource && counterparts.of(edge.to.resource);
    const was = known.filter(({ to, actions }) => older && to.resource === older && actions.join() === edge.actions.join());
    if (was.some(({ answer }) => answer === edge.answer || answer === 'allowed')) return [];
    const [first, ...more] = edge.reasons;
    return [{
      kind: 'public' as const,
      isSure: edge.answer === 'allowed' && was.length === 0,
      principals: [INTERNET],
      actions: edge.actions,
      resources: [edge.to.name],
      now: [first, ...more].map(({ resource, property, text }) => describePlace(resource, property, text)),
      before: was.flatMap(({ reasons }) => reasons.slice(0, 1)).map(({ resource, property, text }) => describePlace(resource, property, text)),
    }];
  });
}
