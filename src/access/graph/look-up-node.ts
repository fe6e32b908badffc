import { AccessNode } from './access-edge';
import { accessGraph } from './access-graph';
import { INTERNET, nodeOf } from './nodes';
import { AppModel } from '../../model/app-model';
import { Found, named } from '../queries/look-up';

/** The node that somebody names by a construct path, a logical id, or as `internet`. */
export function nodeNamed(app: AppModel, given: string): Found<AccessNode> {
  if (given === INTERNET.id) return { meant: [INTERNET], candidates: [] };
  const nodes = accessGraph(app).nodes.filter(({ resource }) => resource);
  const found = named(given, nodes.map(({ resource }) => resource!));
  return { ...found, meant: found.meant.map(resource => nodeOf(app, resource)) };
}
