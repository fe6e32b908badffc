import { App, Aws, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessAnalysis, AccessAssertions, AccessVerdict } from '../../src';
import { CODE } from '../function/fixtures';

/** A function that reads a table of another stack, and a bucket; and a role that may do what it likes with the function. */
function shop() {
  const app = new App();
  const data = new Stack(app, 'Data');
  const table = new dynamodb.Table(data, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const stack = new Stack(app, 'Shop');
  const fn = new lambda.Function(stack, 'Handler', CODE);
  const bucket = new s3.Bucket(stack, 'Bucket');
  table.grantReadData(fn);
  bucket.grantRead(fn);
  const deployer = new iam.Role(stack, 'Deployer', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') });
  deployer.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: [fn.functionArn] }));
  return { app, data, stack, table, fn, bucket, deployer };
}

describe('an analysis of an app', () => {
  const { app, table, fn, bucket, deployer } = shop();
  const access = AccessAnalysis.of(app);

  test('says who may do something, across stacks, by which statement', () => {
    const [only, ...others] = access.whoCan('dynamodb:GetItem', table);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      principal: 'Shop/Handler/ServiceRole/Resource',
      principalKind: 'role',
      functions: ['Shop/Handler/Resource'],
      resource: 'Data/Table/Resource',
      verdict: AccessVerdict.ALLOWED,
      conditions: [],
    });
    expect(only.statements).toMatchObject([{ constructPath: 'Shop/Handler/ServiceRole/DefaultPolicy/Resource', property: 'PolicyDocument.Statement.0.Action' }]);
  });

  test('says whether somebody may', () => {
    expect(access.canAccess(fn, 's3:GetObject', bucket)).toMatchObject({ verdict: AccessVerdict.ALLOWED, resource: 'Shop/Bucket/Resource/*' });
    expect(access.canAccess(fn.role!, 's3:PutObject', bucket)).toMatchObject({ verdict: AccessVerdict.DENIED });
    expect(access.canAccessArn(fn, 's3:GetObject', 'arn:aws:s3:::somebody-else/x')).toMatchObject({ verdict: AccessVerdict.DENIED });
    expect(access.whoCanOnArn('s3:GetObject', 'arn:aws:s3:::somebody-else/x')).toEqual([]);
  });

  test('finds ways, what is reached, and escalations', () => {
    expect(access.paths(deployer, table).map(({ steps }) => steps.map(({ how }) => how))).toEqual([['gains', 'may']]);
    expect(access.pathsFromInternet(table)).toEqual([]);
    expect(access.reach(fn).map(({ to }) => to)).toEqual(expect.arrayContaining(['Data/Table/Resource', 'Shop/Bucket/Resource']));
    expect(access.escalations()).toMatchObject([
      { principal: 'Shop/Deployer/Resource', gains: 'Shop/Handler/ServiceRole/Resource', isSure: true, actions: ['lambda:UpdateFunctionCode'] },
    ]);
  });

  test('says what is wrong with a question', () => {
    expect(() => access.whoCan('s3:Get*', bucket)).toThrow('`s3:Get*` is no action, expected one such as `lambda:InvokeFunction`, without wildcards');
    expect(() => access.canAccess(bucket, 's3:GetObject', bucket)).toThrow('`Shop/Bucket` is no role, no user and no function with a role');
    const imported = s3.Bucket.fromBucketName(new Stack(new App(), 'Other'), 'Imported', 'theirs');
    expect(() => access.whoCan('s3:GetObject', imported)).toThrow('`Other/Imported` has no resource in the templates');
  });
});

describe('assertions', () => {
  const { app, stack, fn, table, bucket, deployer } = shop();
  const access = AccessAssertions.fromApp(app);
  const basics = { actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], resources: ['*'] };

  test('hold', () => {
    access.allows(fn, 'dynamodb:Query', table);
    access.denies(fn, 'dynamodb:PutItem', table);
    access.onlyAllows(deployer, ['lambda:UpdateFunctionCode'], [fn]);
    access.isReachableOnlyBy(bucket, [fn]);
    access.isReachableOnlyBy(fn, [deployer]);
    access.allowsNothingBeyond(deployer, new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['lambda:Update*'], resources: ['*'] })] }));
    AccessAssertions.fromStack(stack).denies(fn, 's3:DeleteObject', bucket);
  });

  test.each<[string, () => void, readonly string[]]>([
    ['allows', () => access.allows(fn, 'dynamodb:PutItem', table), ['`Shop/Handler/ServiceRole/Resource` is denied `dynamodb:PutItem` on `Data/Table/Resource`']],
    ['denies', () => access.denies(fn, 'dynamodb:GetItem', table), ['is allowed `dynamodb:GetItem` on `Data/Table/Resource`, expected that it is denied',
      'Shop/Handler/ServiceRole/DefaultPolicy/Resource PolicyDocument.Statement.0.Action']],
    ['onlyAllows', () => access.onlyAllows(deployer, ['lambda:GetFunction'], [fn]), ['`Shop/Deployer/Resource` may `lambda:UpdateFunctionCode` on `arn:aws:lambda:',
      'Shop/Deployer/DefaultPolicy/Resource PolicyDocument.Statement.0.Action']],
    ['isReachableOnlyBy', () => access.isReachableOnlyBy(fn, []), ['`Shop/Handler` can be reached by more than expected', '`Shop/Deployer/Resource` may lambda:UpdateFunctionCode']],
    ['allowsNothingBeyond', () => access.allowsNothingBeyond(fn, new iam.PolicyDocument({ statements: [new iam.PolicyStatement(basics)] })),
      ['`Shop/Handler/ServiceRole/Resource` may `', 'expected no more than the policy allows']],
  ])('%s says who may do what by which statement', (_, assertion, messages) => {
    for (const message of messages) expect(assertion).toThrow(message);
  });
});

describe('under the policies of an organization', () => {
  const { app, stack, table, fn, deployer } = shop();
  const statement = (effect: iam.Effect, actions: string[], more: iam.PolicyStatementProps = {}) =>
    new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ effect, actions, resources: ['*'], ...more })] });
  const serviceControlPolicies = [
    [statement(iam.Effect.ALLOW, ['*'])],
    [statement(iam.Effect.DENY, ['s3:*']), statement(iam.Effect.DENY, ['dynamodb:*'], { conditions: { ArnNotLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::*:role/admin` } } })],
  ];
  const resourceControlPolicies = [statement(iam.Effect.DENY, ['dynamodb:*'], { principals: [new iam.StarPrincipal()] })];

  test('an analysis says what denies', () => {
    const access = AccessAnalysis.of(app, { serviceControlPolicies });
    expect(access.canAccess(fn, 'dynamodb:GetItem', table)).toMatchObject({
      verdict: AccessVerdict.DENIED, statements: [{ constructPath: 'serviceControlPolicies.1.1', property: 'Statement.0.Action' }],
    });
    expect(access.whoCan('dynamodb:GetItem', table)).toEqual([]);
    expect(access.canAccess(deployer, 'lambda:UpdateFunctionCode', fn).verdict).toBe(AccessVerdict.ALLOWED);
    expect(AccessAnalysis.of(app, { resourceControlPolicies }).canAccess(fn, 'dynamodb:GetItem', table))
      .toMatchObject({ verdict: AccessVerdict.DENIED, statements: [{ constructPath: 'resourceControlPolicies.0' }] });
  });

  test('an assertion holds within them', () => {
    expect(() => AccessAssertions.fromApp(app).denies(fn, 'dynamodb:GetItem', table)).toThrow('is allowed');
    AccessAssertions.fromApp(app, { serviceControlPolicies }).denies(fn, 'dynamodb:GetItem', table);
    AccessAssertions.fromStack(stack, { resourceControlPolicies }).denies(fn, 'dynamodb:GetItem', table);
  });
});
