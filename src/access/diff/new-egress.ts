import { AccessChange, DescribedPlace } from './access-change';
import { describePlace } from './described-change';
import { Versions } from './versions';
import { any } from '../../model/verdict';
import { Reach, reach } from '../../network/reach';
import { Way } from '../../network/way';

/** Code that can open connections to the internet, and could not. */
export function newEgress({ before, after, counterparts }: Versions): readonly AccessChange[] {
  return [...reach(after)].flatMap(([compute, now]) => {
    const older = counterparts.of(compute);
    const was = older && reach(before).get(older);
    const [open, wasOpen] = [openness(now), was ? openness(was) : 'no'];
    if (open === 'no' || wasOpen === 'yes' || open === wasOpen) return [];
    return [{
      kind: 'egress' as const,
      isSure: open === 'yes' && wasOpen === 'no',
      principals: [{ kind: 'other' as const, name: String(compute), functions: [] }],
      actions: ['connect'],
      resources: ['the internet'],
      now: stepsOf(now),
      before: was ? stepsOf(was) : [],
    }];
  });
}

function openness({ internet: { IPv4, IPv6 } }: Reach): Way['open'] {
  return any([IPv4.open, IPv6.open]);
}

/** What lets it out, or keeps it, by the first family that says the most. */
function stepsOf({ internet: { IPv4, IPv6 } }: Reach): readonly DescribedPlace[] {
  const way = IPv6.open === 'yes' && IPv4.open !== 'yes' ? IPv6 : IPv4;
  return way.steps.map(({ resource, property, text }) => describePlace(resource, property, text));
}
