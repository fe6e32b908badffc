import { roles } from './execution-roles';
import { mayInvoke } from './invocation';
import { serviceOf } from './principal';
import { isUnnamed } from './resource-pattern';
import { Role } from './role';
import { Statement } from './statement';
import { trustOf } from './trust';
import { AppModel, view } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { functionsNamed } from '../model/lambda/function-of';
import { elementsAt } from '../model/lambda/trigger';
import { triggers } from '../model/lambda/triggers';
import { Multimap } from '../model/multimap';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, Verdict } from '../model/verdict';

/** What invokes functions with a role of its own, and where it says with which. */
const HOSTS: Readonly<Record<string, (host: Resource) => readonly Value[]>> = {
  'AWS::ApiGateway::Authorizer': host => [host.get('AuthorizerCredentials')],
  'AWS::ApiGateway::Method': host => [host.get('Integration.Credentials')],
  'AWS::ApiGatewayV2::Authorizer': host => [host.get('AuthorizerCredentialsArn')],
  'AWS::ApiGatewayV2::Integration': host => [host.get('CredentialsArn')],
  'AWS::AppSync::DataSource': host => [host.get('ServiceRoleArn')],
  'AWS::Events::Rule': host => [host.get('RoleArn'), ...elementsAt(host, 'Targets').map(([, target]) => target.get('RoleArn'))],
  'AWS::Pipes::Pipe': host => [host.get('RoleArn')],
  'AWS::Scheduler::Schedule': host => [host.get('Target.RoleArn')],
  'AWS::StepFunctions::StateMachine': host => [host.get('RoleArn')],
};

/** The services of these: a role that another one assumes as well is for more than is seen here. */
const SERVICES: ReadonlySet<string> = new Set(['apigateway', 'appsync', 'events', 'pipes', 'scheduler', 'states']);

/** A role with which something other than code invokes functions. */
export interface InvokingRole {
  readonly role: Role;
  readonly hosts: readonly Resource[];
  /** The functions that these target. */
  readonly targets: ReadonlySet<Resource>;
}

/** What a statement allows to invoke that nothing with its role targets. */
export interface Surplus {
  readonly isThere: Verdict;
  /** A function of it, unless it is any. */
  readonly fn?: Resource;
}

const NOTHING: Surplus = { isThere: 'no' };

/** The roles of schedules, rules, pipes, APIs, data sources and state machines of an app. */
export const invokingRoles = view((app): readonly InvokingRole[] => {
  const hosts = new Multimap<Resource, Resource>();
  for (const [type, rolesOf] of Object.entries(HOSTS)) {
    for (const host of app.ofType(type)) for (const role of new Set(rolesOf(host).flatMap(({ targets }) => targets))) hosts.add(role, host);
  }
  return [...roles(app)].flatMap(role => {
    const { resource, functions } = role;
    const users = resource && functions.length === 0 && !isFrameworkManaged(resource) ? hosts.get(resource) : [];
    return users.length === 0 ? [] : [{ role, hosts: users, targets: new Set(users.flatMap(host => targetsOf(app, host))) }];
  });
});

/** What a statement of such a role allows to invoke beyond what is targeted. */
export function surplusInvocation(app: AppModel, invoking: InvokingRole, statement: Statement): Surplus {
  if (!statement.mayConcern('lambda')) return NOTHING;
  const granted = all([statement.allows, statement.concerns('lambda:InvokeFunction')]);
  if (granted === 'no') return NOTHING;
  const isAny = statement.resources.negated ? 'yes' : statement.covers(isUnnamed);
  if (isAny === 'yes') return { isThere: granted };
  const surplus = mayInvoke(app, statement).filter(({ callee }) => !invoking.targets.has(callee));
  if (surplus.length === 0) return { isThere: isAny };
  return { isThere: any([isAny, all([isWhole(app, invoking), any(surplus.map(({ certain }) => certain))])]), fn: surplus[0].callee };
}

const targetsByHost = view(app => {
  const found = new Multimap<Resource, Resource>();
  for (const { resource, fn } of triggers(app).all) found.add(resource, fn);
  return found;
});

function targetsOf(app: AppModel, host: Resource): readonly Resource[] {
  const enriching = host.type === 'AWS::Pipes::Pipe' ? functionsNamed(app, host.get('Enrichment')).map(({ fn }) => fn) : [];
  return [...targetsByHost(app).get(host), ...enriching];
}

/** Whether it is known that what has the role targets no other functions, and that nobody else has it. */
function isWhole(app: AppModel, { role: { resource: role }, hosts }: InvokingRole): Verdict {
  // What has a name can be used by it from anywhere.
  if (role!.get('RoleName').kind !== 'absent' || hosts.some(isOpen)) return 'unknown';
  const trusted = trustOf(app, role!).flatMap(({ principals }) => principals);
  return trusted.every(({ type, value }) => type === 'Service' && SERVICES.has(serviceOf(value) ?? '')) ? 'yes' : 'unknown';
}

/** Whether a state machine may call what its definition doesn't tell: one that stands elsewhere, or names functions while it runs. */
function isOpen(host: Resource): boolean {
  if (host.type !== 'AWS::StepFunctions::StateMachine') return false;
  const definitions = ['DefinitionString', 'Definition'].map(property => host.get(property)).filter(({ kind }) => kind !== 'absent');
  return definitions.length === 0 || definitions.some(each => each.kind === 'either' || each.parts.length === 0 && !each.isKnown || CHOSEN.test(String(each)));
}

const CHOSEN = /FunctionName(?:\.\$|\\?"\s*:\s*\\?"\{%)/;
