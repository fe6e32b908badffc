import { isMap } from '../value';
import { addHttpApi, addImplicitApis, addRestApi } from './apis';
import { addConnector } from './connectors';
import { addFunction } from './function';
import { mapOf, SamResource, SamResources } from './sam-resources';
import { addApplication, addLayerVersion, addSimpleTable, addStateMachine } from './state-machine';

type WriteOut = (resources: SamResources, resource: SamResource) => void;

/** What is known of SAM's types; others stay as they are. */
const TYPES: Readonly<Record<string, WriteOut>> = {
  'AWS::Serverless::Function': addFunction,
  'AWS::Serverless::Api': addRestApi,
  'AWS::Serverless::HttpApi': addHttpApi,
  'AWS::Serverless::SimpleTable': addSimpleTable,
  'AWS::Serverless::LayerVersion': addLayerVersion,
  'AWS::Serverless::StateMachine': addStateMachine,
  'AWS::Serverless::Application': addApplication,
  'AWS::Serverless::Connector': addConnector,
};

/**
 * A template whose shorthand for serverless resources is written out as plain CloudFormation, with the logical ids that SAM gives, so
 * that nobody else needs to know of SAM.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function withoutSam(template: Record<string, unknown>): Record<string, unknown> {
  const declared = mapOf(template.Resources);
  const resources = new SamResources(declared, mapOf(template.Globals));
  for (const [id, raw] of Object.entries(declared)) {
    if (!isMap(raw) || typeof raw.Type !== 'string' || !Object.hasOwn(TYPES, raw.Type)) resources.keep(id, raw);
    else TYPES[raw.Type](resources, resources.resource(id, raw));
    for (const [name, connector] of Object.entries(mapOf(mapOf(raw).Connectors))) {
      addConnector(resources, resources.resource(`${id}${name}`, { ...mapOf(connector), Type: 'AWS::Serverless::Connector' }), id);
    }
  }
  addImplicitApis(resources, declared);
  const { Globals, ...rest } = template;
  return renamed({ ...rest, Resources: resources.all }, resources.names) as Record<string, unknown>;
}

/** References by the names that SAM has for what it makes, such as `Orders.Alias`, as references to that. */
function renamed(raw: unknown, names: ReadonlyMap<string, string>, depth = 0): unknown {
  if (names.size === 0 || typeof raw !== 'object' || raw === null || depth > DEEPEST) return raw;
  if (Array.isArray(raw)) return raw.map(item => renamed(item, names, depth + 1));
  const map = raw as Record<string, unknown>;
  if (typeof map.Ref === 'string' && names.has(map.Ref)) return { Ref: names.get(map.Ref) };
  return Object.fromEntries(Object.entries(map).map(([key, below]) => [key, renamed(below, names, depth + 1)]));
}

const DEEPEST = 500;
