import { isMap } from '../value';
import { allowing, getAtt, listOf, mapOf, ref, SamResource, SamResources, textOf, undecided } from './sam-resources';

/** What a function, or a state machine, may do at the other end of a connector. */
const ACTIONS: Readonly<Record<string, { readonly Read?: string; readonly Write?: string; readonly below?: readonly string[] }>> = {
  'AWS::DynamoDB::Table': {
    Read: 'dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PartiQLSelect',
    Write: 'dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert dynamodb:PartiQLUpdate',
    below: ['', '/index/*'],
  },
  'AWS::SQS::Queue': { Read: 'sqs:ReceiveMessage sqs:GetQueueAttributes', Write: 'sqs:DeleteMessage sqs:SendMessage sqs:ChangeMessageVisibility sqs:PurgeQueue' },
  'AWS::SNS::Topic': { Write: 'sns:Publish' },
  'AWS::S3::Bucket': {
    Read: 's3:GetObject s3:GetObjectAcl s3:GetObjectLegalHold s3:GetObjectRetention s3:GetObjectTorrent s3:GetObjectVersion s3:GetObjectVersionAcl '
      + 's3:GetObjectVersionForReplication s3:GetObjectVersionTorrent s3:ListBucket s3:ListBucketMultipartUploads s3:ListBucketVersions s3:ListMultipartUploadParts',
    Write: 's3:AbortMultipartUpload s3:DeleteObject s3:DeleteObjectVersion s3:PutObject s3:PutObjectLegalHold s3:PutObjectRetention s3:RestoreObject',
    below: ['', '/*'],
  },
  'AWS::Lambda::Function': { Write: 'lambda:InvokeAsync lambda:InvokeFunction' },
  'AWS::StepFunctions::StateMachine': { Write: 'states:StartExecution states:StartSyncExecution' },
  'AWS::Events::EventBus': { Write: 'events:PutEvents' },
};

/** What SAM's types become. */
const PLAIN: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/**
 * Writes out a connector as the policy that it gives its source. Which permissions SAM gives is documented by kind only, so that pairs
 * which aren't listed here are a policy of unknown content.
 */
export function addConnector(resources: SamResources, connector: SamResource, sourceId?: string): void {
  const { Source, Destination, Permissions } = connector.properties;
  const source = sourceId ?? textOf(mapOf(Source).Id);
  listOf(Destination).forEach((destination, index) => {
    const id = `${connector.id}${Array.isArray(Destination) ? `Destination${index}` : ''}Policy`;
    const document = documentOf(resources, source, mapOf(destination), listOf(Permissions));
    const role = roleOf(resources, source, mapOf(Source));
    if (role !== undefined) resources.add(id, 'AWS::IAM::ManagedPolicy', { PolicyDocument: document ?? undecided('connector'), Roles: [role] }, connector);
  });
}

function documentOf(resources: SamResources, source: string | undefined, { Id }: Record<string, unknown>, permissions: readonly unknown[]): unknown {
  const destination = textOf(Id);
  const typeOf = (id: string | undefined) => {
    const type = id === undefined ? undefined : textOf(resources.declaration(id)?.Type);
    return type === undefined ? undefined : PLAIN[type] ?? type;
  };
  const from = typeOf(source);
  const to = typeOf(destination);
  if (destination === undefined || to === undefined || !Object.hasOwn(ACTIONS, to)) return undefined;
  if (from !== 'AWS::Lambda::Function' && from !== 'AWS::StepFunctions::StateMachine') return undefined;
  const { below = [''], ...byPermission } = ACTIONS[to];
  const actions = permissions.flatMap(permission => (permission === 'Read' || permission === 'Write' ? byPermission[permission] : undefined)?.split(' ') ?? []);
  if (actions.length === 0) return undefined;
  const arn = to === 'AWS::SNS::Topic' || to === 'AWS::StepFunctions::StateMachine' ? ref(destination) : getAtt(destination, 'Arn');
  return allowing(actions, below.map(suffix => suffix === '' ? arn : { 'Fn::Join': ['', [arn, suffix]] }));
}

/** The name of the role that a source works with, if it stands in the same template. */
function roleOf(resources: SamResources, source: string | undefined, { RoleName }: Record<string, unknown>): unknown {
  if (RoleName !== undefined) return RoleName;
  const declaration = source === undefined ? undefined : resources.declaration(source);
  if (!declaration) return undefined;
  const { Role, RoleArn } = mapOf(declaration.Properties);
  const given = Role ?? RoleArn;
  if (given === undefined) return textOf(declaration.Type)?.startsWith('AWS::Serverless::') ? ref(`${source}Role`) : undefined;
  const [role] = isMap(given) ? listOf(given['Fn::GetAtt']) : [];
  return typeof role === 'string' ? ref(role.split('.')[0]) : undefined;
}
