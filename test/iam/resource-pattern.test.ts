import { at, modelOf } from './model-of';
import { isEverything, isUnnamed } from '../../src/iam/resource-pattern';
import { Value } from '../../src/model/value';

function read(raw: unknown): Value {
  const app = modelOf({ A: { Type: 'AWS::S3::Bucket', Properties: { V: raw } } }, { Parameters: { Any: { Type: 'String' } } });
  return at(app, 'Stack/A').get('V');
}

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const PARTITION = { Ref: 'AWS::Partition' };
const ACCOUNT = { Ref: 'AWS::AccountId' };

test.each<[unknown, string, string]>([
  // What it is, whether it is everything, and whether it names nothing in particular.
  ['*', 'yes', 'yes'],
  ['**', 'yes', 'yes'],
  ['arn:*', 'yes', 'yes'],
  ['arn:aws:*', 'yes', 'yes'],
  ['arn:*:*:*:*:*', 'yes', 'yes'],
  [join('arn:', PARTITION, ':*'), 'yes', 'yes'],
  ['arn:aws:s3:::*', 'no', 'yes'],
  [join('arn:', PARTITION, ':dynamodb:eu-west-1:', ACCOUNT, ':table/*'), 'no', 'yes'],
  ['arn:aws:logs:*:*:log-group:*:*', 'no', 'yes'],
  ['arn:aws:sqs:eu-west-1:123456789012:*', 'no', 'yes'],
  ['arn:aws:s3:::bucket/*', 'no', 'no'],
  ['arn:aws:execute-api:eu-west-1:123456789012:abc/*', 'no', 'no'],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/a*', 'no', 'no'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:name:*', 'no', 'no'],
  ['arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/*', 'no', 'no'],
  [{ 'Fn::GetAtt': ['A', 'Arn'] }, 'no', 'no'],
  [join({ 'Fn::GetAtt': ['A', 'Arn'] }, '/*'), 'no', 'no'],
  [join('arn:aws:s3:::', { Ref: 'Any' }, '/*'), 'no', 'no'],
  [{ Ref: 'Any' }, 'unknown', 'unknown'],
])('%j: %s, %s', (raw, everything, unnamed) => {
  expect(isEverything(read(raw))).toBe(everything);
  expect(isUnnamed(read(raw))).toBe(unnamed);
});
