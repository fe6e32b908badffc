import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { forEverybody } from './for-everybody';
import { accessGraph } from '../../src/access/graph/access-graph';
import { INTERNET } from '../../src/access/graph/nodes';
import { lookUpPrincipal, lookUpResource } from '../../src/access/queries/look-up';
import { access } from '../../src/access/queries/question';
import { whoCan } from '../../src/access/queries/who-can';
import { AppModel } from '../../src/model/app-model';
import { parseTemplate } from '../../src/model/read/parse-template';
import { CODE } from '../function/fixtures';
import { modelOf, synthesized } from '../iam/model-of';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: arn('Fn') });
const role = (...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
    Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }],
  },
});
const url = (AuthType: unknown, more: object = {}) => ({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn('Fn'), AuthType, ...more } });
const permission = (Action: string, more: object) => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: arn('Fn'), Action, Principal: '*', ...more } });

const PUBLIC = forEverybody('Fn');

/** A function with a URL, or without one, and roles with one, the other and both permissions. */
function appWith(resources: Record<string, object>): AppModel {
  return modelOf({
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    Url: url('AWS_IAM'),
    Both: role(allow('lambda:InvokeFunctionUrl', 'lambda:InvokeFunction')),
    ThroughUrl: role(allow('lambda:InvokeFunctionUrl'), { ...allow('lambda:InvokeFunction'), Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } }),
    UrlAlone: role(allow('lambda:InvokeFunctionUrl')),
    FunctionAlone: role(allow('lambda:InvokeFunction')),
    OfPublicUrls: role({ ...allow('lambda:InvokeFunctionUrl'), Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } }, allow('lambda:InvokeFunction')),
    ...resources,
  });
}

function can(app: AppModel, principal: string, action = 'lambda:InvokeFunctionUrl'): string {
  const { answer, cases } = access(app, lookUpPrincipal(app, principal).meant[0], action, lookUpResource(app, 'Stack/Fn').meant[0]);
  return cases.length > 0 ? `${answer} if` : answer;
}

describe('a URL that asks who calls', () => {
  const app = appWith({});

  test.each([['Both', 'allowed'], ['ThroughUrl', 'allowed'], ['UrlAlone', 'denied'], ['FunctionAlone', 'denied'], ['OfPublicUrls', 'denied']])(
    '%s: %s', (principal, expected) => expect(can(app, `Stack/${principal}`)).toBe(expected));

  test('is called by whoever has both permissions', () => {
    expect(whoCan(app, 'lambda:InvokeFunctionUrl', lookUpResource(app, 'Stack/Fn').meant[0]).map(({ principal }) => String(principal.identity?.resource)).sort())
      .toEqual(['Stack/Both', 'Stack/ThroughUrl']);
  });

  test('gives the function itself to nobody who may only use the URL', () => {
    expect(can(app, 'Stack/ThroughUrl', 'lambda:InvokeFunction')).toBe('allowed if');
    expect(can(app, 'Stack/UrlAlone', 'lambda:InvokeFunction')).toBe('denied');
  });

  test('is an edge of the graph for those alone', () => {
    const edges = accessGraph(app).edges.filter(({ to, actions }) => to.name === 'Stack/Fn' && actions.includes('lambda:InvokeFunctionUrl'));
    expect(edges.map(({ from }) => from.name).sort()).toEqual(['Stack/Both', 'Stack/ThroughUrl']);
  });
});

describe('a URL that asks nobody', () => {
  test('is called by everybody with both permissions, and the policies of roles are worth nothing', () => {
    expect(['*', 'Stack/UrlAlone', 'Stack/Both'].map(each => can(appWith({ Url: url('NONE'), ...PUBLIC }), each))).toEqual(['allowed', 'allowed', 'allowed']);
    expect(['*', 'Stack/Both'].map(each => can(appWith({ Url: url('NONE') }), each))).toEqual(['denied', 'denied']);
    expect(can(appWith({ Url: url('NONE'), FnUrlForEverybody: PUBLIC.FnUrlForEverybody }), '*')).toBe('denied');
  });
});

test.each<[string, readonly string[], Record<string, object>]>([
  ['with both permissions', ['Stack/Fn allowed'], { Url: url('NONE'), ...PUBLIC }],
  ['with one of them', [], { Url: url('NONE'), FnUrlForEverybody: PUBLIC.FnUrlForEverybody }],
  ['with both, if it is one', ['Stack/Fn unknown'], { Url: url({ Ref: 'Parameter' }), ...PUBLIC }],
  ['with both, of which a request decides on one', ['Stack/Fn unknown'], { Url: url('NONE'), ...PUBLIC, FnForEverybody: permission('lambda:InvokeFunction', { PrincipalOrgID: 'o-a1b2c3d4e5' }) }],
])('everybody calls a URL that asks nobody %s: %j', (_, expected, resources) =>
  expect(accessGraph(appWith(resources)).from(INTERNET).map(({ to, answer }) => `${to.name} ${answer}`)).toEqual(expected));

test.each<[string, (fn: lambda.Function) => lambda.IFunction]>([
  ['a function', fn => fn],
  ['an alias', fn => new lambda.Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion })],
])('everybody calls what the CDK makes for the URL of %s that asks nobody', (_, invoked) => {
  const app = synthesized(stack => { invoked(new lambda.Function(stack, 'Fn', CODE)).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }); });
  expect(accessGraph(app).from(INTERNET).map(({ to, answer }) => `${to.name} ${answer}`)).toEqual(['Stack/Fn/Resource allowed']);
});

test.each([['a function', ''], ['an alias', ', AutoPublishAlias: live']])('everybody calls what SAM makes for the URL of %s that asks nobody', (_, alias) => {
  const parsed = parseTemplate(`Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: nodejs22.x, CodeUri: s3://a/b, FunctionUrlConfig: {AuthType: NONE}${alias}}}
`, 'template.yaml');
  const app = AppModel.of([{ name: 'Stack', template: parsed.kind === 'template' ? parsed.template : undefined }]);
  expect(accessGraph(app).from(INTERNET).map(({ to, answer }) => `${to.name} ${answer}`)).toEqual(['Stack/Fn allowed']);
});

test('where nobody knows how a URL asks, it depends on that', () => {
  const none = { Type: 'AWS::SQS::Queue' };
  expect(can(appWith({ Url: none }), 'Stack/Both')).toBe('allowed');
  expect(can(appWith({ Url: none }), 'Stack/OfPublicUrls')).toBe('allowed if');
  expect(can(appWith({ Url: url({ Ref: 'Parameter' }) }), 'Stack/OfPublicUrls')).toBe('allowed if');
});

test('the URL of an alias is another one than that of the function', () => {
  const alias = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } };
  const onAlias = { ...allow('lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'), Resource: { Ref: 'Live' } };
  const app = appWith({ Url: url('AWS_IAM', { Qualifier: 'live' }), Live: alias, OfPublicUrls: role({ ...onAlias, Condition: { StringEqualsIfExists: { 'lambda:FunctionUrlAuthType': 'NONE' } } }), Both: role(onAlias) });
  expect(can(app, 'Stack/Both')).toBe('allowed');
  expect(can(app, 'Stack/OfPublicUrls')).toBe('denied');
});

describe('through CloudFront', () => {
  const SOURCE = { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}' };
  const asCloudFront = { Principal: 'cloudfront.amazonaws.com', SourceArn: SOURCE };
  const PERMITTED = {
    Url1: permission('lambda:InvokeFunctionUrl', { ...asCloudFront, FunctionUrlAuthType: 'AWS_IAM' }),
    Url2: permission('lambda:InvokeFunction', { ...asCloudFront, InvokedViaFunctionUrl: true }),
  };
  const origin = { Id: 'o', DomainName: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }, OriginAccessControlId: 'c' };
  const distribution = (behavior: object = {}, signed: object = origin) => ({
    Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'o', ...behavior }, Origins: [signed] } } },
  });
  const calls = (resources: Record<string, object>) =>
    accessGraph(appWith(resources)).from(INTERNET).map(({ to, actions, answer }) => `${to.name} by ${actions.join()} ${answer}`);
  const CALLED = 'Stack/Fn by Stack/Distribution';

  test.each<[string, readonly string[], Record<string, object>]>([
    ['whose requests the URL lets in', [`${CALLED} allowed`], { ...distribution(), ...PERMITTED }],
    ['which may use the URL but not the function', [], { ...distribution(), Url1: PERMITTED.Url1 }],
    ['which the URL does not know', [], distribution()],
    ['which does not sign', [], { ...distribution({}, { ...origin, OriginAccessControlId: '' }), ...PERMITTED }],
    ['which takes only URLs that are signed', [], { ...distribution({ TrustedKeyGroups: ['k'] }), ...PERMITTED }],
    ['which sends to the URL what nobody asks for', [], { ...distribution({ TargetOriginId: 'other' }), ...PERMITTED }],
    ['at whose edge a function decides', [`${CALLED} unknown`], { ...distribution({ FunctionAssociations: [{ EventType: 'viewer-request' }] }), ...PERMITTED }],
    ['for whose account alone the URL is', [`${CALLED} allowed`], { ...distribution(), ...PERMITTED, Url1: permission('lambda:InvokeFunctionUrl', { Principal: 'cloudfront.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } }) }],
    ['of another account', [], { ...distribution(), Url1: PERMITTED.Url1, Url2: permission('lambda:InvokeFunction', { ...asCloudFront, SourceArn: 'arn:aws:cloudfront::111122223333:distribution/E1' }) }],
  ])('everybody calls by a distribution %s: %j', (_, expected, resources) => expect(calls(resources)).toEqual(expected));

  test('is asked for like anything else', () => {
    const app = appWith({ ...distribution(), ...PERMITTED });
    expect(can(app, 'cloudfront.amazonaws.com')).toBe('allowed if');
    expect(can(app, 's3.amazonaws.com')).toBe('denied');
  });

  test('everybody calls what the CDK makes, which names the function by its URL, once the function is permitted as well', () => {
    const app = synthesized(stack => {
      const fn = new lambda.Function(stack, 'Fn', CODE);
      const url_ = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
      const { distributionArn: sourceArn } = new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: FunctionUrlOrigin.withOriginAccessControl(url_) } });
      new lambda.CfnPermission(stack, 'Permission', {
        action: 'lambda:InvokeFunction', principal: 'cloudfront.amazonaws.com', functionName: fn.functionArn, invokedViaFunctionUrl: true, sourceArn,
      });
    });
    expect(accessGraph(app).from(INTERNET).map(({ to, answer }) => `${to.name} ${answer}`)).toEqual(['Stack/Fn/Resource allowed']);
  });
});
