import { isAllowed } from './naive-evaluator';
import { policyOf, Written } from './policy-of';
import { awsAction } from '../../../src/iam/data/actions';
import { allowsNothingBeyond } from '../../../src/iam/inclusion/allows-nothing-beyond';
import { awsUniverse } from '../../../src/iam/inclusion/aws-universe';
import { difference } from '../../../src/iam/inclusion/difference';

/** Asks of what AWS has and may have, and holds a counterexample against the evaluator. */
function compare(one: Written, other: Written) {
  const [policy, reference] = [policyOf(one), policyOf(other)];
  const inclusion = allowsNothingBeyond(policy, reference, awsUniverse(policy));
  if (inclusion.witness) expect([isAllowed(policy, inclusion.witness), isAllowed(reference, inclusion.witness)]).toEqual([true, false]);
  return inclusion;
}

test.each<[string, Written, Written, string]>([
  ['an action on a resource that it can\'t be about', { Action: 'sqs:SendMessage', Resource: ['arn:aws:s3:::b', 'arn:aws:sqs:eu-west-1:1:q'] },
    { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:*:*:*' }, 'yes'],
  ['an action that there is not', { Action: 'sqs:Nothing', Resource: '*' }, { Action: 'sqs:SendMessage', Resource: '*' }, 'yes'],
  ['all actions by name, and by a pattern', { Action: ['sqs:SendMessage'], Resource: '*' }, { Action: 'sqs:Send*', Resource: '*' }, 'yes'],
  ['a pattern, and all that it matches today', { Action: 'sqs:Send*', Resource: '*' }, { Action: 'sqs:SendMessage', Resource: '*' }, 'no'],
  ['an action without resources, on some', { Action: 'sqs:ListQueues', Resource: 'arn:aws:sqs:*:*:*' }, { Action: 'sqs:SendMessage', Resource: '*' }, 'yes'],
  ['an action without resources, on everything', { Action: 'sqs:ListQueues', Resource: '*' }, { Action: 'sqs:ListQueues', Resource: 'arn:*' }, 'no'],
  ['all but some', { NotAction: 'iam:*', Resource: '*' }, { Action: 's3:*', Resource: '*' }, 'no'],
  ['everything, and all but some', { Action: '*', Resource: '*' }, { NotAction: 'iam:*', Resource: '*' }, 'no'],
  ['everything in two ways', { Action: '*', Resource: '*' }, { Action: '*:*', Resource: '*' }, 'yes'],
])('%s: %s', (_, one, other, expected) => expect(compare(one, other).verdict).toBe(expected));

test('a counterexample is an action that AWS has, about a resource of its own type', () => {
  const { witness } = compare({ Action: ['lambda:Invoke*', 'lambda:GetFunction'], Resource: '*' }, { Action: 'lambda:InvokeFunction', Resource: '*' });
  expect(awsAction(witness!.action)).toBeDefined();
  expect(witness!.resource).toMatch(/^arn:aws:lambda:[^:]+:[^:]+:function:[^:]+$/);
});

test('a partition that deployment decides is one, too', () => {
  const queue = { Action: 'sqs:SendMessage', Resource: 'arn:\u{E000}:sqs:eu-west-1:1:q' };
  expect(compare(queue, queue).verdict).toBe('yes');
  expect(compare(queue, { ...queue, Action: 'sqs:ReceiveMessage' }).verdict).toBe('no');
});

test('the difference names each action', () => {
  const [policy, reference] = [policyOf({ Action: ['sqs:SendMessage', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], Resource: '*' }),
    policyOf({ Action: 'sqs:ReceiveMessage', Resource: '*' })];
  expect(difference(policy, reference, awsUniverse(policy)).requests.map(({ action }) => action).sort()).toEqual(['sqs:DeleteMessage', 'sqs:SendMessage']);
  expect(difference(reference, policy, awsUniverse(reference))).toEqual({ isWhole: 'yes', requests: [] });
});
