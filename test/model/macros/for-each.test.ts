import { AppModel } from '../../../src/model/app-model';

/** The resources of a template with the language extensions. */
function resources(Resources: object, sections: object = {}, template: object = {}) {
  const app = AppModel.of([{ name: 'S', template: { Transform: ['AWS::LanguageExtensions'], Resources, ...sections, ...template } }]);
  return Object.fromEntries(app.resources.map(each => [each.logicalId, each]));
}

const QUEUES = { 'Fn::ForEach::Queues': ['Name', ['A', 'B'], { 'Queue${Name}': { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'q-${Name}' } } } }] };
const overList = (collection: unknown) => ({ 'Fn::ForEach::Queues': ['Name', collection, QUEUES['Fn::ForEach::Queues'][2]] });

test('a loop makes a resource for each item', () => {
  const made = resources(QUEUES);
  expect(Object.keys(made)).toEqual(['QueueA', 'QueueB']);
  expect(made.QueueB.get('QueueName').text).toBe('q-B');
});

test.each<[string, unknown, object]>([
  ['a parameter', { Ref: 'Names' }, { Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'A, B' } } }],
  ['a mapping', { 'Fn::FindInMap': ['M', 'x', 'y'] }, { Mappings: { M: { x: { y: ['A', 'B'] } } } }],
  ['a split text', { 'Fn::Split': [',', 'A,B'] }, {}],
])('a loop over %s is unrolled', (_, collection, sections) => {
  expect(Object.keys(resources(overList(collection), sections))).toEqual(['QueueA', 'QueueB']);
});

test('a loop over what only deployment knows leaves its body once, and whether it exists is unknown', () => {
  const made = resources({
    'Fn::ForEach::Queues': ['Name', { Ref: 'Names' }, {
      'Queue${Name}': { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 3, QueueName: { Ref: 'Name' } } },
    }],
  }, { Parameters: { Names: { Type: 'CommaDelimitedList' } } });
  expect(Object.keys(made)).toEqual(['Queue${Name}']);
  const [queue] = Object.values(made);
  expect([queue.exists, queue.get('DelaySeconds').number, queue.get('QueueName').kind]).toEqual(['unknown', 3, 'unknown']);
});

test('loops nest, stand in properties and drop what a logical id may not have', () => {
  const made = resources({
    'Fn::ForEach::Outer': ['Zone', ['eu-1', 'eu-2'], {
      'Fn::ForEach::Inner': ['Name', ['A'], {
        '${Name}&{Zone}': { Type: 'AWS::SNS::Topic', Properties: { 'Fn::ForEach::P': ['Key', ['X', 'Y'], { 'Top${Key}': { Ref: 'Zone' } }] } },
      }],
    }],
  });
  expect(Object.keys(made)).toEqual(['Aeu1', 'Aeu2']);
  expect(made.Aeu2.properties.entries.map(([key, value]) => [key, value.text])).toEqual([['TopX', 'eu-2'], ['TopY', 'eu-2']]);
});

test('loops make conditions and outputs', () => {
  const { Queue } = resources({ Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsB' } }, {
    Conditions: { 'Fn::ForEach::C': ['Name', ['A', 'B'], { 'Is${Name}': { 'Fn::Equals': ['B', { Ref: 'Name' }] } }] },
    Outputs: { 'Fn::ForEach::O': ['Name', ['A'], { 'Out${Name}': { Value: { Ref: 'Name' } } }] },
  });
  expect(Queue.exists).toBe('yes');
  expect(Queue.scope.output('OutA').text).toBe('A');
});

test('nothing of the sort happens without the macro', () => {
  expect(resources(QUEUES, {}, { Transform: undefined })).toEqual({});
});

test.each([[null], [[]], [['Name']], [['Name', ['A'], null]], [[1, ['A'], {}]], [['Name', [[]], { A: { Type: 'T' } }]], ['x']])('odd loops are harmless: %j', raw => {
  expect(() => resources({ 'Fn::ForEach::X': raw, 'Fn::Transform': raw })).not.toThrow();
});

test('Fn::ToJsonString, Fn::Length, defaults of Fn::FindInMap and computed names', () => {
  const { Topic } = resources({
    Queue: { Type: 'AWS::SQS::Queue' },
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        Json: { 'Fn::ToJsonString': { a: [1, 'x'], b: { Ref: 'Queue' }, c: { Ref: 'AWS::NoValue' } } },
        Plain: { 'Fn::ToJsonString': [{ a: true }, []] },
        Length: { 'Fn::Length': [1, 2] },
        Found: { 'Fn::FindInMap': ['M', 'x', 'z', { DefaultValue: 5 }] },
        Ref: { Ref: { 'Fn::Sub': 'Que${Rest}' } },
      },
    },
  }, { Mappings: { M: { x: { y: 1 } } }, Parameters: { Rest: { Type: 'String', Default: 'ue' } } });
  expect(String(Topic.get('Json'))).toBe('{"a":[1,"x"],"b":"${S/Queue.Ref}"}');
  expect(Topic.get('Plain').text).toBe('[{"a":true},[]]');
  expect([Topic.get('Length').number, Topic.get('Found').number, String(Topic.get('Ref'))]).toEqual([2, 5, '${S/Queue.Ref}']);
});
