import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { setTimeout } from 'timers/promises';
import { aws, cdk } from './account';
import { Assembly } from './assembly';
import { DeployedResource, Deployment } from './deployment';
import { differences } from './differences';
import { invoke } from './functions';
import { LOST_PROPERTIES, NOT_RUN, REFUSED_TYPES } from './left-out';
import { READERS } from './readers';

const isOfTheExample = (stack: string) => stack.startsWith('Order');

let folder: string;
let first: Assembly;
let second: Assembly;
let deployment: Deployment;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'order-service-'));
  [first, second] = ['first', 'second'].map(name => new Assembly(path.join(folder, name)));
  await cdk.synth('npx tsx examples/order-service/app.ts', first.folder);
  await cdk.synth('npx tsx test/deployed/changed-order-service.ts', second.folder);
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function deploy(assembly: Assembly): Promise<void> {
  assembly.reduce();
  await cdk.deploy(assembly.folder);
  deployment = await Deployment.read(aws, isOfTheExample);
}

const all = (type: string) => deployment.resources.filter(({ Type }) => Type === type);
const the = (type: string, logicalId: string): DeployedResource => {
  const found = all(type).filter(each => each.logicalId.startsWith(logicalId));
  if (found.length !== 1) throw new Error(`${found.length} of ${type} begin with ${logicalId}`);
  return found[0];
};

/** Properties that don't exist as the templates say. */
async function differing(): Promise<string[]> {
  const found = await Promise.all(deployment.resources.map(async resource =>
    Object.keys(differences(resource, await deployment.exists(resource))).map(name => `${resource.Type} ${name}`)));
  return [...new Set(found.flat())].sort();
}

/** Those of the listed losses that the types of this app can have. */
const expectedLosses = () => Object.entries(LOST_PROPERTIES)
  .filter(([type, [property]]) => all(type).some(({ Properties = {} }) => property in Properties))
  .flatMap(([type, properties]) => properties.map(property => `${type} ${property}`)).sort();

test('each type in the templates is read back, or is on the list of what the emulator refuses', () => {
  const types = [...new Set(first.resources.map(({ Type }) => Type))];
  expect(types.filter(type => !READERS[type] && !['AWS::CDK::Metadata', ...REFUSED_TYPES].includes(type))).toEqual([]);
});

describe('the first deployment', () => {
  beforeAll(() => deploy(first));

  test('makes each resource as the templates say, those of the nested stack too', async () => {
    expect(new Set(deployment.resources.map(({ stack }) => stack)).size).toBe(3);
    expect(await differing()).toEqual(expectedLosses());
  });

  test('the API has a route for customers alone, to the function that places orders', async () => {
    expect(await deployment.exists(the('AWS::ApiGatewayV2::Route', 'Api'))).toMatchObject({ AuthorizationType: 'JWT', RouteKey: 'POST /orders' });
    expect(await deployment.exists(the('AWS::ApiGatewayV2::Authorizer', 'Api'))).toMatchObject({
      AuthorizerType: 'JWT', JwtConfiguration: { Audience: ['order-service'], Issuer: 'https://login.example.com' },
    });
  });

  test('an order that was paid goes through the stream, the bus and the queue to the function that ships it', async () => {
    const TableName = the('AWS::DynamoDB::GlobalTable', 'Orders').id;
    const Key = { id: { S: 'order-1' } };
    const order = { ...Key, day: { S: '2026-01-31' }, createdAt: { S: '2026-01-31T10:00:00Z' }, total: { N: '650' }, customer: { S: 'one' } };
    await aws.dynamo.putItem({ TableName, Item: { ...order, status: { S: 'PENDING' } } });
    await aws.dynamo.putItem({ TableName, Item: { ...order, status: { S: 'PAID' } } });
    const status = async () => (await aws.dynamo.getItem({ TableName, Key })).Item?.status?.S;
    for (let tries = 0; tries < 120 && await status() !== 'SHIPPED'; tries += 1) await setTimeout(500);
    expect(await status()).toBe('SHIPPED');
  });

  test('the nightly report is written to the bucket, by the permissions that the function has', async () => {
    const { key } = await invoke(aws, the('AWS::Lambda::Function', 'DailyReport').id, { time: '2026-02-01T02:00:00Z' });
    const { Body: body } = await aws.s3.getObject({ Bucket: the('AWS::S3::Bucket', 'Documents').id, Key: key });
    expect(await body!.transformToString()).toContain('2026-01-31');
  });

  test('the function of an image is there, and is the one that is not run', async () => {
    const images = all('AWS::Lambda::Function').filter(({ Properties }) => Properties!.PackageType === 'Image');
    expect(images.map(({ Metadata }) => Metadata!['aws:cdk:path'])).toEqual(NOT_RUN.map(name => `${name}/Resource`));
    expect(await deployment.exists(images[0])).toMatchObject({ PackageType: 'Image', ReservedConcurrentExecutions: 10 });
  });
});

describe('the second deployment', () => {
  let before: Deployment;

  beforeAll(async () => {
    before = deployment;
    await deploy(second);
  });

  test('gives each function what was changed, and replaces nothing', async () => {
    const sizes = await Promise.all(all('AWS::Lambda::Function').map(async each => (await deployment.exists(each)).MemorySize));
    expect(sizes).toEqual([256, 256, 256, 256, 256]);
    const ids = (of: Deployment) => of.resources.map(({ stack, logicalId, id }) => `${stack} ${logicalId} ${id}`).sort();
    expect(ids(deployment)).toEqual(ids(before));
  });

  test('leaves each resource as the templates say', async () => expect(await differing()).toEqual(expectedLosses()));
});

/** What is to exist after the stacks: nothing of the nested one, see `NOT_RETAINED`. */
const isKept = ({ DeletionPolicy, stack }: DeployedResource) => DeletionPolicy === 'Retain' && ['OrderData', 'OrderService'].includes(stack);

test('destroying it leaves what the templates keep, and nothing else', async () => {
  const before = deployment;
  await cdk.destroy(second.folder);
  expect((await Deployment.read(aws, isOfTheExample)).resources).toEqual([]);
  const still = await Promise.all(before.resources.map(async resource => {
    const exists = await before.exists(resource).then(() => true, () => false);
    return exists === isKept(resource) ? [] : [`${resource.stack} ${resource.logicalId} ${exists ? 'exists' : 'is gone'}`];
  }));
  expect(still.flat()).toEqual([]);
});
