import { anyOf } from '../../src/iam/selection';
import { AppModel } from '../../src/model/app-model';
import { edges } from '../../src/model/edges';
import { mentionsOf } from '../../src/model/mentions';
import { DEEPEST_NESTING } from '../../src/model/nesting';
import { Value } from '../../src/model/value';
import { verdict } from '../../src/model/verdict';
import { ALL_RULES } from '../../src/rules';
import { optionValues } from '../../src/rules/rule-options';
import { RULE_FAILED } from '../../src/validation/engine-rules';
import { runRules } from '../../src/validation/run-rules';

const RULES = ALL_RULES.map(rule => ({ rule, severity: rule.severity, options: optionValues(rule.options ?? {}, {}).values }));

type Wrap = (below: unknown) => unknown;

function nested(levels: number, wrap: Wrap, innermost: unknown = 'x'): any {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

const LIST: Wrap = below => [below];
const WRAPS: Readonly<Record<string, Wrap>> = {
  'lists': LIST,
  'maps': a => ({ a }),
  'lists in maps': below => ({ AWS: [below] }),
  'statements': below => ({ Statement: [{ Effect: 'Allow', Action: '*', Principal: below }] }),
  'conditions': below => ({ 'Fn::If': ['C', below, 'y'] }),
  'joined texts': below => ({ 'Fn::Join': ['', [below]] }),
  'substituted texts': below => ({ 'Fn::Sub': ['${A}', { A: below }] }),
  'JSON texts': below => ({ 'Fn::ToJsonString': [below] }),
  'conjunctions': below => ({ 'Fn::And': [below, 'x'] }),
};

/** What rules look at that hands what it finds to something else which may go down by recursion. */
const TYPES = [
  'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Lambda::Url', 'AWS::Lambda::EventSourceMapping', 'AWS::IAM::Role', 'AWS::IAM::Policy',
  'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::ApiGateway::RestApi', 'AWS::StepFunctions::StateMachine', 'AWS::EC2::SecurityGroup',
  'AWS::Events::Rule', 'AWS::CloudWatch::Alarm', 'Custom::S3BucketNotifications', 'AWS::CloudFormation::Stack', 'AWS::Serverless::Function',
];
const PROPERTIES = [
  'Environment', 'PolicyDocument', 'AssumeRolePolicyDocument', 'Principal', 'FunctionName', 'Action', 'Policies', 'Policy', 'Body', 'Definition',
  'DefinitionString', 'RedrivePolicy', 'Code', 'Role', 'Roles', 'VpcConfig', 'Layers', 'Targets', 'Events', 'EventPattern', 'SecurityGroupIngress',
  'SourceArn', 'Parameters', 'ManagedPolicyArns', 'NotificationConfiguration', 'AlarmActions', 'Dimensions', 'FilterCriteria', 'Timeout',
];

test.each(Object.entries(WRAPS))('a hundred thousand levels of %s fail no rule, wherever they stand', (_, wrap) => {
  const deep = nested(100_000, wrap);
  const Properties = Object.fromEntries(PROPERTIES.map(property => [property, deep]));
  const app = AppModel.of([{
    name: 'Stack',
    template: {
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      Parameters: { P: { Type: 'String', Default: deep } },
      Mappings: { M: deep },
      Conditions: { C: deep },
      Resources: Object.fromEntries(TYPES.map(Type => [Type.replace(/:/g, ''), { Type, Properties, Metadata: deep, DependsOn: deep }])),
      Outputs: { O: { Value: deep, Export: { Name: deep } } },
    },
  }]);
  edges(app);
  expect(runRules(app, RULES).findings.filter(({ rule }) => rule.id === RULE_FAILED.id).map(({ message }) => message)).toEqual([]);
});

const resources = (Resources: object, sections: object = {}) => AppModel.of([{ name: 'Stack', template: { Resources, ...sections } }]);
const LEVELS = [[DEEPEST_NESTING, true], [DEEPEST_NESTING + 1, false]] as const;

test('a chain of a hundred thousand conditions is unknown, a short one is decided', () => {
  const chain = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`C${index}`, { Condition: `C${index + 1}` }]));
  const exists = (length: number) => resources({ A: { Type: 'X::Y::Z', Condition: 'C0' } }, {
    Conditions: { ...chain(length), [`C${length}`]: { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] } },
  }).resources[0].exists;
  expect([exists(90), exists(100_000)]).toEqual(['yes', 'unknown']);
});

test.each(LEVELS)('a comparison %d levels below a condition is decided: %s', (levels, decided) => {
  const [resource] = resources({ A: { Type: 'X::Y::Z', Condition: 'C' } }, {
    Conditions: { C: nested(levels, below => ({ 'Fn::Or': [below] }), { 'Fn::Equals': ['a', 'a'] }) },
  }).resources;
  expect(resource.exists).toBe(decided ? 'yes' : 'unknown');
});

test.each(LEVELS)('a mention %d levels below a resource is found: %s', (levels, found) => {
  // The properties are one level, and the map with the reference is one.
  const app = resources({ A: { Type: 'X::Y::Z' }, B: { Type: 'X::Y::Z', Properties: nested(levels - 1, LIST, { Ref: 'A' }) } });
  expect(mentionsOf(app, app.resources[0]).resources).toHaveLength(found ? 1 : 0);
});

test.each(LEVELS)('an edge %d levels below the properties is found: %s', (levels, found) => {
  const app = resources({ A: { Type: 'X::Y::Z' }, B: { Type: 'X::Y::Z', Properties: nested(levels, LIST, { Ref: 'A' }) } });
  expect(edges(app).all).toHaveLength(found ? 1 : 0);
});

test.each(LEVELS)('one of a list of %d levels is found: %s', (levels, found) => {
  expect(anyOf(Value.known(nested(levels, LIST)), each => verdict(each.text === 'x'))).toBe(found ? 'yes' : 'unknown');
});

test.each(LEVELS)('a message shows what lies %d levels deep: %s', (levels, shown) => {
  // What stands in the innermost map is one level below it.
  const text = String(Value.known(nested(levels + 1, a => ({ a }))));
  expect(text.includes('"x"')).toBe(shown);
  expect(text.includes('"..."')).toBe(!shown);
  expect(() => JSON.parse(text)).not.toThrow();
});

test('a message leaves out what is too much, and stays JSON', () => {
  const many = (length: number) => String(Value.known({ all: Array.from({ length }, (_, index) => `n${index}`) }));
  expect(JSON.parse(many(1_000)).all).toHaveLength(1_000);
  const { all } = JSON.parse(many(100_000));
  expect(all.length).toBeLessThan(20_000);
  expect(all.at(-1)).toBe('...');
  expect(all.at(-2)).toMatch(/^n\d+$/);
});
