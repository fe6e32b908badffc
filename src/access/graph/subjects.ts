import { AccessEdge, AccessNode } from './access-edge';

/** What a node is to somebody who looks at a picture of an app. */
export type Subject = 'internet' | 'principal' | 'trigger' | 'function' | 'role' | 'user' | 'group' | 'data store' | 'secret' | 'key' | 'resource' | 'rights';

/** In the order in which one usually leads to the other. */
export const SUBJECTS: readonly Subject[] = [
  'internet', 'principal', 'trigger', 'function', 'role', 'user', 'group', 'data store', 'secret', 'key', 'resource', 'rights',
];

/** What somebody breaks in for: what is kept, what opens something else, and more rights. */
export const SENSITIVE: ReadonlySet<Subject> = new Set<Subject>(['data store', 'secret', 'rights']);

/**
 * Types of resources that keep something. Parameters are no secrets: CloudFormation makes none that are encrypted.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
const KEEPING: ReadonlyMap<string, Subject> = new Map([
  ['AWS::Cognito::UserPool', 'data store'],
  ['AWS::DynamoDB::GlobalTable', 'data store'],
  ['AWS::DynamoDB::Table', 'data store'],
  ['AWS::EFS::FileSystem', 'data store'],
  ['AWS::RDS::DBCluster', 'data store'],
  ['AWS::RDS::DBInstance', 'data store'],
  ['AWS::S3::Bucket', 'data store'],
  ['AWS::SecretsManager::Secret', 'secret'],
  ['AWS::KMS::Key', 'key'],
]);

const PRINCIPALS = { internet: 'internet', function: 'function', role: 'role', user: 'user', group: 'group', other: 'principal', everything: 'rights', elsewhere: 'rights' } as const;

export function isSensitive(node: AccessNode): boolean {
  return SENSITIVE.has(subjectOf(node, []));
}

/** What a node is, by its own kind, the type of its resource, and whether something happens because of it. */
export function subjectOf({ kind, resource }: AccessNode, leaving: readonly AccessEdge[]): Subject {
  if (kind !== 'resource') return PRINCIPALS[kind];
  return KEEPING.get(resource?.type ?? '') ?? (leaving.some(edge => edge.kind === 'triggers') ? 'trigger' : 'resource');
}
