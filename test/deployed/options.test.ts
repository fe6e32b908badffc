import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { setTimeout } from 'timers/promises';
import { aws, awsWithoutTls, cdk } from './account';
import { Assembly } from './assembly';
import { DeployedResource, Deployment } from './deployment';
import { differences } from './differences';
import { invoke, invokeAsynchronously, logEventsOf, messageFrom } from './functions';
import { LEFT_OUT, LOST_PROPERTIES, REFUSED_TYPES, REFUSED_WITH } from './left-out';
import { listedIn } from './page';
import { READERS } from './readers';
import { STACKS } from './stacks';

const APP = 'npx tsx test/deployed/app.ts';
/** Says which constructs an app uses, and is nothing that exists. */
const METADATA = 'AWS::CDK::Metadata';

const stackOf = (option: string) => `${option}-Stack`;

/** Of a type that only the example app has, see order-service.test.ts. */
const OF_THE_EXAMPLE = 'AWS::ApiGatewayV2::';

const isOfAnOption = (stack: string) => Object.keys(STACKS).map(stackOf).includes(stack);

let folder: string;
let synthesized: Assembly;
let changed: Assembly;
let deployment: Deployment;
let differing: Map<DeployedResource, Record<string, string[]>>;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'options-'));
  await Promise.all([cdk.synth(APP, path.join(folder, 'first')), cdk.synth(APP, path.join(folder, 'second'), 'changed=true')]);
  synthesized = new Assembly(path.join(folder, 'first'));
  changed = new Assembly(path.join(folder, 'second'));
});

async function deploy(assembly: Assembly): Promise<void> {
  await cdk.deploy(assembly.folder);
  deployment = await Deployment.read(aws, isOfAnOption);
  differing = new Map(await Promise.all(deployment.resources.map(async resource =>
    [resource, differences(resource, await deployment.exists(resource))] as const)));
}

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What exists of the one resource of that type in the stack of an option. */
const existing = (type: string, option: string, logicalId = '') => deployment.exists(deployment.find(type, stackOf(option), logicalId));
const functionOf = (option: string) => deployment.find('AWS::Lambda::Function', stackOf(option)).id;
const failureQueueOf = (option: string) => deployment.find('AWS::SQS::Queue', stackOf(option), 'SecureServerlessFailureQueue').id;

test('each type in the templates is read back, or is on the list of what the emulator refuses', () => {
  const types = [...new Set(synthesized.resources.map(({ Type }) => Type))].sort();
  expect(types.filter(type => !READERS[type] && ![METADATA, ...REFUSED_TYPES].includes(type))).toEqual([]);
  expect(REFUSED_TYPES.filter(type => READERS[type] || !types.includes(type))).toEqual([]);
});

describe('the first deployment', () => {
  beforeAll(async () => {
    synthesized.reduce();
    await deploy(synthesized);
  });

  test.each(Object.keys(STACKS))('%s: each resource exists as the template says', option => {
    const resources = deployment.resources.filter(({ stack }) => stack === stackOf(option));
    const expected = [...synthesized.templates].find(([file]) => file.startsWith(`assembly-${option}/`))![1].Resources;
    expect(resources.map(({ logicalId }) => logicalId).sort()).toEqual(Object.keys(expected).filter(id => expected[id].Type !== METADATA).sort());
    expect(resources.flatMap(wrong)).toEqual([]);
  });

  test('what gets lost on the way is what is listed as lost, and nothing else', () => {
    const lost = [...differing].flatMap(([{ Type }, found]) => Object.keys(found).map(name => `${Type} ${name}`));
    const listed = Object.entries(LOST_PROPERTIES).flatMap(([type, names]) => names.map(name => `${type} ${name}`));
    expect([...new Set(lost)].sort()).toEqual(listed.filter(each => !each.startsWith(OF_THE_EXAMPLE)).sort());
  });

  test('concurrency: what was reserved and provisioned is', async () => {
    const reserved = async (option: string) => (await existing('AWS::Lambda::Function', option)).ReservedConcurrentExecutions;
    expect(await Promise.all(['Defaults', 'Concurrency-Reserved', 'Concurrency-Unreserved', 'Defaults-Of-The-Stack', 'Blueprint'].map(reserved)))
      .toEqual([10, 20, undefined, 15, 10]);
    expect(await existing('AWS::Lambda::Alias', 'Concurrency-Provisioned')).toMatchObject({
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 },
    });
  });

  test('environment: encrypted with the key of the stack, which rotates', async () => {
    const { Arn: arn } = (await aws.kms.describeKey({ KeyId: deployment.find('AWS::KMS::Key', 'Defaults-Stack').id })).KeyMetadata!;
    expect(await existing('AWS::KMS::Key', 'Defaults')).toMatchObject({ EnableKeyRotation: true });
    expect(await existing('AWS::Lambda::Function', 'Defaults')).toMatchObject({ KmsKeyArn: arn });
    expect(await existing('AWS::Logs::LogGroup', 'Defaults', 'Handler')).toMatchObject({ KmsKeyId: arn, RetentionInDays: 365 });
    expect(await existing('AWS::SNS::Topic', 'Defaults')).toMatchObject({ KmsMasterKeyId: arn });
  });

  test('role: inline statements only, for the resources of this function', async () => {
    const { ManagedPolicyArns: managed, Policies: policies } = await existing('AWS::IAM::Role', 'Defaults', 'Handler');
    const { Attributes: attributes } = await aws.sqs.getQueueAttributes({ QueueUrl: failureQueueOf('Defaults'), AttributeNames: ['QueueArn'] });
    const queue = attributes!.QueueArn;
    expect(managed).toEqual([]);
    expect(policies).toHaveLength(1);
    const statements = policies[0].PolicyDocument.Statement;
    expect(statements).toContainEqual({ Sid: 'KeepFailures', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue });
    expect(statements.filter((each: any) => [each.Action].flat().includes('*'))).toEqual([]);
  });

  test('network: no rule lets the function out, no route leads out', async () => {
    const { VpcConfig: { SecurityGroupIds: groups, SubnetIds: subnets, VpcId: vpc } } = await existing('AWS::Lambda::Function', 'Egress-None');
    const { SecurityGroups: found = [] } = await aws.ec2.describeSecurityGroups({ GroupIds: groups });
    expect(found.flatMap(({ IpPermissionsEgress = [] }) => IpPermissionsEgress).flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)))
      .toEqual(['255.255.255.255/32']);
    expect(found.flatMap(({ IpPermissions = [] }) => IpPermissions)).toEqual([]);
    const { RouteTables: tables = [] } = await aws.ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
    expect(tables.flatMap(({ Routes = [] }) => Routes).filter(({ GatewayId }) => GatewayId !== 'local')).toEqual([]);
    expect(subnets).toHaveLength(2);
  });

  test('network: a way out is there for those that asked for it', async () => {
    const gateways = deployment.resources.filter(({ Type }) => Type === 'AWS::EC2::NatGateway').map(({ stack }) => stack);
    expect(new Set(gateways)).toEqual(new Set(['Egress-All', 'Egress-ToHosts', 'Egress-ToHosts-Inspected'].map(stackOf)));
    expect((await existing('AWS::Lambda::Function', 'Egress-Unrestricted')).VpcConfig?.SubnetIds ?? []).toEqual([]);
    const services = deployment.resources.filter(({ Type, stack }) => Type === 'AWS::EC2::VPCEndpoint' && stack === 'Egress-ToServices-Stack');
    const names = await Promise.all(services.map(async each => (await deployment.exists(each)).ServiceName));
    expect(names.sort()).toEqual(['dynamodb', 's3', 'sqs'].map(name => `com.amazonaws.eu-west-1.${name}`));
  });

  test('alarms: to the topic of the stack, which takes them from this account\'s alarms only', async () => {
    const topic = deployment.find('AWS::SNS::Topic', 'Defaults-Stack').id;
    const alarms = deployment.resources.filter(({ Type, stack }) => Type === 'AWS::CloudWatch::Alarm' && stack === 'Defaults-Stack');
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms) expect(await deployment.exists(alarm)).toMatchObject({ ActionsEnabled: true, AlarmActions: [topic] });
    const { PolicyDocument: policy } = await existing('AWS::SNS::TopicPolicy', 'Defaults');
    expect(policy.Statement).toContainEqual(expect.objectContaining({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }));
  });

  test('events: retries and age are bounded as asked', async () => {
    expect(await existing('AWS::Lambda::EventInvokeConfig', 'Failures-SharedQueue'))
      .toMatchObject({ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 1 });
  });

  test.each(['Defaults', 'Egress-ToServices', 'Blueprint', 'Mixins'])('%s: the function runs, and what it logs is in its own group', async option => {
    expect(await invoke(aws, functionOf(option), { action: 'succeed', answer: 42 })).toMatchObject({ answer: 42 });
    const group = deployment.find('AWS::Logs::LogGroup', stackOf(option), 'Handler').id;
    expect((await logEventsOf(aws, group)).some(({ message }) => message!.startsWith('REPORT'))).toBe(true);
  });

  test.each(['Defaults', 'Failures-SharedQueue', 'Blueprint', 'Mixins'])('%s: an event that fails ends in the failure queue of the stack', async option => {
    await invokeAsynchronously(aws, functionOf(option), { action: 'fail', order: option });
    expect(JSON.stringify(await messageFrom(aws, failureQueueOf(option)))).toContain(option);
  });

  test('failures: in the queue of the caller where one is given', async () => {
    const queue = deployment.find('AWS::SQS::Queue', 'Failures-ToQueue-Stack', 'CallersQueue').id;
    await invokeAsynchronously(aws, functionOf('Failures-ToQueue'), { action: 'fail', order: 'theirs' });
    expect(JSON.stringify(await messageFrom(aws, queue))).toContain('theirs');
  });

  test('failures: the queue is encrypted, kept for 14 days, and answers nobody without TLS', async () => {
    expect(await existing('AWS::SQS::Queue', 'Defaults')).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    const asked = { QueueUrl: failureQueueOf('Defaults'), AttributeNames: ['All' as const] };
    await expect(awsWithoutTls.sqs.getQueueAttributes(asked)).rejects.toThrow(/denied/);
    await expect(aws.sqs.getQueueAttributes(asked)).resolves.toBeDefined();
  });

  describe('secrets', () => {
    const secret = (id: string) => deployment.find('AWS::SecretsManager::Secret', 'Secrets-Stack', id).id;

    beforeAll(async () => {
      for (const id of ['CallersSecret', 'CallersOtherSecret']) {
        await aws.secrets.putSecretValue({ SecretId: secret(id), SecretString: `value of ${id}` });
      }
    });

    test('the function reads its own through the ARN in its environment', async () => {
      expect(await invoke(aws, functionOf('Secrets'), { action: 'readSecret' })).toEqual({ value: 'value of CallersSecret' });
    });

    test('its role reads no other, and that of another function not this one', async () => {
      const refused = /not authorized to perform: secretsmanager:GetSecretValue/;
      await expect(invoke(aws, functionOf('Secrets'), { action: 'readSecret', arn: secret('CallersOtherSecret') })).rejects.toThrow(refused);
      await expect(invoke(aws, functionOf('Defaults'), { action: 'readSecret', arn: secret('CallersSecret') })).rejects.toThrow(refused);
    });
  });

  test('no role of a function may do anything to other resources of the stack', async () => {
    const received = invoke(aws, functionOf('Defaults'), { action: 'receive', queue: failureQueueOf('Defaults') });
    await expect(received).rejects.toThrow(/not authorized to perform: sqs:ReceiveMessage/);
  });
});

describe('the second deployment', () => {
  let before: Deployment;

  beforeAll(async () => {
    before = deployment;
    changed.reduce();
    await deploy(changed);
  });

  test('changes what was changed', async () => {
    expect(await existing('AWS::Lambda::Function', 'Defaults')).toMatchObject({ Timeout: 7, ReservedConcurrentExecutions: 10 });
    expect(await existing('AWS::Lambda::Function', 'Concurrency-Reserved')).toMatchObject({ ReservedConcurrentExecutions: 30 });
    expect(await existing('AWS::Lambda::EventInvokeConfig', 'Failures-SharedQueue')).toMatchObject({ MaximumEventAgeInSeconds: 600 });
    expect(await existing('AWS::Logs::LogGroup', 'Logging-Json', 'Handler')).toMatchObject({ RetentionInDays: 180 });
  });

  test('replaces nothing', () => {
    const ids = (of: Deployment) => of.resources.map(({ stack, logicalId, id }) => `${stack} ${logicalId} ${id}`).sort();
    expect(ids(deployment)).toEqual(ids(before));
  });

  test('leaves each resource as the template says', async () => {
    expect(deployment.resources.flatMap(wrong)).toEqual([]);
  });
});

describe('the end', () => {
  let before: Deployment;

  beforeAll(async () => {
    before = deployment;
    await cdk.destroy(changed.folder);
  });

  test('removes all stacks', async () => {
    expect((await Deployment.read(aws, isOfAnOption)).resources).toEqual([]);
  });

  test('removes each resource, but for what the template keeps', async () => {
    const still = await Promise.all(before.resources.map(async resource => {
      const exists = await before.exists(resource).then(() => true, () => false);
      return exists === (resource.DeletionPolicy === 'Retain') ? [] : [`${resource.stack} ${resource.logicalId} ${exists ? 'exists' : 'is gone'}`];
    }));
    expect(still.flat()).toEqual([]);
  });
});

describe('what is left out', () => {
  test('is what the page lists', () => {
    expect(listedIn('left out')).toEqual([...LEFT_OUT].sort());
  });

  test.each(REFUSED_TYPES)('%s is still refused', async type => {
    await expect(created({ Type: type })).rejects.toThrow(/Unrecognized resource types/);
  });

  test('alarms of several metrics are still refused', async () => {
    expect(Object.keys(REFUSED_WITH)).toEqual(['AWS::CloudWatch::Alarm']);
    await expect(created({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1, Metrics: [{ Id: 'one', Expression: '1' }] },
    })).rejects.toThrow(/Metrics \(metric math\) is not supported/);
  });
});

/** Creates a stack of one resource, and removes it. */
async function created(resource: object): Promise<void> {
  const StackName = 'One-Resource';
  await aws.cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify({ Resources: { Only: resource } }) });
  try {
    for (let tries = 0; tries < 50; tries += 1) {
      const { StackEvents: events = [] } = await aws.cloudFormation.describeStackEvents({ StackName });
      const failed = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
      if (failed) throw new Error(failed.ResourceStatusReason);
      if (events.some(({ ResourceStatus, LogicalResourceId }) => ResourceStatus === 'CREATE_COMPLETE' && LogicalResourceId === StackName)) return;
      await setTimeout(100);
    }
  } finally {
    await aws.cloudFormation.deleteStack({ StackName });
  }
}

/** How a resource differs from what its template says, apart from what the emulator is known to lose. */
function wrong(resource: DeployedResource): string[] {
  return Object.entries(differing.get(resource) ?? {})
    .filter(([name]) => !LOST_PROPERTIES[resource.Type]?.includes(name))
    .flatMap(([, texts]) => texts.map(text => `${resource.logicalId}: ${text}`));
}
