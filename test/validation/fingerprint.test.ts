import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { Value } from '../../src/model/value';
import { defineRule } from '../../src/rules/define-rule';
import { Severity } from '../../src/rules/severity';
import { findingFingerprint } from '../../src/validation/fingerprint';
import { runRules } from '../../src/validation/run-rules';

/** Finds each statement of each policy, and each queue. */
const EVERYTHING = defineRule({
  id: 'test/everything',
  severity: Severity.LOW,
  summary: '',
  rationale: '',
  remedy: '',
  fix: '',
  references: [],
  peers: {},
  compliance: {},
  *check(app) {
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      yield { resource: queue, property: 'VisibilityTimeout', holds: 'no', message: () => '' };
    }
    for (const policy of app.ofType('AWS::IAM::Policy')) {
      for (const index of policy.get('PolicyDocument.Statement').items.keys()) {
        yield { resource: policy, property: `PolicyDocument.Statement.${index}`, holds: 'no', message: () => '' };
      }
    }
  },
});

interface Edits {
  readonly before?: (stack: Stack, role: iam.Role) => void;
  readonly timeout?: number;
  readonly firstStack?: string;
}

/** The fingerprints in the stack `Orders` of an app, by construct. */
function fingerprints({ before, timeout = 30, firstStack }: Edits): Record<string, string[]> {
  const app = new App();
  if (firstStack) new sqs.Queue(new Stack(app, firstStack), 'Queue');
  const stack = new Stack(app, 'Orders');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  before?.(stack, role);
  new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(timeout) }).grantSendMessages(role);
  app.synth();
  const { findings } = runRules(AppModel.of(readTree(stacksBelow(app))), [{ rule: EVERYTHING, severity: Severity.LOW, options: {} }]);
  const found: Record<string, string[]> = {};
  for (const { constructPath, stack: name, fingerprint } of findings) {
    if (name === 'Orders') (found[constructPath] ??= []).push(fingerprint);
  }
  return found;
}

const QUEUE = 'Orders/Queue/Resource';
const POLICY = 'Orders/Role/DefaultPolicy/Resource';

describe('the fingerprint of a finding', () => {
  const original = fingerprints({});

  test('is there for both', () => expect(Object.keys(original).sort()).toEqual([QUEUE, POLICY]));

  test.each<[string, Edits]>([
    ['resources are added', { before: stack => new sqs.Queue(stack, 'Another') }],
    ['a stack comes first', { firstStack: 'Aardvark' }],
    ['a stack comes last in the order of names', { firstStack: 'Zebra' }],
  ])('stays the same when %s', (_, edits) => expect(fingerprints(edits)).toMatchObject(original));

  test('stays the same when another construct is renamed', () => {
    const [one, other] = ['One', 'Other'].map(id => fingerprints({ before: stack => new sqs.Queue(stack, id) }));
    expect(one[QUEUE]).toEqual(other[QUEUE]);
    expect(one[POLICY]).toEqual(other[POLICY]);
  });

  test('stays the same when a statement is added before it', () => {
    const edited = fingerprints({ before: (_, role) => role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })) });
    expect(edited[POLICY]).toHaveLength(2);
    expect(edited[POLICY]).toContain(original[POLICY][0]);
  });

  test('changes with the value', () => {
    const edited = fingerprints({ timeout: 31 });
    expect(edited[QUEUE]).not.toEqual(original[QUEUE]);
    expect(edited[POLICY]).toEqual(original[POLICY]);
  });

  test('does not depend on the order of keys', () => {
    const [one, other] = [{ Effect: 'Allow', Condition: { a: 1, b: [{ c: 1, d: 2 }] } }, { Condition: { b: [{ d: 2, c: 1 }], a: 1 }, Effect: 'Allow' }]
      .map(statement => findingFingerprint('a/b', 'Stack/Role', 'Statement.0', Value.known(statement)));
    expect(one).toBe(other);
  });

  test('depends on the order of lists', () => {
    const [one, other] = [['a', 'b'], ['b', 'a']].map(list => findingFingerprint('a/b', 'Stack/Role', 'Action', Value.known(list)));
    expect(one).not.toBe(other);
  });

  test('tells rule, construct and property apart, whatever stands in their names', () => {
    const all = [['a/b', 'c', 'd'], ['a/b', 'cd', ''], ['a/bc', '', 'd'], ['a/b","c', 'd', ''], ['a/b', 'c', 'd.0']].map(([rule, path, property]) =>
      findingFingerprint(rule, path, property));
    expect(new Set(all).size).toBe(all.length);
  });
});
