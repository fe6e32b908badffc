import { App, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { AwsService, Egress, RestrictedEgress, SecureFunction, SecureFunctionProps } from '../../src';

const EUROPE = { env: { account: '111122223333', region: 'eu-west-1' } };

function functionWith(props: Partial<SecureFunctionProps> = {}): SecureFunction {
  return new SecureFunction(stackWith({}, EUROPE), 'Handler', { ...CODE, ...props });
}

/** What validation says of the app of `fn`. */
function errorOf(fn: lambda.Function): string {
  try {
    (fn.node.root as App).synth();
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

function allow(fn: lambda.Function, ...actions: string[]): void {
  fn.addToRolePolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
}

function tableIn(stack: Stack, stream?: dynamodb.StreamViewType): dynamodb.TableV2 {
  return new dynamodb.TableV2(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, dynamoStream: stream });
}

describe('a grant without a way', () => {
  test.each<[string, (fn: SecureFunction) => void, string]>([
    ['a table', fn => tableIn(fn.stack).grantReadData(fn), 'AwsService.DYNAMODB'],
    ['a bucket', fn => new s3.Bucket(fn.stack, 'Bucket').grantRead(fn), 'AwsService.S3'],
    ['a queue', fn => new sqs.Queue(fn.stack, 'Queue').grantSendMessages(fn), 'AwsService.SQS'],
    ['a topic', fn => new sns.Topic(fn.stack, 'Topic').grantPublish(fn), 'AwsService.SNS'],
    ['a stream', fn => new kinesis.Stream(fn.stack, 'Stream').grantWrite(fn), 'AwsService.KINESIS'],
    ['a secret', fn => new secretsmanager.Secret(fn.stack, 'Secret').grantRead(fn), 'AwsService.SECRETS_MANAGER'],
    ['a function', fn => new lambda.Function(fn.stack, 'Other', CODE).grantInvoke(fn), 'AwsService.LAMBDA'],
    ['metrics', fn => allow(fn, 'cloudwatch:PutMetricData'), 'AwsService.CLOUDWATCH'],
    ['mail', fn => allow(fn, 'ses:SendEmail'), 'AwsService.SES'],
    ['a model', fn => allow(fn, 'bedrock:InvokeModel'), 'AwsService.BEDROCK_RUNTIME'],
    ['the models', fn => allow(fn, 'bedrock:ListFoundationModels'), 'AwsService.BEDROCK'],
    ['configuration', fn => allow(fn, 'appconfig:GetLatestConfiguration'), 'AwsService.APPCONFIG_DATA'],
    ['all actions of a service', fn => allow(fn, 'sqs:*'), 'AwsService.SQS'],
    ['a service without a constant', fn => allow(fn, 'codepipeline:StartPipelineExecution'), 'AwsService.of(\'codepipeline\')'],
  ])('of %s is an error that names the service', (_, grant, service) => {
    const fn = functionWith();
    grant(fn);

    expect(errorOf(fn)).toContain('[Stack/Handler] the function is granted');
    expect(errorOf(fn)).toContain(`and can't reach the service: write \`egress: Egress.toServices(${service})\``);
  });

  test('names the actions', () => {
    const fn = functionWith();
    allow(fn, 'sqs:SendMessage', 'sns:Publish');

    expect(errorOf(fn)).toContain('granted `sqs:SendMessage`, `sns:Publish` and can\'t reach the services: write `egress: Egress.toServices(AwsService.SQS, AwsService.SNS)`');
  });

  test('keeps in its advice what the function reaches already', () => {
    const fn = functionWith({ egress: Egress.all(Egress.toServices(AwsService.SNS), Egress.toHosts(['api.example.com'])) });
    allow(fn, 'sqs:SendMessage');

    expect(errorOf(fn)).toContain('write `egress: Egress.all(Egress.toServices(AwsService.SNS, AwsService.SQS), ...)`');
  });

  test.each<[string, (fn: SecureFunction, statement: iam.PolicyStatement) => void]>([
    ['a policy', (fn, statement) => fn.role!.attachInlinePolicy(new iam.Policy(fn.stack, 'Policy', { statements: [statement] }))],
    ['a managed policy', (fn, statement) => fn.role!.addManagedPolicy(new iam.ManagedPolicy(fn.stack, 'Policy', { statements: [statement] }))],
  ])('is found in %s', (_, attach) => {
    const fn = functionWith();
    attach(fn, new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));

    expect(errorOf(fn)).toContain('AwsService.SQS');
  });

  test('is found in the policies of a role of the caller', () => {
    const stack = stackWith({}, EUROPE);
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Own: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })] }) },
    });

    expect(errorOf(new SecureFunction(stack, 'Handler', { ...CODE, role }))).toContain('AwsService.SQS');
  });

  test('is found for a secret that the function reads', () => {
    const stack = stackWith({}, EUROPE);
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, secrets: { DB: new secretsmanager.Secret(stack, 'Secret') } });

    expect(errorOf(fn)).toContain('AwsService.SECRETS_MANAGER');
  });

  test('is found when it comes after the function and the mixin', () => {
    const fn = new lambda.Function(stackWith({}, EUROPE), 'Handler', CODE);
    fn.with(new RestrictedEgress());
    new sqs.Queue(fn.stack, 'Queue').grantSendMessages(fn);

    expect(errorOf(fn)).toContain('AwsService.SQS');
  });

  test('is found in a VPC of the caller, where the function\'s own group is closed', () => {
    const stack = stackWith({}, EUROPE);
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc') });
    fn.connections.allowTo(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(5432));
    allow(fn, 'sqs:SendMessage');

    expect(errorOf(fn)).toContain('AwsService.SQS');
  });

  test.each<[string, (machine: stepfunctions.StateMachine, fn: SecureFunction) => void, string]>([
    ['to start a workflow', (machine, fn) => machine.grantStartExecution(fn), 'none'],
    ['to start a workflow and wait for it', (machine, fn) => machine.grantStartSyncExecution(fn), 'AwsService.STEP_FUNCTIONS_SYNC'],
  ])('%s is held against the service that takes it', (_, grant, expected) => {
    const fn = functionWith({ egress: Egress.toServices(AwsService.STEP_FUNCTIONS) });
    grant(new stepfunctions.StateMachine(fn.stack, 'Machine', {
      stateMachineType: stepfunctions.StateMachineType.EXPRESS,
      definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(fn.stack, 'Pass')),
    }), fn);

    expect(errorOf(fn)).toContain(expected);
  });
});

describe('no error for', () => {
  test.each<[string, Egress, (fn: SecureFunction) => void]>([
    ['what the function reaches', Egress.toServices(AwsService.DYNAMODB), fn => tableIn(fn.stack).grantReadData(fn)],
    ['a service that was given by its name', Egress.toServices(AwsService.of('sqs')), fn => allow(fn, 'sqs:SendMessage')],
    ['unrestricted functions', Egress.unrestricted('calls hosts that customers name'), fn => allow(fn, 'sqs:SendMessage')],
    ['hosts of AWS', Egress.toHosts(['sqs.eu-west-1.amazonaws.com']), fn => allow(fn, 'sqs:SendMessage')],
    ['hosts that are not known yet', Egress.toHosts([Fn.importValue('Host')]), fn => allow(fn, 'sqs:SendMessage')],
    ['keys, which services use for the caller', Egress.none(), fn => new kms.Key(fn.stack, 'Own').grantEncryptDecrypt(fn)],
    ['trace segments, which Lambda sends', Egress.none(), fn => allow(fn, 'xray:PutTraceSegments')],
    ['signing in to a database', Egress.none(), fn => allow(fn, 'rds-db:connect')],
    ['handing a role to a service', Egress.none(), fn => allow(fn, 'iam:PassRole')],
    ['everything', Egress.none(), fn => allow(fn, '*')],
    ['a denial', Egress.none(), fn => fn.addToRolePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['sqs:*'], resources: ['*'] }))],
    ['everything but', Egress.none(), fn => fn.addToRolePolicy(new iam.PolicyStatement({ notActions: ['sqs:*'], resources: ['*'] }))],
    ['a token among actions', Egress.toServices(AwsService.SQS), fn => allow(fn, 'sqs:SendMessage', Fn.importValue('Action'))],
  ])('%s', (_, egress, grant) => {
    const fn = functionWith({ egress });
    grant(fn);

    expect(errorOf(fn)).toBe('none');
  });

  test('an endpoint among the peers', () => {
    const stack = stackWith({}, EUROPE);
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Queues', {
      vpcEndpointId: 'vpce-12345', port: 443, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345')],
    });
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, vpc, egress: Egress.toPeers([endpoint], ec2.Port.tcp(443)) });
    allow(fn, 'sqs:SendMessage');

    expect(errorOf(fn)).toBe('none');
  });

  test('a way that the caller opened', () => {
    const stack = stackWith({}, EUROPE);
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc') });
    fn.connections.allowTo(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcpRange(400, 500));
    allow(fn, 'sqs:SendMessage');

    expect(errorOf(fn)).toBe('none');
  });

  test('groups of the caller, which may be opened elsewhere', () => {
    const stack = stackWith({}, EUROPE);
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false })];
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, vpc, securityGroups });
    allow(fn, 'sqs:SendMessage');

    expect(errorOf(fn)).toBe('none');
  });
});

describe('what Lambda does with the role is not held against the function:', () => {
  test.each<[string, (stack: Stack) => lambda.IEventSource]>([
    ['a queue', stack => new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))],
    ['an imported queue', stack => new sources.SqsEventSource(sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:Queue'))],
    ['a stream of a table', stack => new sources.DynamoEventSource(tableIn(stack, dynamodb.StreamViewType.NEW_IMAGE), { startingPosition: lambda.StartingPosition.LATEST })],
    ['a stream', stack => new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST })],
    ['what a stream loses', stack => new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), {
      startingPosition: lambda.StartingPosition.LATEST, onFailure: new sources.SqsDlq(new sqs.Queue(stack, 'Lost')),
    })],
    ['what a stream loses, to a bucket', stack => new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), {
      startingPosition: lambda.StartingPosition.LATEST, onFailure: new sources.S3OnFailureDestination(new s3.Bucket(stack, 'Lost')),
    })],
  ])('%s', (_, source) => {
    const fn = functionWith();
    fn.addEventSource(source(fn.stack));

    expect(errorOf(fn)).toBe('none');
  });

  test('failed events', () => {
    const stack = stackWith({}, EUROPE);
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, deadLetterQueue: new sqs.Queue(stack, 'Dead') });

    expect(errorOf(fn)).toBe('none');
  });

  test('results', () => {
    const stack = stackWith({}, EUROPE);
    const other = new lambda.Function(stack, 'Other', CODE);
    const fn = new SecureFunction(stack, 'Handler', {
      ...CODE, onSuccess: new destinations.LambdaDestination(other), onFailure: new destinations.SnsDestination(new sns.Topic(stack, 'Topic')),
    });

    expect(errorOf(fn)).toBe('none');
  });

  test('but sending to the queue that invokes the function is', () => {
    const fn = functionWith();
    const queue = new sqs.Queue(fn.stack, 'Queue');
    fn.addEventSource(new sources.SqsEventSource(queue));
    queue.grantSendMessages(fn);

    expect(errorOf(fn)).toContain('granted `sqs:SendMessage` and can\'t reach the service');
  });

  test('and so is receiving from another queue', () => {
    const fn = functionWith();
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(fn.stack, 'Queue')));
    new sqs.Queue(fn.stack, 'Another').grantConsumeMessages(fn);

    expect(errorOf(fn)).toContain('AwsService.SQS');
  });

  test.each(FLAG_SETTINGS)('a stream in another stack, which is referred to as flags say, %s', (_, appProps) => {
    const app = new App(appProps);
    const table = tableIn(new Stack(app, 'Data'), dynamodb.StreamViewType.NEW_IMAGE);
    const stack = new Stack(app, 'Stack');
    new SecureFunction(stack, 'Handler', CODE)
      .addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  });

  test('and so is reading a table whose stream invokes the function', () => {
    const fn = functionWith();
    const table = tableIn(fn.stack, dynamodb.StreamViewType.NEW_IMAGE);
    fn.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
    table.grantReadData(fn);

    expect(errorOf(fn)).toContain('AwsService.DYNAMODB');
  });
});

test('a prefix that no service is known to have is a warning', () => {
  const fn = functionWith();
  allow(fn, 'quantum-teleport:Beam');

  expect(errorOf(fn)).toBe('none');
  Annotations.fromStack(fn.stack).hasWarning('/Stack/Handler', Match.stringLikeRegexp('takes `quantum-teleport:Beam`, so whether the function reaches it is not checked'));
});
