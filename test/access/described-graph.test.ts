import { forEverybody } from './for-everybody';
import { shop } from './shop';
import { DescribedGraph, describeGraph } from '../../src/access/descriptions/described-graph';
import { neighbourhood } from '../../src/access/descriptions/graph-part';
import { selectGraph } from '../../src/access/descriptions/graph-selection';
import { AppModel } from '../../src/model/app-model';
import { modelOf } from '../iam/model-of';

const MANY = { nodes: 1000, edges: 1000 };

/** Each edge as `from kind to`, by the names of what they join without what they have in common; a `?` after what is only perhaps so. */
function arrows({ nodes, edges }: DescribedGraph): string[] {
  const name = new Map(nodes.map(node => [node.id, node.name.replace(/^Stack\/|\/Resource$/g, '')]));
  return edges.map(({ from, kind, to, answer }) => `${name.get(from)} ${kind} ${name.get(to)}${answer === 'unknown' ? '?' : ''}`);
}

function attacks(graph: DescribedGraph): [string, readonly string[]][] {
  const all = arrows(graph);
  return graph.attackPaths.map(({ answer, edges }) => [answer, edges.map(at => all[at])]);
}

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const role = (...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
    Policies: [{ PolicyName: 'Rights', PolicyDocument: { Statement: statements } }],
  },
});
const allow = (action: string, resource: unknown, more: object = {}) => ({ Effect: 'Allow', Action: action, Resource: resource, ...more });
const fn = (name: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arn(`${name}Role`) } });
const url = (name: string, authType: unknown) => ({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn(name), AuthType: authType } });
const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: {} };

describe('the graph of a shop', () => {
  const graph = describeGraph(shop());

  test('has all that acts or is acted on, by what it is', () => {
    expect(graph.nodes.map(({ kind, name }) => `${kind}: ${name.replace(/^Stack\/|\/Resource$/g, '')}`)).toEqual([
      'internet: the internet', 'trigger: Api', 'trigger: Queue', 'function: Order', 'function: Report', 'function: Worker', 'role: Deployer',
      'role: Order/ServiceRole', 'role: Report/ServiceRole', 'role: Worker/ServiceRole', 'data store: Bucket', 'data store: Table', 'secret: Secret',
    ]);
    expect(graph.nodes.filter(({ sensitive }) => sensitive).map(({ name }) => name)).toEqual(['Stack/Bucket/Resource', 'Stack/Table/Resource', 'Stack/Secret/Resource']);
  });

  test('has an edge for each thing that one can do to another', () => {
    expect(arrows(graph)).toEqual([
      'the internet calls Order', 'Api triggers Order', 'Api triggers Report', 'Queue triggers Worker',
      'Order runs as Order/ServiceRole', 'Report runs as Report/ServiceRole', 'Worker runs as Worker/ServiceRole',
      'Deployer may Worker', 'Deployer gains Worker/ServiceRole',
      'Order/ServiceRole may Queue', 'Order/ServiceRole may Bucket', 'Report/ServiceRole may Table',
      'Worker/ServiceRole may Queue', 'Worker/ServiceRole may Table', 'Worker/ServiceRole may Secret',
    ]);
  });

  test('puts routes to the same function together, each with where it is open', () => {
    expect(graph.edges[0]).toMatchObject({ actions: ['POST /orders', 'PUT /orders'], answer: 'allowed' });
    expect(graph.edges[0].reasons.map(({ constructPath, property }) => `${constructPath} ${property}`)).toEqual([
      'Stack/Api/POST--orders/Resource AuthorizationType', 'Stack/Api/POST--orders/Order/Resource IntegrationUri',
      'Stack/Api/PUT--orders/Resource AuthorizationType',
    ]);
  });

  test('says of each edge which property or statement it comes from', () => {
    for (const { reasons } of graph.edges) expect(reasons).not.toEqual([]);
    expect(graph.edges.find(({ kind }) => kind === 'gains')!.reasons).toMatchObject([
      { constructPath: 'Stack/Deployer/DefaultPolicy/Resource', property: 'PolicyDocument.Statement.0.Action' },
    ]);
  });

  test('has the ways from the internet to what is kept, the shortest first', () => {
    const toWorker = ['the internet calls Order', 'Order runs as Order/ServiceRole', 'Order/ServiceRole may Queue', 'Queue triggers Worker', 'Worker runs as Worker/ServiceRole'];
    expect(attacks(graph)).toEqual([
      ['allowed', ['the internet calls Order', 'Order runs as Order/ServiceRole', 'Order/ServiceRole may Bucket']],
      ['allowed', [...toWorker, 'Worker/ServiceRole may Table']],
      ['allowed', [...toWorker, 'Worker/ServiceRole may Secret']],
    ]);
  });

  test('is the same at each synth', () => expect(describeGraph(shop())).toEqual(graph));

  test.each<[string, readonly string[], number]>([
    // Its role, what its role may do, and who triggers it; nobody public gets there.
    ['Stack/Report/Resource', ['Api triggers Report', 'Report runs as Report/ServiceRole', 'Report/ServiceRole may Table'], 0],
    ['Stack/Deployer/Resource', ['Worker runs as Worker/ServiceRole', 'Deployer may Worker', 'Deployer gains Worker/ServiceRole'], 0],
    // Who gets at it directly, with the functions that do, and the whole way from the internet.
    ['Stack/Secret/Resource', [
      'the internet calls Order', 'Queue triggers Worker', 'Order runs as Order/ServiceRole', 'Worker runs as Worker/ServiceRole', 'Order/ServiceRole may Queue',
      'Worker/ServiceRole may Secret',
    ], 1],
  ])('around %s has what is next to it and the attack paths through it', (name, expected, paths) => {
    const part = neighbourhood(graph, graph.nodes.find(node => node.name === name)!.id);
    expect(arrows(part)).toEqual(expected);
    expect(part.attackPaths).toHaveLength(paths);
  });
});

describe('what is only perhaps so', () => {
  const parameter = { Parameters: { Auth: { Type: 'String' }, Name: { Type: 'String' } } };

  test('stays so along the way', () => {
    const entry = { Entry: fn('Entry'), EntryRole: role(allow('dynamodb:GetItem', arn('Table'))), Url: url('Entry', { Ref: 'Auth' }), ...forEverybody('Entry') };
    const app = modelOf({ Table: TABLE, ...entry }, parameter);
    expect(attacks(describeGraph(app))).toEqual([['unknown', ['the internet calls Entry?', 'Entry runs as EntryRole', 'EntryRole may Table']]]);
  });

  test('gives way to a longer way that is sure', () => {
    const resources = {
      Table: TABLE,
      Entry: fn('Entry'),
      EntryRole: role(allow('lambda:InvokeFunction', arn('Next'))),
      Next: fn('Next'),
      NextRole: role(allow('dynamodb:GetItem', arn('Table'))),
      Url: url('Entry', 'NONE'),
      ...forEverybody('Entry'),
    };
    const direct = {
      Type: 'AWS::IAM::Policy',
      Condition: 'IsDirect',
      Properties: { PolicyName: 'Direct', Roles: [{ Ref: 'EntryRole' }], PolicyDocument: { Statement: [allow('dynamodb:GetItem', arn('Table'))] } },
    };
    const app = modelOf({ ...resources, Direct: direct }, { ...parameter, Conditions: { IsDirect: { 'Fn::Equals': [{ Ref: 'Name' }, 'direct'] } } });
    const graph = describeGraph(app);
    expect(arrows(graph)).toContain('EntryRole may Table?');
    expect(attacks(graph)).toEqual([['allowed', [
      'the internet calls Entry', 'Entry runs as EntryRole', 'EntryRole may Next', 'Next runs as NextRole', 'NextRole may Table',
    ]]]);
  });

  test('is no way at all where it is surely denied', () => {
    const app = modelOf({
      Table: TABLE,
      Entry: fn('Entry'),
      Url: url('Entry', 'NONE'),
      ...forEverybody('Entry'),
      EntryRole: role(allow('dynamodb:GetItem', arn('Table')), { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }),
    });
    expect(describeGraph(app).attackPaths).toEqual([]);
  });
});

describe('a bucket that a policy opens to everybody, and that triggers a function', () => {
  /** The function has rights on a table. */
  const open = (action: string) => modelOf({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arn('Next') }] } } },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [{ ...allow(action, { 'Fn::Sub': '${Bucket.Arn}/*' }), Principal: '*' }] } },
    },
    Next: fn('Next'),
    NextRole: role(allow('dynamodb:PutItem', arn('Table'))),
    Table: TABLE,
  });

  test('is the end of an attack path where everybody may read', () => {
    expect(attacks(describeGraph(open('s3:GetObject')))).toEqual([['allowed', ['the internet may Bucket']]]);
  });

  test('is also on the way of one where everybody may write', () => {
    expect(attacks(describeGraph(open('s3:PutObject')))).toEqual([
      ['allowed', ['the internet may Bucket']],
      ['allowed', ['the internet may Bucket', 'Bucket triggers Next', 'Next runs as NextRole', 'NextRole may Table']],
    ]);
  });
});

describe('a selection', () => {
  /** An entry that gets at one table of its own, and many functions that nobody public gets at. */
  function large(functions: number): AppModel {
    const others = Array.from({ length: functions }, (_, at) => ({
      [`Other${at}`]: fn(`Other${at}`), [`Other${at}Role`]: role(allow('dynamodb:PutItem', arn(`Table${at}`))), [`Table${at}`]: TABLE,
    }));
    return modelOf(Object.assign({
      Entry: fn('Entry'), EntryRole: role(allow('dynamodb:GetItem', arn('Mine'))), Mine: TABLE, Url: url('Entry', 'NONE'), ...forEverybody('Entry'), Alone: { Type: 'AWS::SQS::Queue' },
    }, ...others));
  }

  test('of what fits is everything that something leads to or from', () => {
    const whole = describeGraph(large(2));
    const { graph, leftOut } = selectGraph(whole, MANY);
    expect(graph.edges).toEqual(whole.edges);
    expect(leftOut).toEqual({ connected: 0, unconnected: 1, edges: 0, attackPaths: 0 });
  });

  test('of more has attack paths first, and says what it leaves out', () => {
    const { graph, leftOut } = selectGraph(describeGraph(large(50)), { nodes: 10, edges: 10 });
    expect(graph.nodes).toHaveLength(10);
    expect(attacks(graph)).toEqual([['allowed', ['the internet calls Entry', 'Entry runs as EntryRole', 'EntryRole may Mine']]]);
    // 4 nodes and 3 edges of the path, then 50 times 3 and 2; two of these fit.
    expect(leftOut).toEqual({ connected: 154 - 10, unconnected: 1, edges: 103 - 7, attackPaths: 0 });
  });

  test('never has more arrows than asked for', () => {
    const { graph, leftOut } = selectGraph(describeGraph(large(5)), { nodes: 1000, edges: 4 });
    expect(graph.edges).toHaveLength(4);
    expect(leftOut.edges).toBe(13 - 4);
  });
});
