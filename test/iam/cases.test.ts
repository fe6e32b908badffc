import Ajv2020 from 'ajv/dist/2020';
import { caseFiles, decisionOn, statementsOf } from './case-file';
import * as schema from './cases.schema.json';
import { conditionOperator } from '../../src/iam/inclusion/condition-operator';

const FILES = caseFiles();
const CASES = FILES.flatMap(file => file.cases.map(each => ({ file, each })));

describe.each(FILES)('$subject', file => {
  test.each(file.cases)('$name: $expected', each => expect(decisionOn(file, each).answer).toBe(each.expected));
});

test.each(FILES)('$file is of the form that the schema describes', ({ file, ...content }) => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  validate(content);
  expect(validate.errors ?? []).toEqual([]);
});

test('each case says where AWS says so, and is there once', () => {
  expect(CASES.filter(({ file, each }) => !(each.source ?? file.source)).map(({ each }) => each.name)).toEqual([]);
  const asked = CASES.map(({ file, each }) => JSON.stringify([{ ...file.request, ...each.request }, { ...file.policies, ...each.policies }]));
  expect(CASES.filter((_, at) => asked.indexOf(asked[at]) !== at).map(({ file, each }) => `${file.subject}: ${each.name}`)).toEqual([]);
  for (const { cases } of FILES) expect(new Set(cases.map(({ step, name }) => `${step}: ${name}`)).size).toBe(cases.length);
});

test('a decision that is not allowed or not denied says what it is for', () => {
  for (const { file, each } of CASES) {
    const { answer, deciding, conditions } = decisionOn(file, each);
    if (answer === 'denied') expect(deciding.filter(({ does }) => does !== 'allows').length).toBeGreaterThan(0);
    if (answer === 'unknown') expect(conditions.length).toBeGreaterThan(0);
    if (answer !== 'unknown') expect(conditions).toEqual([]);
  }
});

describe('the cases leave nothing out', () => {
  test('there are 300 and more', () => expect(CASES.length).toBeGreaterThanOrEqual(300));

  /** The steps of the evaluation logic, the elements of policies, and the services with rules of their own; with the answers that each must give. */
  const STEPS: Readonly<Record<string, readonly string[]>> = {
    'implicit deny': ['denied'],
    'explicit deny': ['denied', 'allowed'],
    'resource control policy': ['denied', 'allowed', 'unknown'],
    'service control policy': ['denied', 'allowed'],
    'VPC endpoint policy': ['denied', 'allowed'],
    'resource policy': ['denied', 'allowed'],
    'identity policy': ['denied', 'allowed'],
    'permissions boundary': ['denied', 'allowed'],
    'session policy': ['denied', 'allowed'],
    'cross-account': ['denied', 'allowed'],
    'root user': ['denied', 'allowed'],
    'service principal': ['denied', 'allowed'],
    'anonymous': ['denied', 'allowed'],
    'service-linked role': ['denied', 'allowed'],
    'federated': ['denied', 'allowed'],
    'unknown key': ['denied', 'allowed', 'unknown'],
    'unknown policy': ['denied', 'allowed', 'unknown'],
    'unknown account': ['denied', 'allowed', 'unknown'],
    'Action': ['denied', 'allowed'],
    'NotAction': ['denied', 'allowed'],
    'Resource': ['denied', 'allowed', 'unknown'],
    'NotResource': ['denied', 'allowed'],
    'Principal': ['denied', 'allowed'],
    'NotPrincipal': ['denied', 'allowed', 'unknown'],
    'Condition': ['denied', 'allowed'],
    'operator': ['denied', 'allowed', 'unknown'],
    'IfExists': ['denied', 'allowed'],
    'Null': ['denied', 'allowed'],
    'ForAllValues': ['denied', 'allowed'],
    'ForAnyValue': ['denied', 'allowed'],
    'policy variable': ['denied', 'allowed', 'unknown'],
    'implied key': ['denied', 'allowed'],
    'KMS': ['denied', 'allowed'],
    'S3': ['denied', 'allowed', 'unknown'],
    'Lambda': ['denied', 'allowed'],
    'function URL': ['denied', 'allowed'],
    'STS': ['denied', 'allowed'],
    'trust policy': ['denied', 'allowed'],
  };

  test.each(Object.entries(STEPS))('%s: %j', (step, answers) => {
    const given = CASES.filter(({ each }) => each.step === step).map(({ each }) => each.expected);
    expect(answers.filter(answer => !given.some(each => each === answer))).toEqual([]);
  });

  test('each step is one of those', () => {
    expect(CASES.filter(({ each }) => !Object.hasOwn(STEPS, each.step)).map(({ each }) => each.step)).toEqual([]);
  });

  const OPERATORS = [
    ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(each => `String${each}`),
    ...['Numeric', 'Date'].flatMap(kind => ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(each => kind + each)),
    'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike',
  ];
  const QUALIFIED = [...OPERATORS.flatMap(each => [each, `${each}IfExists`, `ForAllValues:${each}`, `ForAnyValue:${each}`]), 'Null'];

  test.each(QUALIFIED)('%s, met and not met', operator => {
    expect(conditionOperator(operator)).toBeDefined();
    const answers = CASES.filter(({ file, each }) => statementsOf(file, each).some(({ Condition = {} }) => Object.hasOwn(Condition, operator)))
      .map(({ each }) => each.expected);
    expect(answers).toEqual(expect.arrayContaining(['allowed', 'denied']));
  });

  test.each(OPERATORS)('%s of a key that is absent', operator => {
    const ofAbsent = CASES.filter(({ file, each }) => {
      const present = Object.keys({ ...file.request, ...each.request }.context ?? {}).map(key => key.toLowerCase());
      const asked = statementsOf(file, each).flatMap(({ Condition = {} }) => Object.keys(Condition[operator] ?? {}));
      return asked.some(key => !present.includes(key.toLowerCase()));
    });
    expect(ofAbsent.length).toBeGreaterThan(0);
  });
});
