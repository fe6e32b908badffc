import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { at, modelOf, synthesized } from './model-of';
import { mayUse } from '../../src/iam/access';
import { executionRole, executionRoles } from '../../src/iam/execution-roles';
import { Role } from '../../src/iam/role';
import { AppModel } from '../../src/model/app-model';
import { CODE } from '../function/fixtures';

function roleOf(app: AppModel, path: string): Role {
  const role = executionRole(app, at(app, path));
  if (!role) throw new Error(`no role of ${path}`);
  return role;
}

describe('in a real synth', () => {
  const app = synthesized((stack, root) => {
    const fn = new lambda.Function(stack, 'Fn', CODE);
    new s3.Bucket(stack, 'Bucket').grantRead(fn);
    fn.role!.addManagedPolicy(new iam.ManagedPolicy(stack, 'Managed', { statements: [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })] }));
    const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::123456789012:role/path/theirs');
    const other = new lambda.Function(stack, 'Other', { ...CODE, role: imported });
    other.addToRolePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
    const elsewhere = new Stack(root, 'Elsewhere');
    new lambda.Function(elsewhere, 'Fn', { ...CODE, role: fn.role });
  });

  test('a role has the policies that are attached to it, in whichever way', () => {
    const role = roleOf(app, 'Stack/Fn/Resource');
    expect(['s3:GetObject*', 'sqs:SendMessage', 'logs:PutLogEvents', 's3:PutObject'].map(action => mayUse(role, action))).toEqual(['yes', 'yes', 'yes', 'no']);
  });

  test('a role is the same in another stack', () => {
    expect(roleOf(app, 'Elsewhere/Fn/Resource')).toBe(roleOf(app, 'Stack/Fn/Resource'));
    expect(roleOf(app, 'Stack/Fn/Resource').functions.map(({ fn }) => String(fn))).toEqual(['Elsewhere/Fn/Resource', 'Stack/Fn/Resource']);
  });

  test('of an imported role only what the app adds is known', () => {
    const role = roleOf(app, 'Stack/Other/Resource');
    expect([role.isWhole, mayUse(role, 'sns:Publish'), mayUse(role, 's3:GetObject')]).toEqual([false, 'yes', 'unknown']);
  });
});

const FUNCTION = 'AWS::Lambda::Function';
const fn = (role: unknown) => ({ Type: FUNCTION, Properties: { Role: role } });
const ROLE = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'own' } };
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

describe('functions have the same role', () => {
  test.each<[string, unknown, unknown]>([
    ['by reference', { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::GetAtt': 'Role.Arn' }],
    ['by reference and by name', { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/own' }],
    ['by the same ARN', 'arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/a'],
    ['by an ARN with a partition', 'arn:aws:iam::123456789012:role/a', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::123456789012:role/a' }],
    ['by the same parameter', { Ref: 'Any' }, { Ref: 'Any' }],
  ])('%s', (_, one, other) => {
    const app = modelOf({ Role: ROLE, A: fn(one), B: fn(other) }, sections);
    expect(executionRoles(app).map(({ functions }) => functions.length)).toEqual([2]);
  });
});

test.each<[string, unknown, unknown]>([
  ['two roles', 'arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b'],
  ['two parameters', { Ref: 'Any' }, { Ref: 'Another' }],
])('functions with %s have no role in common', (_, one, other) => {
  expect(executionRoles(modelOf({ A: fn(one), B: fn(other) }, sections)).map(({ functions }) => functions.length)).toEqual([1, 1]);
});

test('a condition may decide on the role', () => {
  const role = { Type: 'AWS::IAM::Role' };
  const app = modelOf({ A: role, B: role, Fn: fn({ 'Fn::If': ['Sometimes', { 'Fn::GetAtt': ['A', 'Arn'] }, { 'Fn::GetAtt': ['B', 'Arn'] }] }) }, sections);
  expect(executionRoles(app).map(each => [String(each), each.functions[0].certain])).toEqual([['Stack/A', 'unknown'], ['Stack/B', 'unknown']]);
  expect(executionRole(app, at(app, 'Stack/Fn'))).toBeUndefined();
});

describe('what a role may use', () => {
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const ofRole = (properties: object, others: Record<string, object> = {}) => {
    const app = modelOf({ ...others, Role: { Type: 'AWS::IAM::Role', Properties: properties }, Fn: fn({ 'Fn::GetAtt': ['Role', 'Arn'] }) }, sections);
    return mayUse(roleOf(app, 'Stack/Fn'), 's3:GetObject');
  };
  const policy = (type: string, properties: object) =>
    ({ Policy: { Type: type, Properties: { PolicyDocument: { Statement: statement }, ...properties } } });

  test.each<[string, object, Record<string, object>, string]>([
    ['nothing', {}, {}, 'no'],
    ['by an inline policy', { Policies: [{ PolicyDocument: { Statement: statement } }] }, {}, 'yes'],
    ['by AWS::IAM::Policy', {}, policy('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }] }), 'yes'],
    ['by AWS::IAM::RolePolicy', {}, policy('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }), 'yes'],
    ['by a managed policy that names it', {}, policy('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }] }), 'yes'],
    ['by a managed policy it names', { ManagedPolicyArns: [{ Ref: 'Policy' }] }, policy('AWS::IAM::ManagedPolicy', {}), 'yes'],
    ['by a policy of another name', { RoleName: 'own' }, policy('AWS::IAM::Policy', { Roles: ['own'] }), 'yes'],
    ['by a policy it has by a condition', {}, policy('AWS::IAM::Policy', { Roles: [{ 'Fn::If': ['Sometimes', { Ref: 'Role' }, 'x'] }] }), 'unknown'],
    ['by a policy of AWS', { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess' }] }, {}, 'yes'],
    ['by a policy of AWS that is about something else', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }, {}, 'no'],
    ['by a policy of AWS that is not known here', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonNothingFullAccess'] }, {}, 'unknown'],
    ['by a policy from elsewhere', { ManagedPolicyArns: [{ Ref: 'Any' }] }, {}, 'unknown'],
    ['by a policy that AWS calls the same', { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/AmazonS3FullAccess'] }, {}, 'unknown'],
    ['within a boundary from elsewhere', {
      Policies: [{ PolicyDocument: { Statement: statement } }], PermissionsBoundary: { Ref: 'Any' },
    }, {}, 'unknown'],
    ['within a boundary of AWS', {
      Policies: [{ PolicyDocument: { Statement: statement } }], PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess',
    }, {}, 'no'],
  ])('%s', (_, properties, others, expected) => expect(ofRole(properties, others)).toBe(expected));
});
