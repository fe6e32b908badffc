import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { agreed, any, Verdict, verdict } from '../verdict';

/** Whether an API can be reached from inside networks only. HTTP and WebSocket APIs have no such form. */
export function isPrivate(api: Resource | undefined): Verdict {
  if (api?.type !== 'AWS::ApiGateway::RestApi') return api ? 'no' : 'unknown';
  return agreed(api.get('EndpointConfiguration.Types').branches.map(types => any(types.items.map(type => type.is('PRIVATE')))));
}

/** Whether an API talks WebSocket, in which only the opening request can be authorized. */
export function isWebSocket(api: Resource | undefined): Verdict {
  if (!api) return 'unknown';
  return api.get('ProtocolType').is('WEBSOCKET');
}

/** The API that a route, a stage or an authorizer belongs to. */
export function apiOf(part: Resource): Resource | undefined {
  const [api] = [...part.get('RestApiId').targets, ...part.get('ApiId').targets];
  return api && /^AWS::ApiGateway(?:V2)?::(?:RestApi|Api)$/.test(api.type) ? api : undefined;
}

/** What runs an API under a name: a stage, or a deployment that makes one by itself. */
export interface Stage {
  readonly resource: Resource;
  readonly api: Resource | undefined;
  /** Where its settings stand: `StageDescription.` of a deployment. */
  readonly prefix: string;
  readonly version: 1 | 2;
}

export const stages = view((app): readonly Stage[] => [
  ...app.ofType('AWS::ApiGateway::Stage').map(resource => ({ resource, api: apiOf(resource), prefix: '', version: 1 as const })),
  ...app.ofType('AWS::ApiGateway::Deployment').filter(deployment => deployment.get('StageName').isSet !== 'no')
    .map(resource => ({ resource, api: apiOf(resource), prefix: 'StageDescription.', version: 1 as const })),
  ...app.ofType('AWS::ApiGatewayV2::Stage').map(resource => ({ resource, api: apiOf(resource), prefix: '', version: 2 as const })),
]);

/** The stages of each API. */
export const stagesOf = view((app): Multimap<Resource, Stage> => {
  const byApi = new Multimap<Resource, Stage>();
  for (const stage of stages(app)) if (stage.api) byApi.add(stage.api, stage);
  return byApi;
});

/** The APIs that have a domain name of their own, and the mapping that gives it to them. */
export const mappings = view((app): ReadonlyMap<Resource, Resource> => new Map(
  app.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2', 'AWS::ApiGatewayV2::ApiMapping')
    .flatMap(mapping => {
      const api = apiOf(mapping);
      return api ? [[api, mapping] as const] : [];
    }),
));

/** Whether a web ACL protects a resource, such as a stage or the API that a stage belongs to. */
export function hasWebAcl(app: AppModel, resource: Resource): Verdict {
  const { protectedBy, isOpen } = webAcls(app);
  return protectedBy.has(resource) ? 'yes' : isOpen ? 'unknown' : verdict(false);
}

const webAcls = view(app => {
  const arns = app.ofType('AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation').map(association => association.get('ResourceArn'));
  return {
    protectedBy: new Set(arns.flatMap(arn => arn.targets)),
    // What one of them protects is known at deployment only, and may be any.
    isOpen: arns.some(arn => arn.targets.length === 0 && !arn.isKnown),
  };
});
