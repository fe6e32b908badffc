import * as fc from 'fast-check';
import { forEverybody } from './for-everybody';
import { describeAccess, DescribedAccess } from '../../src/access/descriptions/described-access';
import { describeGraph } from '../../src/access/descriptions/described-graph';
import { escalationsOf } from '../../src/access/escalation/escalations';
import { accessGraph } from '../../src/access/graph/access-graph';
import { INTERNET, nodeOf } from '../../src/access/graph/nodes';
import { usersOf } from '../../src/access/graph/users-of';
import { identities } from '../../src/access/principals/identities';
import { lookUpPrincipal, lookUpResource } from '../../src/access/queries/look-up';
import { nothingBeyond } from '../../src/access/queries/nothing-beyond';
import { access } from '../../src/access/queries/question';
import { whoCan } from '../../src/access/queries/who-can';
import { AppModel } from '../../src/model/app-model';
import { at } from '../iam/model-of';

const OWN = '444455556666';
const OTHER = '111122223333';

const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const trust = (principal: object) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal });
const role = (statements: readonly object[], principal: object = { Service: 'lambda.amazonaws.com' }) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust(principal), Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }] },
});
const allow = (Action: string | readonly string[], Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });

/** A queue that a role, another account, a service and everybody may send to; a role that may do anything, and one that may change a function which has it. */
const RESOURCES = {
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  QueuePolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Queue' }],
      PolicyDocument: document(
        { ...allow('sqs:SendMessage', arn('Queue')), Principal: { AWS: `arn:aws:iam::${OTHER}:root` } },
        { ...allow('sqs:SendMessage', arn('Queue')), Principal: { Service: 's3.amazonaws.com' } },
        { ...allow('sqs:ReceiveMessage', arn('Queue')), Principal: '*' },
      ),
    },
  },
  Sender: role([allow('sqs:SendMessage', arn('Queue'))]),
  Strong: role([allow('*')]),
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Strong') } },
  Deployer: role([allow('lambda:UpdateFunctionCode', arn('Fn'))]),
};

interface Given {
  readonly scps?: readonly (readonly unknown[])[];
  readonly rcps?: readonly unknown[];
  readonly account?: string;
}

function appWith({ scps = [], rcps = [], account = OWN }: Given, resources: object = RESOURCES): AppModel {
  const named = (name: string) => (policy: unknown, index: number) => ({ name: `${name}${index}.json`, document: policy });
  return AppModel.of([{ name: 'Stack', region: 'eu-west-1', ...account ? { account } : {}, template: { Resources: resources } }], {
    serviceControlPolicies: scps.map((level, index) => level.map(named(`level${index}/`))),
    resourceControlPolicies: rcps.map(named('rcp')),
  });
}

function can(app: AppModel, principal: string, action: string, resource: string): DescribedAccess {
  const [asker] = lookUpPrincipal(app, principal).meant;
  const [asked] = lookUpResource(app, resource).meant;
  return describeAccess(app, access(app, asker, action, asked));
}

const sending = (given: Given, principal = 'Stack/Sender') => can(appWith(given), principal, 'sqs:SendMessage', 'Stack/Queue').answer;

const FULL = document(allow('*'));
const DENY_SQS = document({ Effect: 'Deny', Action: 'sqs:*', Resource: '*' });
const DENY_ALL = document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' });

describe('service control policies', () => {
  test.each<[string, string, Given]>([
    ['none', 'allowed', {}],
    ['a level that denies', 'denied', { scps: [[FULL, DENY_SQS]] }],
    ['a level that denies, whose other policy goes without saying', 'denied', { scps: [[DENY_SQS]] }],
    ['a level that denies something else, whose other policy goes without saying', 'allowed', { scps: [[document({ Effect: 'Deny', Action: 's3:*', Resource: '*' })]] }],
    ['a level without policies', 'allowed', { scps: [[]] }],
    ['a level that allows something else', 'denied', { scps: [[FULL], [document(allow('s3:*'))]] }],
    ['two policies of a level, one of which allows it', 'allowed', { scps: [[document(allow('s3:*')), document(allow('sqs:*'))]] }],
    ['two levels, one of which allows it', 'denied', { scps: [[document(allow('s3:*'))], [document(allow('sqs:*'))]] }],
    ['all regions but that of the queue', 'denied', { scps: [[document({ Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } })]] }],
    ['all regions but some, that of the queue among them', 'allowed', { scps: [[document({ Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } } })]] }],
    ['all but one role', 'denied', { scps: [[document({ Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } })]] }],
    ['another queue', 'allowed', { scps: [[document({ Effect: 'Deny', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:payments' })]] }],
  ])('%s: %s', (_, expected, given) => expect(sending(given)).toBe(expected));

  test('bind nobody but the accounts of the app', () => {
    const given = { scps: [[DENY_SQS]] };
    expect(sending(given, `arn:aws:iam::${OWN}:root`)).toBe('denied');
    expect(sending(given, OTHER)).toBe('allowed');
    expect(sending(given, 's3.amazonaws.com')).toBe('allowed');
    expect(can(appWith(given), '*', 'sqs:ReceiveMessage', 'Stack/Queue').answer).toBe('allowed');
  });

  test('may bind an account that may turn out to be that of the app', () => {
    expect(sending({ scps: [[DENY_SQS]], account: '' })).toBe('denied');
    expect(sending({ scps: [[DENY_SQS]], account: '' }, OTHER)).toBe('unknown');
  });

  test('leave alone roles that are linked to services', () => {
    const linked = { ...RESOURCES, Sender: { ...RESOURCES.Sender, Properties: { ...RESOURCES.Sender.Properties, Path: '/aws-service-role/x.amazonaws.com/' } } };
    expect(can(appWith({ scps: [[DENY_SQS]] }, linked), 'Stack/Sender', 'sqs:SendMessage', 'Stack/Queue').answer).toBe('allowed');
  });

  test('are named where they deny, and where they don\'t allow', () => {
    const denied = can(appWith({ scps: [[FULL], [DENY_SQS]] }), 'Stack/Sender', 'sqs:SendMessage', 'Stack/Queue');
    expect(denied.statements).toEqual([
      { policy: 'service control policy', does: 'denies', isSure: true, constructPath: 'level1/0.json', property: 'Statement.0.Action', text: '`Deny` of `sqs:*` on `*`' },
    ]);
    const missed = can(appWith({ scps: [[document(allow('s3:*'))]] }), 'Stack/Sender', 'sqs:SendMessage', 'Stack/Queue');
    expect(missed.statements.filter(({ does }) => does === 'misses')).toMatchObject([{ policy: 'service control policy', text: 'no service control policy allows it' }]);
    const allowed = can(appWith({ scps: [[document({ Effect: 'Deny', Action: 's3:*', Resource: '*' })]] }), 'Stack/Sender', 'sqs:SendMessage', 'Stack/Queue');
    expect(allowed.statements.map(({ policy }) => policy)).toEqual(['identity policy']);
  });
});

describe('resource control policies', () => {
  test('bind whoever asks, and not what the organization doesn\'t own', () => {
    const app = appWith({ rcps: [DENY_ALL] });
    for (const principal of ['Stack/Sender', OTHER, 's3.amazonaws.com']) expect(can(app, principal, 'sqs:SendMessage', 'Stack/Queue').answer).toBe('denied');
    expect(can(app, '*', 'sqs:ReceiveMessage', 'Stack/Queue').statements).toMatchObject([{ policy: 'resource control policy', does: 'denies', constructPath: 'rcp0.json' }]);
    expect(can(app, 'Stack/Strong', 'dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${OWN}:table/t`).answer).toBe('denied');
    expect(can(appWith({}), 'Stack/Strong', 'lambda:InvokeFunction', 'Stack/Fn').answer).toBe('allowed');
    // Which of the services that aren't on the list of AWS have them since, nobody knows.
    expect(can(app, 'Stack/Strong', 'lambda:InvokeFunction', 'Stack/Fn').answer).toBe('unknown');
    // Whose bucket that is, its name doesn't tell.
    expect(can(app, 'Stack/Strong', 's3:GetObject', 'arn:aws:s3:::somebody/x').answer).toBe('unknown');
  });

  test('may let in some', () => {
    const outside = { StringNotEquals: { 'aws:PrincipalAccount': OWN }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
    const app = appWith({ rcps: [document({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: outside })] });
    expect(['Stack/Sender', OTHER, 's3.amazonaws.com'].map(each => can(app, each, 'sqs:SendMessage', 'Stack/Queue').answer)).toEqual(['allowed', 'denied', 'allowed']);
    const found = whoCan(app, 'sqs:SendMessage', lookUpResource(app, 'Stack/Queue').meant[0]).map(each => describeAccess(app, each).principal.name);
    expect(found.sort()).toEqual(['Stack/Sender', 'Stack/Strong', 's3.amazonaws.com']);
  });
});

describe('the graph', () => {
  const into = (given: Given) => {
    const app = appWith(given);
    return accessGraph(app).into(nodeOf(app, at(app, 'Stack/Queue'))).map(({ from, kind }) => `${from.name} ${kind}`).sort();
  };

  test('has no edge that they deny', () => {
    const strangers = [`arn:aws:iam::${OTHER}:root may`, 'the internet may'];
    expect(into({})).toEqual(['Stack/Sender may', 'Stack/Strong may', ...strangers]);
    expect(into({ scps: [[DENY_SQS]] })).toEqual(strangers);
    expect(into({ rcps: [DENY_ALL] })).toEqual([]);
  });

  test('lets nobody in by a policy that they override', () => {
    const users = (given: Given) => {
      const app = appWith(given);
      return usersOf(app, at(app, 'Stack/Queue')).map(({ name }) => name).sort();
    };
    expect(users({})).toEqual(['Stack/Sender', 'Stack/Strong', `arn:aws:iam::${OTHER}:root`, 's3.amazonaws.com', 'the internet']);
    expect(users({ rcps: [DENY_ALL] })).toEqual([]);
    expect(accessGraph(appWith({ rcps: [DENY_ALL] })).from(INTERNET)).toEqual([]);
  });

  test('has attack paths through what is left', () => {
    const ends = (given: Given) => describeGraph(appWith(given, {
      ...RESOURCES, Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn('Fn'), AuthType: 'NONE' } }, ...forEverybody('Fn'), Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    })).attackPaths.length;
    expect(ends({})).toBe(1);
    expect(ends({ scps: [[document({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' })]] })).toBe(0);
  });
});

describe('escalations', () => {
  const ways = (given: Given, resources: object = RESOURCES) => {
    const app = appWith(given, resources);
    return escalationsOf(app, identities(app).of(at(app, 'Stack/Deployer'))[0]).map(({ gained, isSure }) => `${gained.identity?.resource ?? gained.kind} ${isSure}`);
  };

  test('are none where a step is denied', () => {
    expect(ways({})).toEqual(['Stack/Strong true']);
    expect(ways({ scps: [[document({ Effect: 'Deny', Action: 'lambda:Update*', Resource: '*' })]] })).toEqual([]);
    expect(ways({ scps: [[document(allow('sqs:*'))]] })).toEqual([]);
  });

  test('are none where what is gained is no more than what there was', () => {
    const able = { ...RESOURCES, Deployer: role([allow(['lambda:*', 'sqs:*'])]) };
    expect(ways({}, able)).toEqual(['elsewhere true']);
    expect(ways({ scps: [[document(allow(['lambda:*', 'sqs:*']))]] }, able)).toEqual([]);
    expect(ways({ scps: [[document({ Effect: 'Deny', NotAction: ['lambda:*', 'sqs:*'], Resource: '*' })]] }, able)).toEqual([]);
  });
});

test('a principal may do nothing beyond what its organization leaves', () => {
  const beyond = (given: Given) => {
    const app = appWith(given);
    const reference = [{ effect: 'Allow' as const, actions: { named: ['s3:*'], negated: false }, resources: { named: ['*'], negated: false }, conditions: [], hasVariables: false }];
    return nothingBeyond(app, identities(app).of(at(app, 'Stack/Strong'))[0], reference).verdict;
  };
  expect(beyond({})).toBe('no');
  expect(beyond({ scps: [[document({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' })]] })).toBe('yes');
  expect(beyond({ scps: [[document(allow('s3:Get*'))]] })).toBe('yes');
  expect(beyond({ scps: [[document(allow(['s3:*', 'sqs:*']))]] })).toBe('unknown');
});

test('roles and users of others may have policies that nobody knows', () => {
  const policy = { ...allow('sqs:SendMessage', arn('Queue')), Principal: { AWS: [`arn:aws:iam::${OTHER}:role/partner`, `arn:aws:iam::${OWN}:role/own`] } };
  const queuePolicy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(policy) } };
  const app = appWith({}, { ...RESOURCES, QueuePolicy: queuePolicy });
  const found = whoCan(app, 'sqs:SendMessage', lookUpResource(app, 'Stack/Queue').meant[0]).map(({ principal, answer }) => [principal.requester.id, answer]);
  // In its own account, what the queue grants suffices.
  expect(found).toEqual(expect.arrayContaining([[`arn:aws:iam::${OTHER}:role/partner`, 'unknown'], [`arn:aws:iam::${OWN}:role/own`, 'allowed']]));
});

test('whatever they say, nothing throws', () => {
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('*', 'sqs:*', { Ref: 'Queue' }));
  const statement = fc.record({ Effect: fc.constantFrom('Allow', 'Deny', 1), Action: anything, Resource: anything, Condition: anything }, { requiredKeys: [] });
  const statements = fc.oneof(anything, fc.array(statement, { maxLength: 2 }));
  const policy = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.record({ Version: anything, Statement: statements }));
  fc.assert(fc.property(fc.array(fc.array(policy, { maxLength: 2 }), { maxLength: 2 }), fc.array(policy, { maxLength: 2 }), (scps, rcps) => {
    const app = appWith({ scps, rcps });
    expect(['allowed', 'denied', 'unknown']).toContain(can(app, 'Stack/Sender', 'sqs:SendMessage', 'Stack/Queue').answer);
    escalationsOf(app, identities(app).of(at(app, 'Stack/Deployer'))[0]);
  }), { numRuns: 200, seed: 20261127 });
});
