import { at, modelOf } from './model-of';
import { Table } from '../../src/iam/data/table';
import { siblings } from '../../src/iam/siblings';

const ROLE = (action: string) => ({
  Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::x/*' }] } }] },
});

/** Functions with one code, each with a role that allows one action. */
function bundle(actions: readonly string[]) {
  return modelOf(Object.fromEntries(actions.flatMap((action, index) => [
    [`F${index}`, { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'b', S3Key: 'k' }, Role: { 'Fn::GetAtt': [`R${index}`, 'Arn'] } } }],
    [`R${index}`, ROLE(action)],
  ])));
}

afterEach(() => jest.restoreAllMocks());

test('levels of actions are not asked for where there are too few siblings', () => {
  const asked = jest.spyOn(Table.prototype, 'entry');
  expect([...siblings(bundle(['lambda:Tag*', 'lambda:Get*', 'lambda:List*']), 4)]).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
  expect([...siblings(bundle(['lambda:Tag*', 'lambda:Get*', 'lambda:List*', 'lambda:Get*']), 4)]).toHaveLength(4);
  expect(asked).toHaveBeenCalled();
});

test('of many siblings only the one that is alone is told', () => {
  const app = bundle([...Array.from({ length: 99 }, () => 'dynamodb:PutItem'), 's3:PutObject']);
  const found = [...siblings(app, 4)];
  expect(found).toHaveLength(100);
  expect(found.filter(({ alone }) => alone.length > 0)).toMatchObject([{ fn: at(app, 'Stack/F99'), alone: [{ service: 's3', action: 's3:PutObject', isAlone: 'yes' }] }]);
});

test('if two may what the others may not, neither is alone', () => {
  expect([...siblings(bundle(['s3:PutObject', 's3:DeleteObject', 's3:GetObject', 's3:GetObject']), 4)].flatMap(({ alone }) => alone)).toEqual([]);
});
