import { allow, arn, deny, diffOf, document, inline, resource, Resources, role, trusted } from './versions';
import { AccessDiff } from '../../../src/access/diff/access-change';
import { accessDiff } from '../../../src/access/diff/access-diff';
import { AppModel } from '../../../src/model/app-model';

const objects = { 'Fn::Sub': '${Bucket.Arn}/*' };
const folder = { 'Fn::Sub': '${Bucket.Arn}/a/*' };
const onBucket = (...statements: object[]) => resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) });
const onQueue = (...statements: object[]) => resource('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(...statements) });
const secret = (...statements: object[]) => resource('AWS::KMS::Key', { KeyPolicy: document(...statements) });
const root = allow('kms:*', '*', { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } });
const toRole = { Principal: { AWS: arn('Role') } };
const toUser = { Principal: { AWS: arn('User') } };
const TLS = deny('s3:*', [arn('Bucket'), objects], { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const user = (more: object) => resource('AWS::IAM::User', more);
const inGroup = { Groups: [{ Ref: 'Group' }] };
const group = (...statements: object[]) => resource('AWS::IAM::Group', statements.length > 0 ? { Policies: inline(...statements) } : {});
const bound = (...statements: object[]) => resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
const BOUNDED = { PermissionsBoundary: { Ref: 'Bound' } };

/** Grants that go from one policy to another while what the principal may do stays the same. */
const MOVES: Readonly<Record<string, readonly [before: Resources, after: Resources]>> = {
  'from the bucket to the role': [
    { Role: role([]), Policy: onBucket(allow('s3:GetObject', objects, toRole)) }, { Role: role([allow('s3:GetObject', objects)]) },
  ],
  'from the role to the bucket': [
    { Role: role([allow('s3:GetObject', objects)]) }, { Role: role([]), Policy: onBucket(allow('s3:GetObject', objects, toRole)) },
  ],
  'from the bucket to the role, which has to use TLS in either case': [
    { Role: role([]), Policy: onBucket(TLS, allow('s3:GetObject', objects, toRole)) }, { Role: role([allow('s3:GetObject', objects)]), Policy: onBucket(TLS) },
  ],
  'one action each, exchanged': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]), Policy: onQueue(allow('sqs:ReceiveMessage', arn('Queue'), toRole)) },
    { Role: role([allow('sqs:ReceiveMessage', arn('Queue'))]), Policy: onQueue(allow('sqs:SendMessage', arn('Queue'), toRole)) },
  ],
  'all but a folder from the role to the bucket': [
    { Role: role([allow('s3:GetObject', objects)]) },
    {
      Role: role([allow('s3:GetObject', folder)]),
      Policy: onBucket({ Effect: 'Allow', Action: 's3:GetObject', NotResource: folder, ...toRole }),
    },
  ],
  'with the condition that it has': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'), { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })]) },
    { Role: role([]), Policy: onQueue(allow('sqs:SendMessage', arn('Queue'), { ...toRole, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })) },
  ],
  'from the policy of a key to the role, where the key leaves it to the account': [
    { Role: role([]), Secret: secret(root, allow('kms:Decrypt', '*', toRole)) }, { Role: role([allow('kms:Decrypt', arn('Secret'))]), Secret: secret(root) },
  ],
  'from the role to the policy of a key that leaves it to the account': [
    { Role: role([allow('kms:Decrypt', arn('Secret'))]), Secret: secret(root) }, { Role: role([]), Secret: secret(root, allow('kms:Decrypt', '*', toRole)) },
  ],
  'of a key that leaves nothing to the account, so that it is none': [
    { Role: role([]), Secret: secret(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111111111111:user/admin' } })) },
    { Role: role([allow('kms:Decrypt', arn('Secret'))]), Secret: secret(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111111111111:user/admin' } })) },
  ],
  'from a trust policy to the role that is trusted through its account': [
    { Role: role([]), Other: role([], { AssumeRolePolicyDocument: document(allow('sts:AssumeRole', undefined, toRole), allow('sts:AssumeRole', undefined, { Principal: { AWS: { Ref: 'AWS::AccountId' } } })) }) },
    { Role: role([allow('sts:AssumeRole', arn('Other'))]), Other: role([], { AssumeRolePolicyDocument: trusted({ AWS: { Ref: 'AWS::AccountId' } }) }) },
  ],
  'to a role that nobody trusts with it, so that it is none': [
    { Role: role([]), Other: role([]) }, { Role: role([allow('sts:AssumeRole', arn('Other'))]), Other: role([]) },
  ],
  'from a user to its group': [
    { Group: group(), User: user({ ...inGroup, Policies: inline(allow('s3:GetObject', objects)) }) }, { Group: group(allow('s3:GetObject', objects)), User: user(inGroup) },
  ],
  'from a bucket to the group of a user': [
    { Group: group(), User: user(inGroup), Policy: onBucket(allow('s3:GetObject', objects, toUser)) }, { Group: group(allow('s3:GetObject', objects)), User: user(inGroup) },
  ],
  'from a managed policy of two roles to the queue': [
    {
      Role: role([]),
      Other: role([]),
      Shared: resource('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }, { Ref: 'Other' }], PolicyDocument: document(allow('sqs:SendMessage', arn('Queue'))) }),
    },
    { Role: role([]), Other: role([]), Policy: onQueue(allow('sqs:SendMessage', arn('Queue'), { Principal: { AWS: [arn('Role'), arn('Other')] } })) },
  ],
  'within a boundary that stays': [
    { Role: role([allow('sqs:*', arn('Queue'))], BOUNDED), Bound: bound(allow('sqs:SendMessage')) },
    { Role: role([], BOUNDED), Bound: bound(allow('sqs:SendMessage')), Policy: onQueue(allow('sqs:*', arn('Queue'), toRole)) },
  ],
  'a denial from the bucket to the role': [
    { Role: role([allow('s3:*', [arn('Bucket'), objects])]), Policy: onBucket(deny('s3:DeleteObject', objects, toRole)) },
    { Role: role([allow('s3:*', [arn('Bucket'), objects]), deny('s3:DeleteObject', objects)]) },
  ],
};

describe('a grant that moves is no new access, and none that is gone', () => {
  test.each(Object.entries(MOVES))('%s', (_, [before, after]) => {
    expect(diffOf(before, after)).toEqual({ changes: [], narrowings: [] });
  });
});

/** What is new about a grant that moves: the kind, who, the actions, the request that shows it, whether it is sure. */
type Told = readonly [kind: string, who: string, actions: string, example: string, isSure: boolean];

function inShort({ changes }: AccessDiff): readonly Told[] {
  return changes.map(({ kind, principals, actions, example, isSure }) => [
    kind, principals.map(({ name }) => name).join(), actions.join(), example ? [`${example.action} on ${example.resource}`, ...example.context].join(', ') : '', isSure,
  ]);
}

const WIDENED: Readonly<Record<string, readonly [before: Resources, after: Resources, ...told: Told[]]>> = {
  'with an action more': [
    { Role: role([]), Policy: onQueue(allow('sqs:ReceiveMessage', arn('Queue'), toRole)) }, { Role: role([allow('sqs:*Message', arn('Queue'))]) },
    ['action', 'Stack/Role', 'sqs:DeleteMessage,sqs:SendMessage', 'sqs:DeleteMessage on Stack/Queue', true],
  ],
  'with all objects in place of a folder': [
    { Role: role([allow('s3:GetObject', folder)]) }, { Role: role([]), Policy: onBucket(allow('s3:GetObject', objects, toRole)) },
    ['principal', 'Stack/Role', 's3:GetObject', 's3:GetObject on Stack/Bucket/', true],
  ],
  'without its condition': [
    { Role: role([]), Policy: onQueue(allow('sqs:SendMessage', arn('Queue'), { ...toRole, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })) },
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) },
    ['action', 'Stack/Role', 'sqs:SendMessage', 'sqs:SendMessage on Stack/Queue', true],
  ],
  'where the bucket denied a part of it, and does no more': [
    { Role: role([]), Policy: onBucket(TLS, allow('s3:GetObject', objects, toRole)) }, { Role: role([allow('s3:GetObject', objects)]) },
    ['action', 'Stack/Role', 's3:GetObject', 's3:GetObject on Stack/Bucket/, aws:securetransport = false', true],
  ],
  'not at all, but the bucket denies no more': [
    { Role: role([allow('s3:GetObject', objects)]), Policy: onBucket(TLS) }, { Role: role([allow('s3:GetObject', objects)]) },
    ['condition', 'Stack/Role', 's3:GetObject', 's3:GetObject on Stack/Bucket/, aws:securetransport = false', true],
  ],
  'not at all, but the bucket denies somebody else': [
    { Role: role([allow('s3:*', objects)]), Other: role([]), Policy: onBucket(deny('s3:DeleteObject', objects, toRole)) },
    { Role: role([allow('s3:*', objects)]), Other: role([]), Policy: onBucket(deny('s3:DeleteObject', objects, { Principal: { AWS: arn('Other') } })) },
    ['condition', 'Stack/Role', 's3:DeleteObject', 's3:DeleteObject on Stack/Bucket/', true],
  ],
  'to the queue, where the boundary of a user has no say': [
    { User: user({ ...BOUNDED, Policies: inline(allow('sqs:*Message', arn('Queue'))) }), Bound: bound(allow('sqs:SendMessage')) },
    { User: user(BOUNDED), Bound: bound(allow('sqs:SendMessage')), Policy: onQueue(allow('sqs:*Message', arn('Queue'), toUser)) },
    ['principal', 'Stack/User', 'sqs:DeleteMessage,sqs:ReceiveMessage', 'sqs:DeleteMessage on Stack/Queue', true],
  ],
  'to a group that has another member': [
    { Group: group(), User: user({ ...inGroup, Policies: inline(allow('s3:GetObject', objects)) }), Second: user(inGroup) },
    { Group: group(allow('s3:GetObject', objects)), User: user(inGroup), Second: user(inGroup) },
    ['action', 'Stack/Group', 's3:GetObject', 's3:GetObject on Stack/Bucket/', true],
  ],
  'to a key, from one that let its account decide on less': [
    { Role: role([allow('kms:*', arn('Secret'))]), Secret: secret(allow('kms:Decrypt', '*', { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } })) },
    {
      Role: role([]),
      Secret: secret(
        allow('kms:Decrypt', '*', { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } }),
        allow(['kms:Decrypt', 'kms:ScheduleKeyDeletion'], '*', toRole)),
    },
    ['principal', 'Stack/Role', 'kms:ScheduleKeyDeletion', 'kms:ScheduleKeyDeletion on Stack/Secret', true],
  ],
};

describe('a grant that moves and gives more is told, by what is more', () => {
  test.each(Object.entries(WIDENED))('%s', (_, [before, after, ...told]) => expect(inShort(diffOf(before, after))).toEqual(told));
});

/** A role of one account and a queue of another, or of one that deployment decides on. */
function across(account: string | undefined, [roles, queues]: readonly [readonly object[], readonly object[]]): AppModel {
  return AppModel.of([
    { name: 'Roles', account: '111111111111', region: 'eu-west-1', template: { Resources: { Role: role(roles, { RoleName: 'r' }) } } },
    {
      name: 'Data',
      account,
      region: 'eu-west-1',
      template: {
        Resources: { Queue: resource('AWS::SQS::Queue', { QueueName: 'q' }), ...queues.length > 0 ? { Policy: onQueue(...queues) } : {} },
        Outputs: { Queue: { Value: arn('Queue'), Export: { Name: 'queue' } } },
      },
    },
  ]);
}

const send = (account: unknown) => allow('sqs:SendMessage', { 'Fn::Sub': `arn:aws:sqs:eu-west-1:${account}:q` });
const letIn = allow('sqs:SendMessage', arn('Queue'), { Principal: { AWS: 'arn:aws:iam::111111111111:role/r' } });
const letAccountIn = allow('sqs:*', arn('Queue'), { Principal: { AWS: '111111111111' } });

describe('across accounts', () => {
  const own = send('222222222222');
  test.each<[string, readonly [readonly object[], readonly object[]], readonly [readonly object[], readonly object[]], readonly Told[]]>([
    ['what only the role says is no access, nor what only the queue says', [[own], []], [[], [letIn]], []],
    ['the role says it as well', [[], [letIn]], [[own], [letIn]], [['action', 'Roles/Role', 'sqs:SendMessage', 'sqs:SendMessage on Data/Queue', true]]],
    ['the queue says it as well', [[own], []], [[own], [letIn]], [['principal', 'Roles/Role', 'sqs:SendMessage', 'sqs:SendMessage on Data/Queue', true]]],
    ['by the role in place of its account', [[own], [letAccountIn]], [[own], [letIn]], []],
    ['the role has more than it is let', [[own], [letIn]], [[allow('sqs:*', send('222222222222').Resource)], [letIn]], []],
  ])('%s', (_, before, after, told) => {
    expect(inShort(accessDiff(across('222222222222', before), across('222222222222', after)))).toEqual(told);
  });

  test('where deployment decides whether it is one, a grant that moves may be new', () => {
    const { changes } = accessDiff(across(undefined, [[], [letIn]]), across(undefined, [[allow('sqs:SendMessage', { 'Fn::ImportValue': 'queue' })], [letIn]]));
    expect(changes.map(({ isSure, actions }) => [isSure, actions.join()])).toEqual([[false, 'sqs:SendMessage']]);
  });
});
