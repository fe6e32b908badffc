import { allow, arn, deny, diffOf, document, inline, resource, Resources, role, STORES, trusted } from './versions';

const ACCOUNT = { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' };
const fn = (Role: unknown, more: object = {}) => resource('AWS::Lambda::Function', { Role, ...more });
const bucketPolicy = (...statements: object[]) => resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) });
const permission = (more: object) => resource('AWS::Lambda::Permission', { FunctionName: { Ref: 'Fn' }, Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', ...more });
const objects = { 'Fn::Join': ['', [arn('Bucket'), '/*']] };
const CONDITIONS = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } } };

/** Changes of a template that leave everybody with the access that they had. */
const REFACTORINGS: Readonly<Record<string, readonly [before: Resources, after: Resources, sections?: object]>> = {
  'nothing at all': [{ Role: role([allow('s3:GetObject', objects)]) }, { Role: role([allow('s3:GetObject', objects)]) }],
  'statements in another order': [
    { Role: role([allow('s3:GetObject', objects), allow('sqs:SendMessage', arn('Queue')), deny('s3:*', arn('Bucket'))]) },
    { Role: role([deny('s3:*', arn('Bucket')), allow('sqs:SendMessage', arn('Queue')), allow('s3:GetObject', objects)]) },
  ],
  'statements merged': [
    { Role: role([allow('sqs:SendMessage', arn('Queue')), allow('sqs:ReceiveMessage', arn('Queue'))]) },
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], [arn('Queue')])]) },
  ],
  'a statement split by its resources': [
    { Role: role([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [arn('Table'), { 'Fn::Join': ['', [arn('Table'), '/index/*']] }])]) },
    { Role: role([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], arn('Table')), allow(['dynamodb:PutItem', 'dynamodb:GetItem'], { 'Fn::Sub': '${Table.Arn}/index/*' })]) },
  ],
  'actions in another order and another case': [
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], arn('Queue'))]) },
    { Role: role([allow(['sqs:receivemessage', 'SQS:SendMessage', 'sqs:sendMessage'], arn('Queue'))]) },
  ],
  'actions named one by one that a wildcard named': [
    { Role: role([allow('sqs:*Message', arn('Queue'))]) },
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('Queue'))]) },
  ],
  'a wildcard for all that was named': [
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('Queue'))]) },
    { Role: role([allow('sqs:*Message', arn('Queue'))]) },
  ],
  'a statement beside a wider one': [
    { Role: role([allow('s3:Get*', [arn('Bucket'), objects])]) },
    { Role: role([allow('s3:Get*', [arn('Bucket'), objects]), allow('s3:GetObject', objects)]) },
  ],
  'a logical id of its own': [
    { Old: { ...role([allow('sqs:SendMessage', arn('OldQueue'))]), Metadata: { 'aws:cdk:path': 'Stack/Role/Resource' } }, OldQueue: resource('AWS::SQS::Queue', {}, 'Stack/Q/Resource') },
    { New: { ...role([allow('sqs:SendMessage', arn('NewQueue'))]), Metadata: { 'aws:cdk:path': 'Stack/Role/Resource' } }, NewQueue: resource('AWS::SQS::Queue', {}, 'Stack/Q/Resource') },
  ],
  'another construct path of the same logical id': [
    { Role: { ...role([allow('sqs:SendMessage', arn('Queue'))]), Metadata: { 'aws:cdk:path': 'Stack/Role/Resource' } } },
    { Role: { ...role([allow('sqs:SendMessage', arn('Queue'))]), Metadata: { 'aws:cdk:path': 'Stack/Moved/Role/Resource' } } },
  ],
  'an inline policy made a managed one': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) },
    { Role: role([]), Policy: resource('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }], PolicyDocument: document(allow('sqs:SendMessage', arn('Queue'))) }) },
  ],
  'an inline policy with a resource of its own': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) },
    { Role: role([]), Policy: resource('AWS::IAM::Policy', { PolicyName: 'P', Roles: [{ Ref: 'Role' }], PolicyDocument: document(allow('sqs:SendMessage', arn('Queue'))) }) },
  ],
  'a role that has a name now, and is named in other policies': [
    { Role: role([allow('s3:GetObject', objects)]), Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: arn('Role') } })) },
    { Role: role([allow('s3:GetObject', objects)], { RoleName: 'reader' }), Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: arn('Role') } })) },
  ],
  'a role and a bucket with other names': [
    { Role: role([allow('s3:GetObject', { 'Fn::Sub': '${Named.Arn}/*' })], { RoleName: 'reader' }), Named: resource('AWS::S3::Bucket', { BucketName: 'one' }) },
    { Role: role([allow('s3:GetObject', 'arn:aws:s3:::other/*')], { RoleName: 'receiver' }), Named: resource('AWS::S3::Bucket', { BucketName: 'other' }) },
  ],
  'names that two buckets have swapped': [
    { Role: role([allow('s3:GetObject', { 'Fn::Sub': '${A.Arn}/*' })]), A: resource('AWS::S3::Bucket', { BucketName: 'one' }), B: resource('AWS::S3::Bucket', { BucketName: 'two' }) },
    { Role: role([allow('s3:GetObject', { 'Fn::Sub': '${A.Arn}/*' })]), A: resource('AWS::S3::Bucket', { BucketName: 'two' }), B: resource('AWS::S3::Bucket', { BucketName: 'one' }) },
  ],
  'a role of its own for each function, with the rights that they shared': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]), A: fn(arn('Role')), B: fn(arn('Role')) },
    { RoleA: role([allow('sqs:SendMessage', arn('Queue'))]), RoleB: role([allow('sqs:SendMessage', arn('Queue'))]), A: fn(arn('RoleA')), B: fn(arn('RoleB')) },
  ],
  'policy variables, kept': [
    { Role: role([allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/${!aws:PrincipalTag/team}/*' }), allow('sqs:SendMessage', arn('Queue'))]) },
    { Role: role([allow('sqs:SendMessage', arn('Queue')), allow(['s3:GetObject'], [{ 'Fn::Join': ['', [arn('Bucket'), '/${aws:PrincipalTag/team}/*']] }])]) },
  ],
  'a parameter, kept beside what is gone': [
    { Role: role([allow('sqs:SendMessage', { Ref: 'Stage' }), allow('sqs:SendMessage', { Ref: 'Stage' })]) },
    { Role: role([allow('sqs:SendMessage', [{ Ref: 'Stage' }])]) },
    CONDITIONS,
  ],
  'a condition of the template, kept while statements move': [
    { Role: role([{ 'Fn::If': ['IsProduction', allow('s3:GetObject', objects), { Ref: 'AWS::NoValue' }] }, allow('sqs:SendMessage', arn('Queue'))]) },
    { Role: role([allow('sqs:SendMessage', arn('Queue')), { 'Fn::If': ['IsProduction', allow('s3:GetObject', objects), { Ref: 'AWS::NoValue' }] }]) },
    CONDITIONS,
  ],
  'an undecided denial, kept': [
    { Role: role([{ 'Fn::If': ['IsProduction', deny('sqs:*'), { Ref: 'AWS::NoValue' }] }, allow('sqs:SendMessage', arn('Queue')), allow('sqs:ReceiveMessage', arn('Queue'))]) },
    { Role: role([allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], arn('Queue')), { 'Fn::If': ['IsProduction', deny('sqs:*'), { Ref: 'AWS::NoValue' }] }]) },
    CONDITIONS,
  ],
  'a policy of a resource in another order, its condition in another form': [
    { Policy: bucketPolicy(allow(['s3:GetObject', 's3:PutObject'], objects, { Principal: { Service: ['a.amazonaws.com', 'b.amazonaws.com'] }, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } })) },
    {
      Policy: bucketPolicy(
        allow(['s3:GetObject', 's3:PutObject'], objects, { Principal: { Service: 'b.amazonaws.com' }, Condition: { StringEquals: { 'AWS:SourceAccount': ['1'] } } }),
        allow(['s3:PutObject', 's3:GetObject'], objects, { Principal: { Service: 'a.amazonaws.com' }, Condition: { StringEquals: { 'aws:sourceAccount': '1' } } })),
    },
  ],
  'a permission with another logical id': [
    { Role: role([]), Fn: fn(arn('Role')), One: permission({ SourceArn: arn('Bucket') }) }, { Role: role([]), Fn: fn(arn('Role')), Other: permission({ SourceArn: arn('Bucket') }) },
  ],
  'what a role may do, said by the bucket as well': [
    { Role: role([allow('s3:GetObject', objects)]) },
    { Role: role([allow('s3:GetObject', objects)]), Policy: bucketPolicy(allow('s3:GetObject', objects, { Principal: { AWS: arn('Role') } })) },
  ],
  'a denial more': [
    { Role: role([allow('sqs:SendMessage', arn('Queue'))]) }, { Role: role([allow('sqs:SendMessage', arn('Queue')), deny('s3:*')]) },
  ],
  'a new role without rights, a new key of the account, a new queue': [
    {}, { Role: role([]), NewKey: STORES.Key, NewQueue: resource('AWS::SQS::Queue'), Trust: role([], { AssumeRolePolicyDocument: trusted({ Service: 'ecs-tasks.amazonaws.com' }) }) },
  ],
  'a boundary of other statements': [
    { Role: role([allow('sqs:*')], { PermissionsBoundary: { Ref: 'Bound' } }), Bound: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow(['sqs:SendMessage', 's3:GetObject'])) }) },
    { Role: role([allow('sqs:*')], { PermissionsBoundary: { Ref: 'Bound' } }), Bound: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow('s3:GetObject'), allow('sqs:SendMessage')) }) },
  ],
  'rights beyond a boundary': [
    { Role: role([allow('sqs:SendMessage')], { PermissionsBoundary: { Ref: 'Bound' } }), Bound: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow('sqs:SendMessage')) }) },
    { Role: role([allow(['sqs:SendMessage', 's3:*'])], { PermissionsBoundary: { Ref: 'Bound' } }), Bound: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document(allow('sqs:SendMessage')) }) },
  ],
  'a group whose members got its policy by themselves': [
    { Group: resource('AWS::IAM::Group', { Policies: inline(allow('s3:GetObject', objects)) }), User: resource('AWS::IAM::User', { Groups: [{ Ref: 'Group' }] }) },
    { User: resource('AWS::IAM::User', { Policies: inline(allow('s3:GetObject', objects)) }) },
  ],
  'trust of the account, written otherwise': [
    { Role: role([], { AssumeRolePolicyDocument: trusted({ AWS: ACCOUNT }) }) }, { Role: role([], { AssumeRolePolicyDocument: trusted({ AWS: [{ Ref: 'AWS::AccountId' }] }) }) },
  ],
};

describe('what leaves access as it was is not worth a word', () => {
  test.each(Object.entries(REFACTORINGS))('%s', (_, [before, after, sections]) => {
    expect(diffOf(before, after, sections).changes).toEqual([]);
  });
});
