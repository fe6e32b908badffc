import { AppModel } from '../../src/model/app-model';

const P = { Ref: 'P' };
const YES = { 'Fn::Equals': ['a', 'a'] };
const NO = { 'Fn::Equals': ['a', 'b'] };
const OPEN = { 'Fn::Equals': [P, 'x'] };

function exists(condition: unknown, others: object = {}): string {
  return AppModel.of([{
    name: 'S',
    template: {
      Parameters: { P: { Type: 'String' }, Stage: { Type: 'String', AllowedValues: ['dev', 'test'] }, Flag: { Type: 'String', Default: 'true' } },
      Conditions: { C: condition, ...others },
      Resources: { R: { Type: 'X::Y::Z' }, Subject: { Type: 'X::Y::Z', Condition: 'C' } },
    },
  }]).scopes[0].resources.get('Subject')!.exists;
}

test.each<[unknown, string]>([
  [YES, 'yes'],
  [NO, 'no'],
  [OPEN, 'unknown'],
  [{ 'Fn::Equals': [1, '1'] }, 'yes'],
  [{ 'Fn::Equals': [true, 'true'] }, 'yes'],
  [{ 'Fn::Equals': ['A', 'a'] }, 'no'],
  [{ 'Fn::Equals': [{ Ref: 'Flag' }, 'true'] }, 'yes'],
  [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, 'no'],
  [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, 'unknown'],
  [{ 'Fn::Equals': [{ Ref: 'AWS::NoValue' }, ''] }, 'yes'],
  [{ 'Fn::Equals': [{ Ref: 'R' }, 'x'] }, 'unknown'],
  [{ 'Fn::Equals': [['a'], ['a']] }, 'unknown'],
  [{ 'Fn::Equals': ['a'] }, 'unknown'],
  [{ 'Fn::Equals': ['a', 'a', 'a'] }, 'unknown'],
  [{ 'Fn::Equals': 'a' }, 'unknown'],
  [{ 'Fn::And': [YES, YES] }, 'yes'],
  [{ 'Fn::And': [YES, OPEN] }, 'unknown'],
  [{ 'Fn::And': [OPEN, NO] }, 'no'],
  [{ 'Fn::Or': [NO, NO] }, 'no'],
  [{ 'Fn::Or': [NO, OPEN] }, 'unknown'],
  [{ 'Fn::Or': [OPEN, YES] }, 'yes'],
  [{ 'Fn::Not': [YES] }, 'no'],
  [{ 'Fn::Not': [NO] }, 'yes'],
  [{ 'Fn::Not': [OPEN] }, 'unknown'],
  [{ 'Fn::Not': [] }, 'unknown'],
  [{ 'Fn::Not': YES }, 'unknown'],
  [{ Condition: 'D' }, 'no'],
  [{ 'Fn::Not': [{ Condition: 'D' }] }, 'yes'],
  [{ Condition: 'Nowhere' }, 'unknown'],
  [{ Condition: 'constructor' }, 'unknown'],
  [{ Condition: ['D'] }, 'unknown'],
  [{ Condition: 'C' }, 'unknown'],
  [{ 'Fn::Not': [{ Condition: 'C' }] }, 'unknown'],
  [{ 'Fn::Or': [{ Condition: 'C' }, YES] }, 'yes'],
  [{ 'Fn::Xor': [YES, NO] }, 'unknown'],
  [{}, 'unknown'],
  ['Yes', 'unknown'],
  [true, 'unknown'],
  [null, 'unknown'],
])('%j: %s', (condition, expected) => expect(exists(condition, { D: NO })).toBe(expected));
