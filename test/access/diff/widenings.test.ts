import { allow, arn, deny, diffOf, document, inline, resource, Resources, role, trusted } from './versions';
import { AccessChange } from '../../../src/access/diff/access-change';
import { forEverybody } from '../for-everybody';

const fn = (Role: unknown, more: object = {}) => resource('AWS::Lambda::Function', { Role, ...more });
const bucketPolicy = (...statements: object[]) => resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) });
const objects = { 'Fn::Join': ['', [arn('Bucket'), '/*']] };
const bound = (...statements: object[]) => resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
const BOUNDED = { PermissionsBoundary: { Ref: 'Bound' } };
const IDENTITY = 'Policies.0.PolicyDocument.Statement';
const CONDITIONS = { Parameters: { Stage: { Type: 'String' }, Other: { Type: 'String' } }, Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } } };
const NETWORK: Resources = {
  Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Subnet: resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' }),
  Group: resource('AWS::EC2::SecurityGroup', { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }] }),
};
const ifProduction = (then: unknown, otherwise: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['IsProduction', then, otherwise] });

/** A change in short: what is new, who may do what with what, a request that shows it, what gives it, and what there was. */
type Expected = readonly [kind: AccessChange['kind'], who: string, actions: string, resources: string, example: string, now: string, before: string];

function inShort({ kind, principals, actions, resources, example, now, before }: AccessChange): Expected {
  return [
    kind, principals.map(({ name }) => name).join(), actions.join(), resources.join(),
    example ? [`${example.action} on ${example.resource}`, ...example.context].join(', ') : '',
    now.map(({ constructPath, property }) => `${constructPath} ${property}`)[0],
    before.map(({ constructPath, property }) => `${constructPath} ${property}`).join(),
  ];
}

const WIDENINGS: Readonly<Record<string, readonly [before: Resources, after: Resources, ...expected: Expected[]]>> = {
  'an action more': [
    { Role: role([allow('dynamodb:GetItem', arn('Table'))]) },
    { Role: role([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], arn('Table'))]) },
    ['action', 'Stack/Role', 'dynamodb:PutItem', 'Stack/Table', 'dynamodb:PutItem on Stack/Table', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'a wildcard that is more than what was named': [
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], arn('Queue'))]) },
    { Role: role([allow('sqs:*Message', arn('Queue'))]) },
    ['action', 'Stack/Role', 'sqs:DeleteMessage', 'Stack/Queue', 'sqs:DeleteMessage on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'a resource more': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]), Other: resource('AWS::SQS::Queue') },
    { Role: role([allow('sqs:SendMessage', [arn('Queue'), arn('Other')])]), Other: resource('AWS::SQS::Queue') },
    ['resource', 'Stack/Role', 'sqs:SendMessage', 'Stack/Other', 'sqs:SendMessage on Stack/Other', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'two statements, crossed': [
    { Role: role([allow('sqs:SendMessage', arn('Queue')), allow('sqs:ReceiveMessage', arn('Other'))]), Other: resource('AWS::SQS::Queue') },
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], [arn('Queue'), arn('Other')])]), Other: resource('AWS::SQS::Queue') },
    ['resource', 'Stack/Role', 'sqs:ReceiveMessage', 'Stack/Queue', 'sqs:ReceiveMessage on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.1.Action`],
    ['resource', 'Stack/Role', 'sqs:SendMessage', 'Stack/Other', 'sqs:SendMessage on Stack/Other', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'the objects of a bucket, of which it had one folder': [
    { Role: role([allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/a/*' })]) },
    { Role: role([allow('s3:GetObject', objects)]) },
    ['resource', 'Stack/Role', 's3:GetObject', 'Stack/Bucket/*', 's3:GetObject on Stack/Bucket/', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'a condition less': [
    { Role: role([allow('s3:GetObject', objects, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })]) },
    { Role: role([allow('s3:GetObject', objects)]) },
    ['condition', 'Stack/Role', 's3:GetObject', 'Stack/Bucket/*', 's3:GetObject on Stack/Bucket/', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'a value more in a condition': [
    { Role: role([allow('s3:GetObject', objects, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })]) },
    { Role: role([allow('s3:GetObject', objects, { Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } } })]) },
    ['condition', 'Stack/Role', 's3:GetObject', 'Stack/Bucket/*', 's3:GetObject on Stack/Bucket/, aws:principaltag/team = b', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'a denial less': [
    { Role: role([allow('sqs:*', arn('Queue')), deny('sqs:PurgeQueue')]) },
    { Role: role([allow('sqs:*', arn('Queue'))]) },
    ['condition', 'Stack/Role', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action,Stack/Role ${IDENTITY}.1.Action`],
  ],
  'a new role': [
    {},
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) },
    ['principal', 'Stack/Role', 'sqs:SendMessage', 'Stack/Queue', 'sqs:SendMessage on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'a new resource of the app': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) },
    { Role: role([allow('sqs:SendMessage', [arn('Queue'), arn('Added')])]), Added: resource('AWS::SQS::Queue') },
    ['resource', 'Stack/Role', 'sqs:SendMessage', 'Stack/Added', 'sqs:SendMessage on Stack/Added', `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'a policy of AWS': [
    { Role: role([allow('s3:ListAllMyBuckets')]) },
    { Role: role([allow('s3:ListAllMyBuckets')], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole'] }) },
    ['action', 'Stack/Role', 'lambda:InvokeFunction', '*', 'lambda:InvokeFunction on arn::lambda:::function:', 'Stack/Role ManagedPolicyArns.0', ''],
  ],
  'rights of all members of a group': [
    { Group: resource('AWS::IAM::Group', { Policies: inline(allow('sqs:SendMessage', arn('Queue'))) }), User: resource('AWS::IAM::User', { Groups: [{ Ref: 'Group' }] }) },
    { Group: resource('AWS::IAM::Group', { Policies: inline(allow(['sqs:SendMessage', 'sqs:PurgeQueue'], arn('Queue'))) }), User: resource('AWS::IAM::User', { Groups: [{ Ref: 'Group' }] }) },
    ['action', 'Stack/Group', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Group ${IDENTITY}.0.Action`, ''],
  ],
  'a group that a user joins, with what is new to the group': [
    { Group: resource('AWS::IAM::Group', {}), User: resource('AWS::IAM::User') },
    {
      Group: resource('AWS::IAM::Group', { Policies: inline(allow('sqs:SendMessage', arn('Queue'))) }),
      User: resource('AWS::IAM::User', { Groups: [{ Ref: 'Group' }] }),
    },
    ['action', 'Stack/Group,Stack/User', 'sqs:SendMessage', 'Stack/Queue', 'sqs:SendMessage on Stack/Queue', `Stack/Group ${IDENTITY}.0.Action`, ''],
  ],
  'another name that is not that of the same queue': [
    { Role: role([allow('sqs:SendMessage', arn('Named'))]), Named: resource('AWS::SQS::Queue', { QueueName: 'one' }) },
    { Role: role([allow('sqs:SendMessage', [arn('Named'), { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:three' }])]), Named: resource('AWS::SQS::Queue', { QueueName: 'two' }) },
    ['resource', 'Stack/Role', 'sqs:SendMessage', 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:three', 'sqs:SendMessage on arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:three',
      `Stack/Role ${IDENTITY}.0.Action`, `Stack/Role ${IDENTITY}.0.Action`],
  ],
  'a URL for everybody': [
    { Role: role([]), Fn: fn(arn('Role')), Url: resource('AWS::Lambda::Url', { TargetFunctionArn: arn('Fn'), AuthType: 'AWS_IAM' }), ...forEverybody('Fn') },
    { Role: role([]), Fn: fn(arn('Role')), Url: resource('AWS::Lambda::Url', { TargetFunctionArn: arn('Fn'), AuthType: 'NONE' }), ...forEverybody('Fn') },
    ['public', 'everybody', 'its URL', 'Stack/Fn', '', 'Stack/Url AuthType', ''],
  ],
  'a function that leaves its network': [
    { Role: role([]), Fn: fn(arn('Role'), { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } }), ...NETWORK },
    { Role: role([]), Fn: fn(arn('Role')), ...NETWORK },
    ['egress', 'Stack/Fn', 'connect', 'the internet', '', 'Stack/Fn VpcConfig', 'Stack/Fn VpcConfig'],
  ],
  'another role for a function': [
    { Weak: role([allow('sqs:SendMessage', arn('Queue'))]), Strong: role([allow(['sqs:SendMessage', 'sqs:PurgeQueue'], arn('Queue'))]), Fn: fn(arn('Weak')) },
    { Weak: role([allow('sqs:SendMessage', arn('Queue'))]), Strong: role([allow(['sqs:SendMessage', 'sqs:PurgeQueue'], arn('Queue'))]), Fn: fn(arn('Strong')) },
    ['action', 'Stack/Strong', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Strong ${IDENTITY}.0.Action`, ''],
  ],
  'no boundary any more': [
    { Role: role([allow(['sqs:SendMessage', 'sqs:PurgeQueue'], arn('Queue'))], BOUNDED), Bound: bound(allow('sqs:SendMessage')) },
    { Role: role([allow(['sqs:SendMessage', 'sqs:PurgeQueue'], arn('Queue'))]), Bound: bound(allow('sqs:SendMessage')) },
    ['boundary', 'Stack/Role', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'a wider boundary': [
    { Role: role([allow('sqs:*', arn('Queue'))], BOUNDED), Bound: bound(allow('sqs:SendMessage')) },
    { Role: role([allow('sqs:*', arn('Queue'))], BOUNDED), Bound: bound(allow(['sqs:SendMessage', 'sqs:PurgeQueue', 's3:GetObject'])) },
    ['boundary', 'Stack/Role', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'rights of which a boundary leaves some': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))], BOUNDED), Bound: bound(allow(['sqs:SendMessage', 'sqs:PurgeQueue'])) },
    { Role: role([allow('sqs:*', arn('Queue'))], BOUNDED), Bound: bound(allow(['sqs:SendMessage', 'sqs:PurgeQueue'])) },
    ['action', 'Stack/Role', 'sqs:PurgeQueue', 'Stack/Queue', 'sqs:PurgeQueue on Stack/Queue', `Stack/Role ${IDENTITY}.0.Action`, ''],
  ],
  'another account in the policy of a bucket': [
    { Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: '111111111111' } })) },
    { Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: ['111111111111', '222222222222'] } })) },
    ['principal', 'arn:aws:iam::222222222222:root', 's3:GetObject', 'Stack/Bucket', 's3:GetObject on Stack/Bucket/', 'Stack/Policy PolicyDocument.Statement.0.Action', 'Stack/Policy PolicyDocument.Statement.0.Action'],
  ],
  'everybody in the policy of a bucket': [
    { Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: '111111111111' } })) },
    { Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: '*' })) },
    ['public', 'everybody', 's3:GetObject', 'Stack/Bucket', 's3:GetObject on Stack/Bucket/', 'Stack/Policy PolicyDocument.Statement.0.Action', 'Stack/Policy PolicyDocument.Statement.0.Action'],
  ],
  'another account that may assume a role': [
    { Role: role([]) },
    { Role: role([], { AssumeRolePolicyDocument: trusted({ Service: 'lambda.amazonaws.com', AWS: '222222222222' }) }) },
    ['principal', 'arn:aws:iam::222222222222:root', 'sts:AssumeRole', 'Stack/Role', 'sts:AssumeRole on Stack/Role', 'Stack/Role AssumeRolePolicyDocument.Statement.0.Action', 'Stack/Role AssumeRolePolicyDocument.Statement.0.Action'],
  ],
};

describe('access that is new is found', () => {
  test.each(Object.entries(WIDENINGS))('%s', (_, [before, after, ...expected]) => {
    const { changes } = diffOf(before, after);
    expect(changes.map(inShort)).toEqual(expected);
    expect(changes.filter(({ isSure }) => !isSure)).toEqual([]);
  });
});

/** Changes of which deployment decides whether they give new access. */
const UNDECIDED: Readonly<Record<string, readonly [before: Resources, after: Resources]>> = {
  'a statement under a condition of the template': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) }, { Role: role([allow('sqs:SendMessage', arn('Queue')), ifProduction(allow('sqs:PurgeQueue', arn('Queue')))]) },
  ],
  'a statement under a condition no more': [
    { Role: role([ifProduction(allow('sqs:PurgeQueue', arn('Queue')))]) }, { Role: role([allow('sqs:PurgeQueue', arn('Queue'))]) },
  ],
  'a statement where a condition is not met': [
    { Role: role([ifProduction(allow('sqs:PurgeQueue', arn('Queue')))]) }, { Role: role([ifProduction({ Ref: 'AWS::NoValue' }, allow('sqs:PurgeQueue', arn('Queue')))]) },
  ],
  'another parameter': [{ Role: role([allow('sqs:SendMessage', { Ref: 'Stage' })]) }, { Role: role([allow('sqs:SendMessage', { Ref: 'Other' })]) }],
  'a queue beside one that a parameter names': [
    { Role: role([allow('sqs:SendMessage', { Ref: 'Stage' })]) }, { Role: role([allow('sqs:SendMessage', [{ Ref: 'Stage' }, arn('Queue')])]) },
  ],
  'a denial that a condition decides on, gone': [
    { Role: role([allow('sqs:*', arn('Queue')), ifProduction(deny('sqs:PurgeQueue'))]) }, { Role: role([allow('sqs:*', arn('Queue'))]) },
  ],
  'a policy of which only the name is known': [{ Role: role([]) }, { Role: role([], { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/theirs'] }) }],
  'another one beside it': [
    { Role: role([], { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/theirs'] }) },
    { Role: role([], { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/theirs', 'arn:aws:iam::123456789012:policy/others'] }) },
  ],
  'rights within a boundary that is not in the app': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))], { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/bound' }) },
    { Role: role([allow('sqs:*', arn('Queue'))], { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/bound' }) },
  ],
};

describe('access that may be new is said to be no more than that', () => {
  test.each(Object.entries(UNDECIDED))('%s', (_, [before, after]) => {
    const { changes } = diffOf(before, after, CONDITIONS);
    expect(changes.map(({ isSure, principals }) => [isSure, principals.map(({ name }) => name)])).toEqual([[false, ['Stack/Role']]]);
  });
});

test('what is gone is no change, and is listed', () => {
  const { changes, narrowings } = diffOf({ Role: role([allow('sqs:*Message', arn('Queue'))]) }, { Role: role([allow('sqs:SendMessage', arn('Queue'))]) });
  expect(changes).toEqual([]);
  expect(narrowings).toEqual([{
    principals: [{ kind: 'role', name: 'Stack/Role', functions: [] }], actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'], resources: ['Stack/Queue'],
  }]);
});
