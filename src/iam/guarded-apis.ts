import { openings } from './anonymous-access';
import { policiesOn } from './resource-policies';
import { isPrivate } from '../model/apigateway/apis';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { any, not, Verdict } from '../model/verdict';

/** Whether something else than authorizers keeps strangers out of an API: a network, or a policy that names who may call. */
export function isGuarded(app: AppModel, api: Resource | undefined): Verdict {
  if (!api) return 'no';
  const known = guarded(app).get(api) ?? any([isPrivate(api), byPolicy(app, api)]);
  guarded(app).set(api, known);
  return known;
}

/** Routes of an API are many, and what holds for all of them is found once. */
const guarded = view(() => new Map<Resource, Verdict>());

function byPolicy(app: AppModel, api: Resource): Verdict {
  const statements = policiesOn(app, api);
  if (statements.length === 0) return 'no';
  const open = any(openings(app, api).map(({ isOpen }) => isOpen));
  // What a policy takes back again, such as all but some addresses, isn't weighed.
  const takesBack = statements.some(statement => statement.denies !== 'no' && statement.isConditional !== 'no');
  return open === 'yes' && takesBack ? 'unknown' : not(open);
}
