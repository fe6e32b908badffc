import { isMap } from '../value';
import { policyOfTemplate } from './policy-templates';
import { awsManagedPolicy, listOf, SamResource, SamResources, undecided, without } from './sam-resources';

/** What a role is given beside the `Policies` of its resource. */
export interface RoleGrants {
  readonly trust: unknown;
  /** Names of policies that AWS manages. */
  readonly managed: readonly string[];
  readonly statements?: readonly Record<string, unknown>[];
}

/** Writes the role that SAM makes where none is given, and gives its logical id. */
export function addRole(resources: SamResources, from: SamResource, { trust, managed, statements = [] }: RoleGrants): string {
  const id = `${from.id}Role`;
  const given = listOf(from.properties.Policies).map((policy, index) => policyOf(policy, `${id}Policy${index}`));
  const own = statements.map((document, index) => ({ PolicyName: `${id}OwnPolicy${index}`, PolicyDocument: document }));
  resources.add(id, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: from.properties.AssumeRolePolicyDocument ?? trust,
    ManagedPolicyArns: [...new Set(managed)].map(awsManagedPolicy).concat(given.flatMap(({ managedArn }) => managedArn ?? []) as never[]),
    Policies: [...given.flatMap(({ inline }) => inline ?? []), ...own],
    ...from.properties.PermissionsBoundary === undefined ? {} : { PermissionsBoundary: from.properties.PermissionsBoundary },
    ...from.properties.RolePath === undefined ? {} : { Path: from.properties.RolePath },
  }, from);
  return id;
}

interface GivenPolicy {
  readonly managedArn?: unknown;
  readonly inline?: Record<string, unknown>;
}

/** A policy by its name or ARN, as statements, or by a template of SAM. */
function policyOf(raw: unknown, name: string): GivenPolicy {
  if (typeof raw === 'string') return { managedArn: raw.includes(':') ? raw : awsManagedPolicy(pathOf(raw)) };
  if (!isMap(raw)) return { managedArn: raw };
  if ('Statement' in raw) return { inline: { PolicyName: name, PolicyDocument: raw } };
  if ('PolicyDocument' in raw) return { inline: { PolicyName: name, ...without(raw, 'PolicyName') } };
  const [[template, parameters] = ['', undefined], ...more] = Object.entries(raw);
  if (template === 'Ref' || template === 'Fn::Sub' || template === 'Fn::Join' || template === 'Fn::GetAtt' || template === 'Fn::ImportValue') return { managedArn: raw };
  const known = more.length === 0 ? policyOfTemplate(template, parameters) : undefined;
  return { inline: { PolicyName: name, PolicyDocument: known ?? undecided(template) } };
}

/** Where a managed policy stands of which a template gives only the name. */
function pathOf(name: string): string {
  return /^AWSLambda.*Role$/.test(name) ? `service-role/${name}` : name;
}
