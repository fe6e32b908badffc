import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describeAccess } from '../../src/access/descriptions/described-access';
import { askedArn, askedResource } from '../../src/access/queries/asked-resource';
import { lookUpPrincipal, lookUpResource } from '../../src/access/queries/look-up';
import { access } from '../../src/access/queries/question';
import { whoCan } from '../../src/access/queries/who-can';
import { AppModel } from '../../src/model/app-model';
import { CODE } from '../function/fixtures';
import { at, modelOf, synthesized } from '../iam/model-of';

function who(app: AppModel, action: string, path: string): string[] {
  return whoCan(app, action, askedResource(app, at(app, path))).map(each => describeAccess(app, each))
    .map(({ principal, answer, conditions }) => `${principal.name} ${answer}${conditions.length > 0 ? ' if' : ''}`).sort();
}

function can(app: AppModel, principal: string, action: string, resource: string): string {
  const [asker] = lookUpPrincipal(app, principal).meant;
  const [asked] = lookUpResource(app, resource).meant;
  return access(app, asker, action, asked).answer;
}

describe('in a real synth', () => {
  const app = synthesized(stack => {
    const reader = new lambda.Function(stack, 'Reader', CODE);
    const writer = new lambda.Function(stack, 'Writer', CODE);
    const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key'), enforceSSL: true });
    bucket.grantRead(reader, 'public/*');
    bucket.grantReadWrite(writer);
    const queue = new sqs.Queue(stack, 'Queue');
    queue.grantSendMessages(writer);
    queue.grantSendMessages(new iam.AccountPrincipal('111122223333'));
    queue.grantSendMessages(new iam.ServicePrincipal('s3.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': bucket.bucketArn } } }));
    writer.grantInvoke(reader);
  });

  test.each<[string, string, string[]]>([
    ['s3:GetObject', 'Stack/Bucket/Resource', ['Stack/Reader/ServiceRole/Resource allowed', 'Stack/Writer/ServiceRole/Resource allowed']],
    ['s3:DeleteObject', 'Stack/Bucket/Resource', ['Stack/Writer/ServiceRole/Resource allowed']],
    ['s3:DeleteBucket', 'Stack/Bucket/Resource', []],
    ['kms:Decrypt', 'Stack/Key/Resource', ['Stack/Reader/ServiceRole/Resource allowed', 'Stack/Writer/ServiceRole/Resource allowed']],
    ['kms:ScheduleKeyDeletion', 'Stack/Key/Resource', []],
    ['sqs:SendMessage', 'Stack/Queue/Resource',
      ['Stack/Writer/ServiceRole/Resource allowed', 'arn:aws:iam::111122223333:root allowed', 's3.amazonaws.com allowed if']],
    ['lambda:InvokeFunction', 'Stack/Writer/Resource', ['Stack/Reader/ServiceRole/Resource allowed']],
  ])('who may %s on %s', (action, path, expected) => expect(who(app, action, path)).toEqual(expected));

  test.each<[string, string, string, string]>([
    ['Stack/Reader', 's3:GetObject', 'Stack/Bucket', 'allowed'],
    ['Stack/Reader', 's3:PutObject', 'Stack/Bucket', 'denied'],
    ['Stack/Writer', 'lambda:InvokeFunction', 'Stack/Reader', 'denied'],
    ['*', 's3:GetObject', 'Stack/Bucket', 'denied'],
    ['events.amazonaws.com', 'sqs:SendMessage', 'Stack/Queue', 'denied'],
  ])('whether %s may %s on %s', (principal, action, resource, expected) => expect(can(app, principal, action, resource)).toBe(expected));

  test('an object is asked for by its ARN, with what deployment decides written as it is shown', () => {
    const [reader] = lookUpPrincipal(app, 'Stack/Reader').meant;
    const bucket = at(app, 'Stack/Bucket/Resource');
    const [arn] = askedResource(app, bucket).patterns;
    expect(access(app, reader, 's3:GetObject', askedArn(app, `${arn}/public/x`)).answer).toBe('allowed');
    expect(access(app, reader, 's3:GetObject', askedArn(app, `${arn}/private/x`)).answer).toBe('denied');
  });

  test('names are found by path, by the path of the L2 and by logical id; others are not', () => {
    const found = (given: string) => lookUpResource(app, given).meant.map(({ resource }) => String(resource));
    const { logicalId } = at(app, 'Stack/Queue/Resource');
    for (const given of ['Stack/Queue/Resource', 'Stack/Queue', logicalId]) expect(found(given)).toEqual(['Stack/Queue/Resource']);
    expect(found('Stack')).toEqual([]);
    expect(found('Stack/Other')).toEqual([]);
  });
});

test('a layer version is there for those that its permissions name', () => {
  const app = modelOf({
    Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { LayerName: 'shared' } },
    Partner: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { LayerVersionArn: { Ref: 'Layer' }, Action: 'lambda:GetLayerVersion', Principal: '111122223333' } },
    Ours: {
      Type: 'AWS::Lambda::LayerVersionPermission',
      Properties: { LayerVersionArn: { Ref: 'Layer' }, Action: 'lambda:GetLayerVersion', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' },
    },
  });
  expect(who(app, 'lambda:GetLayerVersion', 'Stack/Layer')).toEqual(['arn:aws:iam::111122223333:root allowed', 'everybody allowed if']);
  expect(can(app, '*', 'lambda:DeleteLayerVersion', 'Stack/Layer')).toBe('denied');
});

const DOCUMENT = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const TRUST = DOCUMENT({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };
const ALLOW = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

/** Whether a role with these statements may send to a queue. */
function answered(statements: readonly object[], { role = {}, queue = {}, more = {} }: Record<string, object> = {}): string {
  const app = modelOf({
    Queue: { ...QUEUE, ...queue },
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'P', PolicyDocument: DOCUMENT(...statements) }], ...role } },
    ...more,
  }, sections);
  return can(app, 'Stack/Role', 'sqs:SendMessage', 'Stack/Queue');
}

describe('certainty is kept', () => {
  const BOUNDARY = { PermissionsBoundary: { Ref: 'Boundary' } };
  const boundary = (statement: object) => ({ Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: DOCUMENT(statement) } } });

  test.each<[string, string, readonly object[], Record<string, object>?]>([
    ['allowed by name', 'allowed', [{ ...ALLOW, Resource: { 'Fn::Sub': 'arn:aws:sqs:*:${AWS::AccountId}:orders' } }]],
    ['denied for want of a statement', 'denied', []],
    ['denied by a statement', 'denied', [ALLOW, { ...ALLOW, Effect: 'Deny' }]],
    ['a statement that a condition of the template decides on', 'unknown', [{ 'Fn::If': ['Sometimes', ALLOW, { Ref: 'AWS::NoValue' }] }]],
    ['a resource that is a parameter', 'unknown', [{ ...ALLOW, Resource: { Ref: 'Any' } }]],
    ['a resource that is another parameter of a queue that is none', 'unknown', [{ ...ALLOW, Resource: { 'Fn::Sub': 'arn:aws:sqs:*:*:${Any}' } }]],
    ['an action that is a parameter', 'unknown', [{ ...ALLOW, Action: { Ref: 'Any' } }]],
    ['an account that is written', 'unknown', [{ ...ALLOW, Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' }]],
    ['another name', 'denied', [{ ...ALLOW, Resource: 'arn:aws:sqs:eu-west-1:111122223333:payments' }]],
    ['a denial that is a parameter', 'unknown', [ALLOW, { ...ALLOW, Effect: 'Deny', Resource: { Ref: 'Any' } }]],
    ['an effect that is a parameter', 'unknown', [{ ...ALLOW, Effect: { Ref: 'Any' } }]],
    ['all but what is a parameter', 'unknown', [{ Effect: 'Allow', NotAction: { Ref: 'Any' }, Resource: '*' }]],
    ['within a boundary', 'allowed', [ALLOW], { role: BOUNDARY, more: boundary({ ...ALLOW, Action: 'sqs:*', Resource: '*' }) }],
    ['beyond a boundary', 'denied', [ALLOW], { role: BOUNDARY, more: boundary({ ...ALLOW, Action: 's3:*', Resource: '*' }) }],
    ['a boundary from elsewhere', 'unknown', [ALLOW], { role: { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/theirs' } }],
    ['a policy of AWS', 'allowed', [], { role: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] } }],
    ['a policy of AWS that says something else', 'denied', [], { role: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'] } }],
    ['a policy from elsewhere', 'unknown', [], { role: { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/theirs'] } }],
  ])('%s: %s', (_, expected, statements, given = {}) => expect(answered(statements, given)).toBe(expected));
});

test('a user has what its groups are allowed', () => {
  const app = modelOf({
    Queue: QUEUE,
    Group: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: DOCUMENT(ALLOW) }] } },
    Member: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Group' }] } },
    Added: { Type: 'AWS::IAM::User' },
    Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Group' }, Users: [{ Ref: 'Added' }] } },
    Other: { Type: 'AWS::IAM::User' },
  });
  expect(['Member', 'Added', 'Other'].map(user => can(app, `Stack/${user}`, 'sqs:SendMessage', 'Stack/Queue'))).toEqual(['allowed', 'allowed', 'denied']);
});

test('a permission on an alias lets nobody invoke the function itself', () => {
  const Resources = {
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } },
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Live' }, Action: 'lambda:InvokeFunction', Principal: '111122223333' } },
  };
  const app = AppModel.of([{ name: 'Stack', account: '444455556666', region: 'eu-west-1', template: { Resources } }]);
  const [fn] = askedResource(app, at(app, 'Stack/Fn')).patterns;
  const asked = (arn: string) => whoCan(app, 'lambda:InvokeFunction', askedArn(app, arn)).map(({ answer }) => answer);
  expect([asked(fn), asked(`${fn}:live`), asked(`${fn}:other`)]).toEqual([[], ['allowed'], []]);
});
