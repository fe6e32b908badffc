import { diffInAccount, diffOf, document, resource } from './versions';
import { AccessRequest } from '../../../src/iam/inclusion/policy';
import { isAllowed } from '../../iam/inclusion/naive-evaluator';
import { policyOf, Written } from '../../iam/inclusion/policy-of';
import { Random } from '../../iam/inclusion/random';

/** Actions that AWS has, each with what it can be about: patterns tell them apart, and the resources below are all that the policies know of. */
const ACTIONS = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sns:Publish'];
const ACTION_PATTERNS = ['sqs:*Message', 'SQS:sendmessage', 'sqs:ReceiveMessage', 's?s:SendMessage', 'sns:Publish', 'sqs:DeleteMessage'];
const QUEUES = ['arn:aws:sqs:eu-west-1:111111111111:a', 'arn:aws:sqs:eu-west-1:111111111111:b', 'arn:aws:sqs:eu-west-1:222222222222:a', 'arn:aws:sqs:eu-west-1:111111111111:'];
const TOPICS = ['arn:aws:sns:eu-west-1:111111111111:a', 'arn:aws:sns:eu-west-1:222222222222:b'];
const RESOURCE_PATTERNS = ['*', 'arn:aws:sqs:*:*:a', 'arn:aws:sqs:eu-west-1:111111111111:*', 'arn:aws:s*:eu-west-1:111111111111:?', 'arn:aws:sqs:eu-west-1:222222222222:a', 'arn:aws:sns:*:*:*'];
const TEAMS = [undefined, 'a', 'b', 'ab'];
const TESTS: readonly NonNullable<Written['Condition']>[] = [{ StringEquals: { team: 'a' } }, { StringLike: { team: 'a*' } }, { StringNotEquals: { team: 'b' } }, { Null: { team: 'true' } }, { StringEqualsIfExists: { team: ['a', 'b'] } }];

function statementAt(random: Random): Written {
  const [actions, resources] = [random.some(ACTION_PATTERNS, 3), random.some(RESOURCE_PATTERNS, 2)];
  return {
    Effect: random.once(5) ? 'Deny' : 'Allow',
    ...random.once(20) ? { NotAction: actions } : { Action: actions },
    ...random.once(8) ? { NotResource: resources } : { Resource: resources },
    ...random.once(3) ? { Condition: random.of(TESTS) } : {},
  };
}

/** Statements that allow the same, in another order and cut in other places. */
function refactored(statements: readonly Written[], random: Random): readonly Written[] {
  const cut = statements.flatMap(each => {
    const actions = [each.Action ?? []].flat();
    if (each.Effect === 'Deny' || actions.length < 2 || random.once(2)) return [each];
    return actions.map(Action => ({ ...each, Action }));
  });
  return random.once(2) ? [...cut].reverse() : cut;
}

/** The same, and sometimes some more or less. */
function versionOf(statements: readonly Written[], random: Random): readonly Written[] {
  const same = refactored(statements, random);
  if (random.once(3)) return same;
  return random.once(2) ? [...same, statementAt(random)] : same.filter((_, at) => same.length === 1 || at !== random.below(same.length));
}

const ROLE = 'AWS::IAM::Role';
const role = (statements: readonly Written[]) => ({ Role: resource(ROLE, { Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }] }) });

function* requests(): Iterable<AccessRequest> {
  for (const action of ACTIONS) {
    for (const arn of action.startsWith('sqs') ? QUEUES : TOPICS) {
      for (const team of TEAMS) yield { action, resource: arn, context: team === undefined ? {} : { team } };
    }
  }
}

test('finds what is new by trying one request after the other, and nothing else', () => {
  const random = new Random(20261127);
  const told = { new: 0, same: 0, elsewhere: 0 };
  for (let round = 0; round < 300; round++) {
    const before = Array.from({ length: 1 + random.below(3) }, () => statementAt(random));
    const after = versionOf(before, random);
    const [older, newer] = [policyOf(...before), policyOf(...after)];
    const isNew = (request: AccessRequest) => isAllowed(newer, request) && !isAllowed(older, request);
    // Ways to more rights come of what is allowed, and are tested by themselves.
    const changes = diffInAccount(role(before), role(after)).changes.filter(({ kind }) => kind !== 'escalation');
    const found = [...requests()].filter(isNew);
    // Each action that gives somebody more is told, be it by what the statement leaves out, and each request that is shown is one.
    const actions = new Set(changes.flatMap(change => change.actions));
    expect({ before, after, untold: [...actions].some(each => each.startsWith('all but')) ? [] : found.filter(({ action }) => !actions.has(action)) }).toMatchObject({ untold: [] });
    for (const { example, isSure } of changes) {
      const context = Object.fromEntries(example!.context.map(each => each.split(' = ')));
      expect({ before, after, example, isNew: isNew({ ...example!, context }) }).toMatchObject({ isNew: true });
      expect({ before, after, isSure }).toMatchObject({ isSure: true });
    }
    told[changes.length === 0 ? 'same' : found.length > 0 ? 'new' : 'elsewhere']++;
  }
  // The policies know other actions and resources as well; of those that were tried there are enough of each kind.
  expect(told.new).toBeGreaterThan(50);
  expect(told.same).toBeGreaterThan(100);
});

test('finds nothing where statements are only cut and turned, wherever the app is deployed to', () => {
  const random = new Random(1127);
  for (let round = 0; round < 200; round++) {
    const before = Array.from({ length: 1 + random.below(3) }, () => statementAt(random));
    const after = refactored(before, random);
    expect({ before, after, changes: diffOf(role(before), role(after)).changes }).toMatchObject({ changes: [] });
  }
});
