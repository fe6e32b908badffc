import { names } from '../../src/access/names/names';
import { resourcesByArn } from '../../src/access/names/resources-by-arn';
import { AppModel } from '../../src/model/app-model';
import { at, modelOf } from '../iam/model-of';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const READER = 'AWS::Test::Reader';

/** The text that a value of a template reads like, beside that of another. */
function texts(values: readonly unknown[], resources: Record<string, object> = {}, sections: object = {}) {
  const readers = Object.fromEntries(values.map((value, index) => [`Reader${index}`, { Type: READER, Properties: { Value: value } }]));
  const app = modelOf({ Queue: QUEUE, ...resources, ...readers }, sections);
  return values.map((_, index) => {
    const reader = at(app, `Stack/Reader${index}`);
    return names(app).text(reader.get('Value'), reader);
  });
}

describe('the same resource reads the same', () => {
  test.each<[string, unknown, unknown, Record<string, object>?]>([
    ['by attribute and by name', { 'Fn::GetAtt': ['Queue', 'Arn'] },
      { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}' }],
    ['by Sub and by Join', { 'Fn::Sub': '${Queue.Arn}' }, { 'Fn::Join': ['', ['arn:aws:sqs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { 'Fn::GetAtt': 'Queue.QueueName' }]] }],
    ['by attribute and by the name it is given', { 'Fn::GetAtt': ['Named', 'Arn'] }, { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders' },
      { Named: { ...QUEUE, Properties: { QueueName: 'orders' } } }],
    ['by a name that is a parameter', { 'Fn::GetAtt': ['Named', 'Arn'] }, { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Name}' },
      { Named: { ...QUEUE, Properties: { QueueName: { Ref: 'Name' } } } }],
    ['in any partition', 'arn:aws-cn:s3:::orders/*', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::orders/*' }],
    ['of a topic, whose reference is its ARN', { Ref: 'Topic' }, { 'Fn::GetAtt': ['Topic', 'TopicArn'] }, { Topic: { Type: 'AWS::SNS::Topic' } }],
  ])('%s', (_, one, other, resources = {}) => {
    const [left, right] = texts([one, other], resources, { Parameters: { Name: { Type: 'String' } } });
    expect(left).toBe(right);
    expect(left).toMatch(/^arn:aws:/);
  });
});

test.each<[string, unknown, unknown]>([
  ['two queues', { 'Fn::GetAtt': ['Queue', 'Arn'] }, { 'Fn::GetAtt': ['Other', 'Arn'] }],
  ['two parameters', { Ref: 'Name' }, { Ref: 'Another' }],
  ['a name that is made up, and any that is written', { 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'Stack-Queue-1A2B3C'],
])('%s read differently', (_, one, other) => {
  const [left, right] = texts([one, other], { Other: QUEUE }, { Parameters: { Name: { Type: 'String' }, Another: { Type: 'String' } } });
  expect(left).not.toBe(right);
});

test.each<[string, object, string]>([
  ['of the bus that each account has', {}, 'rule/placed'],
  ['of that bus by name', { EventBusName: 'default' }, 'rule/placed'],
  ['of a bus by name', { EventBusName: 'orders' }, 'rule/orders/placed'],
  ['of a bus by ARN', { EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders' }, 'rule/orders/placed'],
  ['of the bus of a partner, whose name has slashes', { EventBusName: 'aws.partner/example.com/1/orders' }, 'rule/aws.partner/example.com/1/orders/placed'],
  ['of a bus of the app', { EventBusName: { Ref: 'Bus' } }, 'rule/shop/placed'],
])('the ARN of a rule %s', (_, properties, expected) => {
  const app = modelOf({
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'placed', ...properties } },
  });
  expect(names(app).arnOf(at(app, 'Stack/Rule')).split(':').slice(5).join(':')).toBe(expected);
});

test.each<[string, string, string, object]>([
  ['a rule', 'AWS::Events::Rule', 'EventBusName', { Name: 'one' }],
  ['a schedule', 'AWS::Scheduler::Schedule', 'GroupName', { Name: 'one' }],
  ['a role', 'AWS::IAM::Role', 'Path', { RoleName: 'one' }],
])('%s of which a condition decides where it belongs is not taken for one that says nothing of it', (_, Type, property, properties) => {
  const chosen = { 'Fn::If': ['Sometimes', 'a', 'b'] };
  const app = modelOf({ Silent: { Type, Properties: properties }, Either: { Type, Properties: { ...properties, [property]: chosen } } }, {
    Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } },
  });
  expect(names(app).shown(names(app).arnOf(at(app, 'Stack/Either')))).toContain(`Stack/Either.${property}`);
  expect(names(app).arnOf(at(app, 'Stack/Silent'))).not.toContain('Silent');
});

describe('what may be something else', () => {
  const widest = (value: unknown, environment: { account?: string; region?: string } = {}) => {
    const template = { Parameters: { Name: { Type: 'String' } }, Resources: { Queue: QUEUE, Reader: { Type: READER, Properties: { Value: value } } } };
    const app = AppModel.of([{ name: 'Stack', stackName: 'orders', template, ...environment }]);
    const reader = at(app, 'Stack/Reader');
    return names(app).widest(names(app).text(reader.get('Value'), reader)!).map(each => names(app).shown(each)).join(' or ');
  };

  test.each<[string, unknown, string]>([
    ['a parameter is anything', { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' }, 'arn:aws:s3:::*/*'],
    ['an account that is written may be that of the stack', 'arn:aws:sqs:eu-west-1:111122223333:orders', 'arn:aws:sqs:*:*:orders'],
    ['an account by itself, and it alone', '111122223333', '111122223333 or ${AWS::AccountId}'],
    ['and by its root user', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root or arn:aws:iam::${AWS::AccountId}:root'],
    ['an account that deployment decides on is itself', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Stack/Queue.QueueName}'],
    ['a pattern that begins like the stack may mean what it makes', 'arn:aws:s3:::orders-*', 'arn:aws:s3:::*'],
    ['one that begins otherwise does not', 'arn:aws:s3:::payments-*', 'arn:aws:s3:::payments-*'],
  ])('%s', (_, value, expected) => expect(widest(value)).toBe(expected));

  test('where accounts are known, each is itself', () => {
    const environment = { account: '111122223333', region: 'eu-west-1' };
    expect(widest('arn:aws:sqs:us-east-1:444455556666:orders', environment)).toBe('arn:aws:sqs:us-east-1:444455556666:orders');
  });
});

test('each resource is found by its ARN', () => {
  const app = modelOf({ Queue: QUEUE, Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders' } } });
  expect(resourcesByArn(app).get('arn:aws:s3:::orders')).toBe(at(app, 'Stack/Bucket'));
  expect(resourcesByArn(app).get(names(app).arnOf(at(app, 'Stack/Queue')))).toBe(at(app, 'Stack/Queue'));
});

test('names that refer to each other in a circle end', () => {
  const named = (other: string) => ({ ...QUEUE, Properties: { QueueName: { 'Fn::GetAtt': [other, 'QueueName'] } } });
  const app = modelOf({ A: named('B'), B: named('A') });
  expect(names(app).arnOf(at(app, 'Stack/A'))).toMatch(/^arn:aws:sqs:/);
});
