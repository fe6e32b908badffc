import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AccessEdge } from '../../src/access/graph/access-edge';
import { accessGraph } from '../../src/access/graph/access-graph';
import { INTERNET, nodeOf } from '../../src/access/graph/nodes';
import { paths, reach } from '../../src/access/graph/paths';
import { CODE } from '../function/fixtures';
import { at, synthesized } from '../iam/model-of';

/** A shop: everybody may order, orders wait in a queue for a worker, which keeps them in a table; reports are for those who sign requests. */
const app = synthesized(stack => {
  const order = new lambda.Function(stack, 'Order', CODE);
  const worker = new lambda.Function(stack, 'Worker', CODE);
  const report = new lambda.Function(stack, 'Report', CODE);
  const queue = new sqs.Queue(stack, 'Queue');
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const api = new HttpApi(stack, 'Api');
  api.addRoutes({ path: '/orders', methods: [HttpMethod.POST], integration: new HttpLambdaIntegration('Order', order) });
  api.addRoutes({ path: '/reports', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('Report', report), authorizer: new HttpIamAuthorizer() });
  queue.grantSendMessages(order);
  worker.addEventSource(new SqsEventSource(queue));
  table.grantWriteData(worker);
  table.grantReadData(report);
  bucket.grantRead(order);
  new iam.Role(stack, 'Deployer', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
    .addToPolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: [worker.functionArn] }));
});

const node = (path: string) => nodeOf(app, at(app, `Stack/${path}/Resource`));
const shown = (path: readonly AccessEdge[]) => path.map(({ from, kind, to }) => `${from.name} ${kind} ${to.name}`.replace(/Stack\/|\/Resource/g, ''));

test('a way from the internet to a table goes through all that hands it on', () => {
  expect(paths(app, INTERNET, node('Table')).map(shown)).toEqual([[
    'the internet calls Order', 'Order runs as Order/ServiceRole', 'Order/ServiceRole may Queue', 'Queue triggers Worker', 'Worker runs as Worker/ServiceRole',
    'Worker/ServiceRole may Table',
  ]]);
});

test('whoever has to sign requests is not everybody', () => {
  expect(accessGraph(app).from(INTERNET).map(({ to }) => to.name)).toEqual(['Stack/Order/Resource']);
});

test.each<[string, readonly string[]]>([
  ['Order', ['Bucket', 'Order/ServiceRole', 'Queue', 'Table', 'Worker', 'Worker/ServiceRole']],
  ['Report', ['Report/ServiceRole', 'Table']],
  ['Deployer', ['Queue', 'Table', 'Worker', 'Worker/ServiceRole']],
])('all that can be got at from %s', (from, expected) => {
  const reached = reach(app, node(from)).map(path => path.at(-1)!.to.name.replace(/Stack\/|\/Resource/g, ''));
  expect(reached.filter(name => !name.startsWith('Queue/')).sort()).toEqual(expected);
});

test('what is only read hands nothing on', () => {
  const edges = accessGraph(app).from(node('Order/ServiceRole')).map(({ to, drives }) => [to, drives]);
  expect(edges).toContainEqual([node('Bucket'), false]);
  expect(edges).toContainEqual([node('Queue'), true]);
});

test('each edge says where it comes from', () => {
  for (const edge of accessGraph(app).edges) expect(edge.reasons).not.toEqual([]);
});
