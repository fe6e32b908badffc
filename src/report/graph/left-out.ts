import { LeftOut } from '../../access/descriptions/graph-selection';
import { count } from '../reported';

/** What a picture leaves out, in words; undefined if it shows all. */
export function leftOutText({ connected, unconnected, edges, attackPaths }: LeftOut): string | undefined {
  if (connected === 0 && unconnected === 0 && edges === 0) return undefined;
  const alone = unconnected > 0 ? [`${count(unconnected, 'thing')} that nothing leads to or from`] : [];
  const more = [[attackPaths, 'attack path'], [connected, 'thing'], [edges, 'arrow']] as const;
  const rest = more.filter(([number]) => number > 0).map(([number, what]) => `${number} more ${what}${number === 1 ? '' : 's'}`);
  return `left out: ${[...rest, ...alone].join(', ')}`;
}
