import { document, resource } from './versions';
import { accessDiff } from '../../../src/access/diff/access-diff';
import { AppModel } from '../../../src/model/app-model';
import { isAllowedByAll, WholeRequest } from '../../iam/evaluation/naive-evaluation';
import { policyOf, Written } from '../../iam/inclusion/policy-of';
import { Random } from '../../iam/inclusion/random';

const [OWN, OTHER] = ['111111111111', '222222222222'];
const ROLE = `arn:aws:iam::${OWN}:role/r`;
const ACTIONS = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:PurgeQueue'];
const PATTERNS = [...ACTIONS, 'sqs:*Message', 'sqs:?e*'];
const TESTS: readonly NonNullable<Written['Condition']>[] = [{ StringEquals: { team: 'a' } }, { StringLike: { team: 'a*' } }, { StringNotEquals: { team: 'b' } }, { Null: { team: 'true' } }];
const PRINCIPALS: readonly NonNullable<Written['Principal']>[] = [{ AWS: ROLE }, { AWS: ROLE }, { AWS: ROLE }, '*', { AWS: `arn:aws:iam::${OWN}:root` }];

/** What an app says of a role and a queue: the policy of the role, perhaps a boundary, and the policy of the queue. */
interface Said {
  readonly identity: readonly Written[];
  readonly boundary?: readonly Written[];
  readonly queue: readonly Written[];
}

function statementAt(random: Random, queue: string, more: Written = {}): Written {
  return {
    Effect: random.once(5) ? 'Deny' : 'Allow',
    ...random.once(60) ? { NotAction: random.some(ACTIONS, 2) } : { Action: random.some(PATTERNS, 2) },
    Resource: random.once(5) ? '*' : queue,
    ...random.once(4) ? { Condition: random.of(TESTS) } : {},
    ...more,
  };
}

function saidAt(random: Random, queue: string): Said {
  const some = (most: number, make: () => Written) => Array.from({ length: random.below(most + 1) }, make);
  return {
    identity: some(2, () => statementAt(random, queue)),
    ...random.once(4) ? { boundary: [statementAt(random, queue), statementAt(random, queue, { Effect: 'Allow' })] } : {},
    queue: some(2, () => statementAt(random, queue, { Principal: random.of(PRINCIPALS) })),
  };
}

/** The same with a statement of the role on the queue, or the other way round, and sometimes with another one. */
function moved({ identity, queue, boundary }: Said, random: Random, arn: string): Said {
  const toQueue = identity.filter(() => random.once(2));
  const toRole = queue.filter(({ Principal }) => Principal !== '*' && random.once(2));
  return {
    identity: [
      ...identity.filter(each => !toQueue.includes(each)), ...toRole.map(({ Principal, ...each }) => each),
      ...random.once(3) ? [statementAt(random, arn)] : [],
    ],
    queue: [...queue.filter(each => !toRole.includes(each)), ...toQueue.map((each): Written => ({ ...each, Principal: { AWS: ROLE } }))],
    ...boundary && !random.once(5) ? { boundary } : {},
  };
}

const policy = (statements: readonly Written[]) => document(...statements);

function appOf({ identity, boundary, queue }: Said, account: string): AppModel {
  const role = resource('AWS::IAM::Role', {
    RoleName: 'r',
    ...identity.length > 0 ? { Policies: [{ PolicyName: 'P', PolicyDocument: policy(identity) }] } : {},
    ...boundary ? { PermissionsBoundary: { Ref: 'Bound' } } : {},
  });
  const bound = boundary ? { Bound: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: policy(boundary) }) } : {};
  const onQueue = queue.length > 0 ? { Policy: resource('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy(queue) }) } : {};
  return AppModel.of([
    { name: 'Roles', account: OWN, region: 'eu-west-1', template: { Resources: { Role: role, ...bound } } },
    { name: 'Data', account, region: 'eu-west-1', template: { Resources: { Queue: resource('AWS::SQS::Queue', { QueueName: 'q' }), ...onQueue } } },
  ]);
}

function isAllowed({ identity, boundary, queue }: Said, request: WholeRequest): boolean {
  const limit = boundary ? { boundary: policyOf(...boundary) } : {};
  return isAllowedByAll(request, { identity: [policyOf(...identity)], resource: policyOf(...queue), ...limit });
}

/** Of what is not sure, actions are told as they are written. */
const glob = (pattern: string) => new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');

test.each([['in one account', OWN, 100], ['across accounts', OTHER, 100]])('%s, all is told that the flow chart allows now and did not, and what is sure is so', (_, account, rounds) => {
  const random = new Random(20261128);
  const arn = `arn:aws:sqs:eu-west-1:${account}:q`;
  const requests = ACTIONS.flatMap(action => [undefined, 'a', 'b', 'ab'].map((team): WholeRequest =>
    ({ action, resource: arn, account, principal: { type: 'AWS', id: ROLE }, context: team === undefined ? {} : { team } })));
  const wrong: unknown[] = [];
  const told = { new: 0, same: 0, other: 0 };
  for (let round = 0; round < rounds; round++) {
    const before = saidAt(random, arn);
    const after = random.once(4) ? saidAt(random, arn) : moved(before, random, arn);
    const isNew = (request: WholeRequest) => isAllowed(after, request) && !isAllowed(before, request);
    const { changes } = accessDiff(appOf(before, account), appOf(after, account));
    const found = requests.filter(isNew);
    const actions = changes.flatMap(change => change.actions);
    const untold = actions.some(each => each.startsWith('all but')) ? [] : found.filter(({ action }) => !actions.some(each => glob(each).test(action)));
    if (untold.length > 0) wrong.push({ before, after, untold });
    for (const { example, isSure, principals } of changes) {
      // Other principals and resources are not in the small world.
      if (!isSure || principals.some(({ name }) => name !== 'Roles/Role') || example?.resource !== 'Data/Queue') continue;
      const context = Object.fromEntries(example.context.map(each => each.split(' = ')));
      if (!isNew({ ...requests[0], action: example.action, context })) wrong.push({ before, after, example });
    }
    told[found.length > 0 ? 'new' : changes.length === 0 ? 'same' : 'other']++;
  }
  expect(told.new).toBeGreaterThan(rounds / 10);
  expect(told.same).toBeGreaterThan(rounds / 10);
  expect(wrong).toEqual([]);
});
