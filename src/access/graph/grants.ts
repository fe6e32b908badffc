import { AccessEdge } from './access-edge';
import { identityNode, isSought, nodeOf, sought } from './nodes';
import { actionsMatching, AwsAction, awsAction } from '../../iam/data/actions';
import { overlap } from '../../iam/pattern';
import { AppModel, view } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { names } from '../names/names';
import { ownerOf } from '../names/resources-by-arn';
import { AccessStatement } from '../policies/given-statements';
import { Identity } from '../principals/identity';
import { Principal } from '../principals/principal';
import { Access } from '../queries/access';
import { askedResource } from '../queries/asked-resource';
import { access } from '../queries/question';

/** What an identity may do with the resources of the app. */
export function grantsOf(app: AppModel, identity: Identity): readonly AccessEdge[] {
  const byResource = new Multimap<Resource, AccessStatement>();
  for (const statement of identity.policies.identity.flat()) {
    if (statement.effect !== 'Allow' || statement.origin === undefined) continue;
    for (const resource of resourcesOf(app, statement)) byResource.add(resource, statement);
  }
  return [...byResource.keys()].flatMap(resource => edgeTo(app, identity, resource, byResource.get(resource)) ?? []);
}

/** The resources that a statement is about, or that something belongs to which it is about. */
function resourcesOf(app: AppModel, statement: AccessStatement): ReadonlySet<Resource> {
  const { resources } = statement;
  const named = !resources || resources.negated ? ['*'] : resources.named;
  return new Set(named.flatMap(pattern => {
    const owner = ownerOf(app, pattern.replace(/[:/]?[*?$].*$/s, ''));
    if (owner) return isSought(owner) ? [owner] : [];
    return /[*?$]/.test(pattern) ? candidates(app, statement).filter(each => askedResource(app, each).patterns.some(asked => overlap(asked, pattern))) : [];
  }));
}

const byService = view(app => {
  const found = new Multimap<string, Resource>();
  for (const resource of sought(app)) found.add(names(app).arnOf(resource).split(':')[2], resource);
  return found;
});

/** Those of the services whose actions a statement allows. */
function candidates(app: AppModel, { actions }: AccessStatement): readonly Resource[] {
  const services = actions.negated ? ['*'] : [...new Set(actions.named.map(action => action.toLowerCase().split(':')[0]))];
  return services.some(service => /[*?]/.test(service)) ? sought(app) : services.flatMap(service => byService(app).get(service));
}

function edgeTo(app: AppModel, identity: Identity, resource: Resource, statements: readonly AccessStatement[]): AccessEdge | undefined {
  const granted = statements.flatMap(({ actions }) => actions.negated ? ['*'] : actions.named)
    .flatMap(pattern => representatives(app, pattern, resource)
      .map(action => ({ pattern, action, found: ask(app, identity, action.name, resource) })))
    .filter(({ found }) => found.answer !== 'denied');
  if (granted.length === 0) return undefined;
  return {
    from: identityNode(app, identity),
    to: nodeOf(app, resource),
    kind: 'may',
    actions: [...new Set(granted.map(({ pattern }) => pattern))],
    answer: granted.some(({ found }) => found.answer === 'allowed') ? 'allowed' : 'unknown',
    drives: granted.some(({ action }) => drives(action)),
    reasons: statements.flatMap(({ origin }) => origin ? [{ resource: origin.origin.resource, property: origin.at('Action'), text: String(origin) }] : []),
  };
}

function ask(app: AppModel, identity: Identity, action: string, resource: Resource): Access {
  return access(app, { requester: identity.requester, identity }, action, askedResource(app, resource));
}

/** Whether somebody who is granted the actions that a pattern matches may do any of them after all, or may turn out to. */
export function mayDoAny(app: AppModel, principal: Principal, pattern: string, resource: Resource): boolean {
  const actions = representatives(app, pattern, resource);
  return actions.length === 0 || actions.some(({ name }) => access(app, principal, name, askedResource(app, resource)).answer !== 'denied');
}

/** Actions that stand for all that a pattern matches and that can be about a resource: one of each level. */
function representatives(app: AppModel, pattern: string, resource: Resource): readonly AwsAction[] {
  if (!/[*?]/.test(pattern)) return [awsAction(pattern) ?? { name: pattern, level: 'Write', resources: [], keys: [], passesRole: false }];
  const { patterns } = askedResource(app, resource);
  const byLevel = new Map<string, AwsAction>();
  const [, , service] = patterns[0].split(':');
  const scoped = pattern === '*' ? `${service}:*` : pattern;
  for (const action of actionsMatching(scoped)) {
    const kind = `${action.level} ${DRIVING.has(action.name.toLowerCase())}`;
    if (!byLevel.has(kind) && action.resources.some(type => patterns.some(asked => overlap(type.pattern, asked)))) byLevel.set(kind, action);
  }
  return [...byLevel.values()];
}

/** Whether any of the actions that patterns match makes a resource do something, or hands something to whatever it triggers. */
export function anyDrives(app: AppModel, patterns: readonly string[], resource: Resource): boolean {
  return patterns.some(pattern => representatives(app, pattern, resource).some(drives));
}

/** What makes a resource do something, or hands something to whatever it triggers. */
function drives({ name, level }: AwsAction): boolean {
  const [service] = name.toLowerCase().split(':');
  return service === 'lambda' ? DRIVING.has(name.toLowerCase()) : level === 'Write';
}

const DRIVING = new Set(['lambda:invokefunction', 'lambda:invokeasync', 'lambda:invokefunctionurl']);
