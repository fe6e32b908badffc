import { AccessNode } from './access-edge';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Gained } from '../escalation/gained';
import { ARN_FORMATS } from '../names/arn-formats';
import { names } from '../names/names';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

export const INTERNET: AccessNode = { id: 'internet', kind: 'internet', name: 'the internet' };

/** What everybody writes to, and tells little of who can do what. */
const LEFT_OUT = new Set(['AWS::Logs::LogGroup', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::InstanceProfile', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group',
  'AWS::Lambda::LayerVersion', 'AWS::CloudFront::Distribution']);

const known = view(() => ({ resources: new Map<Resource, AccessNode>(), identities: new Map<Identity, AccessNode>() }));

/** The resources of an app that somebody may want to get at. */
export const sought = view((app): readonly Resource[] => app.resources.filter(isSought));

export function isSought({ type }: Resource): boolean {
  return ARN_FORMATS.has(type) && !LEFT_OUT.has(type);
}

export function nodeOf(app: AppModel, resource: Resource): AccessNode {
  const [identity] = resource.type.startsWith('AWS::IAM::') ? identities(app).of(resource) : [];
  if (identity) return identityNode(app, identity);
  const node = known(app).resources.get(resource)
    ?? { id: resource.id, kind: resource.type === 'AWS::Lambda::Function' ? 'function' : 'resource', name: String(resource), resource };
  known(app).resources.set(resource, node);
  return node;
}

export function identityNode(app: AppModel, identity: Identity): AccessNode {
  const { kind, arn, resource } = identity;
  const shown = names(app).shown(arn);
  const node = known(app).identities.get(identity) ?? {
    id: resource?.id ?? shown, kind, name: resource ? String(resource) : shown, ...resource ? { resource } : {}, identity,
  };
  known(app).identities.set(identity, node);
  return node;
}

/** What an escalation ends with. */
export function gainedNode(app: AppModel, { kind, identity, what, key }: Gained): AccessNode {
  if (kind === 'identity' && identity) return identityNode(app, identity);
  if (kind === 'elsewhere') return { id: names(app).shown(key), kind, name: what ?? '' };
  const of = identity && identityNode(app, identity);
  if (kind === 'unbounded') return { id: `${of!.id} unbounded`, kind: 'everything', name: `all of ${of!.name} without its boundary` };
  return { id: 'everything', kind: 'everything', name: of ? `everything within the boundary of ${of.name}` : 'everything' };
}

export function otherNode(app: AppModel, id: string): AccessNode {
  return { id: names(app).shown(id), kind: 'other', name: names(app).shown(id) };
}
