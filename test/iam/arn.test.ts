import { arnOf } from '../../src/iam/arn';
import { AppModel } from '../../src/model/app-model';

function arn(raw: unknown, environment: object = {}) {
  const [resource] = AppModel.of([{ name: 'Stack', template: { Resources: { A: { Type: 'T', Properties: { V: raw } }, B: { Type: 'B' } } }, ...environment }]).resources;
  return arnOf(resource.get('V'));
}

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const PARTITION = { Ref: 'AWS::Partition' };

test.each([
  ['arn:aws:iam::aws:policy/AdministratorAccess', { partition: 'aws', service: 'iam', region: '', account: 'aws', resource: 'policy/AdministratorAccess' }],
  ['arn:aws:lambda:eu-west-1:123456789012:layer:name:3', { partition: 'aws', service: 'lambda', region: 'eu-west-1', account: '123456789012', resource: 'layer:name:3' }],
  ['arn:aws:s3:::bucket/a:b', { partition: 'aws', service: 's3', region: '', account: '', resource: 'bucket/a:b' }],
])('%s', (raw, expected) => expect(arn(raw)).toEqual(expected));

test('leaves open what only deployment knows', () => {
  expect(arn(join('arn:', PARTITION, ':iam::', { Ref: 'AWS::AccountId' }, ':role/a'))).toEqual({
    partition: undefined, service: 'iam', region: '', account: undefined, resource: 'role/a',
  });
});

test('keeps what is known of the resource', () => {
  expect(arn(join('arn:', PARTITION, ':s3:::', { Ref: 'B' }, '/a:b/*'))?.resource).toBe('${Stack/B.Ref}/a:b/*');
});

test('knows the partition of a region', () => {
  expect(arn(join('arn:', PARTITION, ':s3:::b'), { region: 'eu-west-1' })?.partition).toBe('aws');
});

test.each([['*'], ['arn'], ['arn:aws:s3'], ['role'], [{ Ref: 'B' }], [join({ Ref: 'B' }, '/*')], [7], [['arn:a:b:c:d:e']], [undefined]])('%j is none', raw => {
  expect(arn(raw)).toBeUndefined();
});
