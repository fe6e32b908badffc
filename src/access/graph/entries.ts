import { AccessEdge, AccessNode, EdgeReason } from './access-edge';
import { throughDistributions } from './distribution-entries';
import { anyDrives, mayDoAny } from './grants';
import { INTERNET, nodeOf, sought } from './nodes';
import { openings } from '../../iam/anonymous-access';
import { isPrivate } from '../../model/apigateway/apis';
import { Route, routes } from '../../model/apigateway/routes';
import { AppModel, view } from '../../model/app-model';
import { Trigger } from '../../model/lambda/trigger';
import { triggers } from '../../model/lambda/triggers';
import { all, not, Verdict } from '../../model/verdict';
import { Principal } from '../principals/principal';
import { isAllowed } from '../queries/access';
import { askedResource } from '../queries/asked-resource';
import { access } from '../queries/question';

/** What everybody on the internet can call or get at, without saying who it is. */
export const entries = view((app): readonly AccessEdge[] => [
  ...throughRoutes(app), ...throughUrls(app), ...throughDistributions(app), ...throughPolicies(app),
]);

function throughRoutes(app: AppModel): AccessEdge[] {
  const byApi = triggers(app).all.filter(({ service }) => ['rest-api', 'http-api', 'websocket-api'].includes(service));
  const behind = new Map<string, Trigger[]>();
  for (const trigger of byApi) behind.set(trigger.resource.id, [...behind.get(trigger.resource.id) ?? [], trigger]);
  return routes(app).flatMap(route => {
    const isOpen = all([route.authorization.is('NONE'), not(isPrivate(route.api))]);
    if (isOpen === 'no') return [];
    const name = String(route.name);
    return integrationsOf(route).flatMap(id => behind.get(id) ?? []).map(({ fn, resource, property }) => entry(nodeOf(app, fn), 'calls', [name], isOpen, [
      { resource: route.resource, property: route.property, text: `\`${name}\` asks nobody who it is` },
      { resource, property, text: `it invokes \`${fn}\`` },
    ]));
  });
}

/** What stands behind a route, which is itself where a method has its integration. */
function integrationsOf({ resource }: Route): readonly string[] {
  return [resource.id, ...resource.type === 'AWS::ApiGatewayV2::Route' ? resource.get('Target').targets.map(({ id }) => id) : []];
}

/** Whoever calls a URL that asks nobody needs both permissions of a URL, as everybody. */
function throughUrls(app: AppModel): AccessEdge[] {
  return triggers(app).all.filter(({ service }) => service === 'url').flatMap(({ fn, resource }) => {
    const asksNobody = resource.get('AuthType').is('NONE');
    const isOpen = asksNobody === 'no' ? 'no' : all([asksNobody, isAllowed(access(app, EVERYBODY, 'lambda:InvokeFunctionUrl', askedResource(app, fn)))]);
    return isOpen === 'no' ? [] : [entry(nodeOf(app, fn), 'calls', ['its URL'], isOpen, [
      { resource, property: 'AuthType', text: 'the URL asks nobody who it is' },
    ])];
  });
}

const EVERYBODY: Principal = { requester: { type: '*', id: '*' } };

/** Functions apart: whom they are open to by the policies of their URLs is seen there. */
function throughPolicies(app: AppModel): AccessEdge[] {
  return sought(app).filter(({ type }) => type !== 'AWS::Lambda::Function').flatMap(resource => openings(app, resource).flatMap(({ statement, isOpen }) => {
    const actions = statement.actions.each.map(String);
    const granted = statement.actions.negated ? ['*'] : actions;
    return granted.some(pattern => mayDoAny(app, EVERYBODY, pattern, resource)) ? [{
      ...entry(nodeOf(app, resource), 'may', actions, isOpen, [
        { resource: statement.origin.resource, property: statement.at('Principal'), text: `${statement} is for everybody` },
      ]),
      drives: anyDrives(app, granted, resource),
    }] : [];
  }));
}

function entry(to: AccessNode, kind: AccessEdge['kind'], actions: readonly string[], isOpen: Verdict, reasons: readonly EdgeReason[]): AccessEdge {
  return { from: INTERNET, to, kind, actions, answer: isOpen === 'yes' ? 'allowed' : 'unknown', drives: true, reasons };
}
