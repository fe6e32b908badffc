import { executionRoles } from './execution-roles';
import { ROLES } from './identity-policies';
import { trustOf } from './trust';
import { AppModel, view } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { mentionsOf } from '../model/mentions';
import { Resource } from '../model/resource';
import { Verdict } from '../model/verdict';

/** Whether something in the app has a role that services may assume; nothing is said of a role for people and accounts. */
export function isUsed(app: AppModel, role: Resource): Verdict | undefined {
  if (isFrameworkManaged(role) || !isForServices(app, role)) return undefined;
  if (usedByFunctions(app).has(role)) return 'yes';
  const { resources, outputs } = mentionsOf(app, role);
  if (resources.some(resource => resource !== role && !isPolicyOf(resource, role))) return 'yes';
  // Whoever knows its name or reads an output may use it.
  return outputs.length > 0 || role.get('RoleName').kind !== 'absent' ? 'unknown' : 'no';
}

const usedByFunctions = view(app => new Set(executionRoles(app).map(({ resource }) => resource)));

function isForServices(app: AppModel, role: Resource): boolean {
  const trusted = trustOf(app, role).filter(({ allows }) => allows !== 'no').flatMap(({ principals }) => principals);
  return trusted.length > 0 && trusted.every(({ type }) => type === 'Service');
}

const POLICIES: ReadonlySet<string> = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', ROLES.inline]);

/** Whether a resource names a role only to give it a policy. */
function isPolicyOf(resource: Resource, role: Resource): boolean {
  if (!POLICIES.has(resource.type)) return false;
  return [...resource.get(ROLES.property).items, resource.get(ROLES.name)].some(({ targets }) => targets.includes(role));
}
