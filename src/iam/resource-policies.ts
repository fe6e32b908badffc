import { ofBusPolicy } from './event-bus-policy';
import { ofLayerPermission } from './layer-permission';
import { listed, statementOf, statementsOf } from './policy-document';
import { serviceOf } from './principal';
import { Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { functionOf } from '../model/lambda/function-of';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** Where a type of resource has a policy, and which property names what it belongs to: the resource itself where none does. */
interface PolicyPlace {
  readonly document: string;
  readonly of?: string;
}

const POLICY_PLACES: Readonly<Record<string, PolicyPlace>> = {
  'AWS::ApiGateway::RestApi': { document: 'Policy' },
  'AWS::DynamoDB::Table': { document: 'ResourcePolicy.PolicyDocument' },
  'AWS::EC2::VPCEndpoint': { document: 'PolicyDocument' },
  'AWS::ECR::Repository': { document: 'RepositoryPolicyText' },
  'AWS::EFS::FileSystem': { document: 'FileSystemPolicy' },
  'AWS::Events::EventBus': { document: 'Policy' },
  'AWS::KMS::Key': { document: 'KeyPolicy' },
  'AWS::Kinesis::ResourcePolicy': { document: 'ResourcePolicy', of: 'ResourceArn' },
  'AWS::Lambda::ResourcePolicy': { document: 'PolicyDocument', of: 'ResourceArn' },
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', of: 'Bucket' },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', of: 'SecretId' },
  'AWS::SNS::TopicInlinePolicy': { document: 'PolicyDocument', of: 'TopicArn' },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', of: 'Topics' },
  'AWS::SQS::QueueInlinePolicy': { document: 'PolicyDocument', of: 'Queue' },
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', of: 'Queues' },
};

/** Types of resources that add statements to a policy, and which property names what the policy belongs to. */
const ADDITIONS: Readonly<Record<string, { readonly of?: string; readonly statements: (addition: Resource) => readonly Statement[] }>> = {
  'AWS::DynamoDB::GlobalTable': { statements: ofReplicas },
  'AWS::Events::EventBusPolicy': { of: 'EventBusName', statements: ofBusPolicy },
  'AWS::Lambda::LayerVersionPermission': { of: 'LayerVersionArn', statements: permission => [ofLayerPermission(permission)] },
  'AWS::Lambda::Permission': { of: 'FunctionName', statements: permission => [ofPermission(permission)] },
};

/** The statements that stand in each resource which has a resource policy, or is one, each parsed once. */
export const resourceStatements = view((app): ReadonlyMap<Resource, readonly Statement[]> => {
  const found = new Map<Resource, readonly Statement[]>();
  for (const [type, { document }] of Object.entries(POLICY_PLACES)) {
    for (const policy of app.ofType(type)) found.set(policy, statementsOf(policy, document));
  }
  for (const [type, { statements }] of Object.entries(ADDITIONS)) {
    for (const addition of app.ofType(type)) found.set(addition, statements(addition));
  }
  return found;
});

const byOwner = view(app => {
  const owned = new Map<Resource, Statement[]>();
  for (const [policy, statements] of resourceStatements(app)) {
    for (const owner of new Set(ownersOf(policy))) {
      const others = owned.get(owner);
      if (others) others.push(...statements);
      else owned.set(owner, [...statements]);
    }
  }
  return owned;
});

/** The statements of all policies on a resource, wherever they stand: of a function, also those on its versions and aliases. */
export function policiesOn(app: AppModel, resource: Resource): readonly Statement[] {
  return byOwner(app).get(resource) ?? [];
}

/** What a policy belongs to: the resource that it stands in, or those that it names. */
export function ownersOf(policy: Resource): readonly Resource[] {
  const { of } = POLICY_PLACES[policy.type] ?? ADDITIONS[policy.type];
  if (!of) return [policy];
  const named = policy.type === 'AWS::Lambda::Permission' ? permittedFunction(policy) : policy.get(of);
  const fn = policy.type.startsWith('AWS::Lambda::') ? functionOf(named) : undefined;
  return fn ? [fn] : named.items.flatMap(item => item.targets);
}

/** A table of several regions has a policy in each. */
function ofReplicas(table: Resource): readonly Statement[] {
  return listed({ value: table.get('Replicas'), property: 'Replicas', exists: table.exists })
    .flatMap(({ property }) => statementsOf(table, `${property}.ResourcePolicy.PolicyDocument`));
}

/** The function that a permission is about, which may be named by its URL. */
export function permittedFunction(permission: Resource): Value {
  const named = permission.get('FunctionName');
  return named.target?.type === 'AWS::Lambda::Url' ? named.target.get('TargetFunctionArn') : named;
}

/** What a permission may ask of a request, as Lambda writes it into the policy. */
const CONDITIONS: readonly (readonly [property: string, operator: string, key: string])[] = [
  ['SourceArn', 'ArnLike', 'aws:SourceArn'],
  ['SourceAccount', 'StringEquals', 'aws:SourceAccount'],
  ['PrincipalOrgID', 'StringEquals', 'aws:PrincipalOrgID'],
  ['EventSourceToken', 'StringEquals', 'lambda:EventSourceToken'],
  ['FunctionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['InvokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
];

/**
 * The statement that Lambda adds to the policy of a function for a permission.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
function ofPermission(permission: Resource): Statement {
  const { properties } = permission;
  const condition: Record<string, Record<string, Value>> = {};
  for (const [property, operator, key] of CONDITIONS) {
    const value = properties.mayHave(property) ? properties.get(property) : Value.ABSENT;
    if (value.kind !== 'absent') (condition[operator] ??= {})[key] = value;
  }
  const principal = permission.get('Principal');
  const type = typeOf(principal);
  return statementOf(permission, {
    Effect: 'Allow',
    Principal: type ? { [type]: principal } : principal,
    Action: permission.get('Action'),
    ...Object.keys(condition).length > 0 ? { Condition: condition } : {},
  }, { Condition: 'SourceArn' });
}

/** What sort of principal a permission names; nothing for `*` and what isn't known. */
function typeOf(principal: Value): string | undefined {
  if (principal.kind === 'either') {
    const [type, ...others] = new Set(principal.branches.map(typeOf));
    return others.length === 0 ? type : undefined;
  }
  if (serviceOf(principal)) return 'Service';
  return principal.text === undefined && principal.kind !== 'reference' && principal.parts.length === 0 || principal.text === '*' ? undefined : 'AWS';
}
