import { isGuarded } from './guarded-apis';
import { hasWebAcl, isWebSocket, Stage, stages } from '../model/apigateway/apis';
import { Route, routesOf } from '../model/apigateway/routes';
import { isThrottled } from '../model/apigateway/throttling';
import { AppModel, view } from '../model/app-model';
import { functionOf } from '../model/lambda/function-of';
import { triggers } from '../model/lambda/triggers';
import { Multimap } from '../model/multimap';
import { Resource } from '../model/resource';
import { all, any, not, Verdict } from '../model/verdict';

/** A way to functions on which nobody is asked who calls. */
export interface PublicEntry {
  /** What strangers call: a URL, an endpoint of a web function, a stage of an API. */
  readonly entry: Resource;
  /** Whether they surely get in. */
  readonly isOpen: Verdict;
  /** Whether something bounds how often they do. */
  readonly isLimited: Verdict;
  /** Where that would be set. */
  readonly resource: Resource;
  readonly property: string;
}

/** The entries that may be open. What only CloudFront in front of them limits isn't limited: they can be called without it. */
export const publicEntries = view((app): readonly PublicEntry[] => [
  ...app.ofType('AWS::Lambda::Url').map(ofUrl),
  ...app.ofType('AWS::Lambda::WebFunctionEndpoint').map(ofEndpoint),
  ...stages(app).flatMap(stage => ofStage(app, stage)),
].filter(({ isOpen }) => isOpen !== 'no'));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
function ofUrl(url: Resource): PublicEntry {
  const fn = functionOf(url.get('TargetFunctionArn'));
  return {
    entry: url,
    isOpen: url.get('AuthType').is('NONE'),
    isLimited: fn ? isReserved(fn) : 'unknown',
    ...fn ? { resource: fn, property: 'ReservedConcurrentExecutions' } : { resource: url, property: 'TargetFunctionArn' },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html */
function ofEndpoint(endpoint: Resource): PublicEntry {
  const isSet = (path: string) => endpoint.get(path).isNumber(limit => limit >= 0);
  return {
    entry: endpoint,
    isOpen: not(endpoint.get('AuthType').is('IamAuth')),
    isLimited: any([isSet('ThrottleConfig.RateLimit'), isSet('ScalingConfig.MaxEnvironments')]),
    resource: endpoint,
    property: 'ThrottleConfig.RateLimit',
  };
}

function ofStage(app: AppModel, stage: Stage): PublicEntry[] {
  const { resource, api, version, prefix } = stage;
  if (!api) return [];
  const open = routesOf(app).get(api).filter(route => route.authorization.is('NONE') !== 'no')
    .map(route => ({ route, functions: functionsBehind(app, route) })).filter(({ functions }) => functions.length > 0);
  // What is called once a WebSocket is open shows in no route that could be authorized.
  const reserved = isWebSocket(api) === 'no' ? all(open.flatMap(({ functions }) => functions).map(isReserved)) : 'no';
  return [{
    entry: resource,
    isOpen: all([any(open.map(({ route }) => route.authorization.is('NONE'))), not(isGuarded(app, api))]),
    isLimited: any([isThrottled(app, stage), version === 1 ? any([hasWebAcl(app, resource), hasWebAcl(app, api)]) : 'no', reserved]),
    resource,
    property: version === 2 ? 'DefaultRouteSettings' : `${prefix}MethodSettings`,
  }];
}

/** Whether no more than a set number of executions run at once. */
function isReserved(fn: Resource): Verdict {
  return fn.get('CapacityProviderConfig').isSet === 'no' ? fn.get('ReservedConcurrentExecutions').isNumber(number => number >= 0) : 'unknown';
}

/** The functions that a route leads to, by itself or through its integration. */
function functionsBehind(app: AppModel, { resource }: Route): readonly Resource[] {
  return [resource, ...resource.get('Target').targets].flatMap(caller => callees(app).get(caller));
}

const callees = view(app => {
  const functions = new Multimap<Resource, Resource>();
  for (const { fn, service, resource } of triggers(app).all) if (/^(?:rest|http|websocket)-api$/.test(service)) functions.add(resource, fn);
  return functions;
});
