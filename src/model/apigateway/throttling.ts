import { isWebSocket, Stage } from './apis';
import { isElsewhere, Route, routesOf } from './routes';
import { AppModel } from '../app-model';
import { Value } from '../value';
import { agreed, all, any, not, Verdict } from '../verdict';

/**
 * Whether a stage has a rate limit of its own for whatever is called, as one for all routes or as one for each. What a usage plan says isn't one:
 * it counts by key, and AWS advises against relying on it to control costs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function isThrottled(app: AppModel, stage: Stage): Verdict {
  const settings = stage.resource.get(stage.version === 1 ? `${stage.prefix}MethodSettings` : 'RouteSettings');
  return agreed(settings.branches.map(branch => isLimited(app, stage, stage.version === 1 ? ofMethods(stage, branch) : ofRoutes(stage, branch))));
}

function isLimited(app: AppModel, stage: Stage, { everything, byRoute, isOpen }: Limits): Verdict {
  const exempted = [...byRoute.values()].map(settings => settings.get(RATE).isNumber(rate => rate < 0));
  return all([any([...everything.map(isLimit), limitsEach(app, stage, byRoute), isOpen ? 'unknown' : 'no']), ...exempted.map(not)]);
}

const RATE = 'ThrottlingRateLimit';

/** The settings of a stage that may limit something. */
interface Limits {
  /** For all routes together. */
  readonly everything: readonly Value[];
  /** For one, by its name. */
  readonly byRoute: ReadonlyMap<string, Value>;
  /** Whether there are some of which isn't known what they are for. */
  readonly isOpen: boolean;
}

function ofRoutes({ resource }: Stage, settings: Value): Limits {
  return { everything: [resource.get('DefaultRouteSettings')], byRoute: new Map(settings.entries), isOpen: settings.kind !== 'absent' && !settings.isKnown };
}

function ofMethods({ resource, prefix }: Stage, settings: Value): Limits {
  const everything: Value[] = prefix ? [resource.get(prefix.slice(0, -1))] : [];
  const byRoute = new Map<string, Value>();
  let isOpen = false;
  for (const setting of settings.items) {
    const [path, method] = [setting.get('ResourcePath').text, setting.get('HttpMethod').text];
    if (path === undefined || method === undefined) isOpen ||= !setting.isKnown;
    else if (path === '/*' && method === '*') everything.push(setting);
    else byRoute.set(`${method} ${decoded(path)}`, setting);
  }
  return { everything, byRoute, isOpen };
}

/** A path as routes have it; within settings, slashes but the first are written as `~1`. */
function decoded(path: string): string {
  const below = path.replace(/^\//, '').replace(/~1/g, '/');
  return below.startsWith('/') ? below : `/${below}`;
}

function isLimit(settings: Value): Verdict {
  return settings.get(RATE).isNumber(rate => rate >= 0);
}

/** Of a WebSocket API, more can be called than its routes say here. */
function limitsEach(app: AppModel, { api }: Stage, byRoute: ReadonlyMap<string, Value>): Verdict {
  const routes = api ? routesOf(app).get(api) : [];
  if (byRoute.size === 0 || routes.length === 0 || isWebSocket(api) === 'yes') return 'no';
  return all(routes.map(route => isElsewhere(route) ? 'unknown' : limitOf(route, byRoute)));
}

function limitOf({ name }: Route, byRoute: ReadonlyMap<string, Value>): Verdict {
  const settings = byRoute.get(String(name));
  return settings ? isLimit(settings) : name.isKnown ? 'no' : 'unknown';
}
