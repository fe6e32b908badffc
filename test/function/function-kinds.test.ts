import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CustomResource, Duration, Mixins, NestedStack, Size, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct, IConstruct } from 'constructs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { ActiveTracing, AwsService, BoundedTimeout, DurableExecution, Egress, RestrictedEgress, ScopedExecutionRole, SecureFunction, SecureFunctionBlueprint, SecureFunctionProps, TerminatedRecursion } from '../../src';
import { isFrameworkManaged, refuseUnsupportedKinds } from '../../src/function/function-kinds';
import { isSecurable } from '../../src/function/parts/securable-function';

const US_EAST_1 = { env: { account: '111122223333', region: 'us-east-1' } };
const EU_CENTRAL_1 = { env: { account: '111122223333', region: 'eu-central-1' } };

function distributionOf(stack: Stack, edge: lambda.IVersion): cloudfront.Distribution {
  return new cloudfront.Distribution(stack, 'Site', {
    defaultBehavior: {
      origin: new origins.HttpOrigin('example.org'),
      edgeLambdas: [{ eventType: cloudfront.LambdaEdgeEventType.VIEWER_REQUEST, functionVersion: edge }],
    },
  });
}

describe('Lambda@Edge', () => {
  const REFUSED = 'Lambda@Edge refuses environment, keys, VPC and queues for failures, which a secure function has '
    + '(expected: `cloudfront.experimental.EdgeFunction`, outside of blueprint and mixins)';

  test('is refused for a secure function', () => {
    const stack = stackWith({}, US_EAST_1);
    distributionOf(stack, new SecureFunction(stack, 'Handler', CODE).currentVersion);
    expect(() => Template.fromStack(stack)).toThrow(`Stack/Handler is used at the edge by \`Stack/Site/Resource\`, and ${REFUSED}`);
  });

  test('is refused where the distribution is in another stack, and bare', () => {
    const app = new App();
    const handlers = new Stack(app, 'Handlers', US_EAST_1);
    const { currentVersion } = new SecureFunction(handlers, 'Handler', CODE);
    const site = new Stack(app, 'Site', US_EAST_1);
    new cloudfront.CfnDistribution(site, 'Distribution', {
      distributionConfig: {
        enabled: true,
        defaultCacheBehavior: { targetOriginId: 'o', viewerProtocolPolicy: 'https-only' },
        cacheBehaviors: [{
          pathPattern: '/api',
          targetOriginId: 'o',
          viewerProtocolPolicy: 'https-only',
          lambdaFunctionAssociations: [{ eventType: 'origin-request', lambdaFunctionArn: currentVersion.functionArn }],
        }],
      },
    });
    expect(() => Template.fromStack(site)).toThrow(`Handlers/Handler is used at the edge by \`Site/Distribution\`, and ${REFUSED}`);
  });

  test('is refused in a stage, where only its own functions count', () => {
    const stage = new Stage(new App(), 'Prod');
    const stack = new Stack(stage, 'Stack', US_EAST_1);
    distributionOf(stack, new SecureFunction(stack, 'Handler', CODE).currentVersion);
    expect(() => stage.synth()).toThrow('Prod/Stack/Handler is used at the edge');
  });

  test.each([
    ['a mixin', new ActiveTracing()],
    ['the mixin with checks of its own for existing functions', new RestrictedEgress({ egress: Egress.unrestricted('it answers at the edge') })],
  ])('is refused for %s alone', (_which, mixin) => {
    const stack = stackWith({}, US_EAST_1);
    const edge = new lambda.Function(stack, 'Handler', CODE);
    distributionOf(stack, edge.currentVersion);
    edge.with(mixin);
    expect(() => Template.fromStack(stack)).toThrow(`Stack/Handler is used at the edge by \`Stack/Site/Resource\`, and ${REFUSED}`);
  });

  test('is refused for mixins of a whole app with an EdgeFunction', () => {
    const stack = stackWith({}, EU_CENTRAL_1);
    new cloudfront.experimental.EdgeFunction(stack, 'Handler', CODE);
    Mixins.of(stack.node.root).apply(new BoundedTimeout());
    expect(() => (stack.node.root as App).synth()).toThrow('is used at the edge by `edgelambda.amazonaws.com`');
  });

  test('is refused for the function in an EdgeFunction of another region', () => {
    const stack = stackWith({}, EU_CENTRAL_1);
    const edge = new cloudfront.experimental.EdgeFunction(stack, 'Handler', CODE);
    refuseUnsupportedKinds(edge.lambda as lambda.Function);
    expect(() => (stack.node.root as App).synth()).toThrow('is used at the edge by `edgelambda.amazonaws.com`');
  });

  test.each([
    ['in its own region', US_EAST_1],
    ['in another region', EU_CENTRAL_1],
  ])('is left as it is by a blueprint, %s', (_where, props) => {
    const stack = stackWith({}, props);
    new SecureFunctionBlueprint().applyTo(stack.node.root);
    const edge = new cloudfront.experimental.EdgeFunction(stack, 'Edge', CODE);
    distributionOf(stack, edge);
    Template.fromStack(Stack.of(edge.lambda)).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: Match.absent(), KmsKeyArn: Match.absent(), VpcConfig: Match.absent(), TracingConfig: Match.absent(),
    });
  });

  test('is no business of a distribution without one', () => {
    const stack = stackWith({}, US_EAST_1);
    new SecureFunction(stack, 'Handler', CODE);
    distributionOf(stack, new lambda.Function(stack, 'Edge', CODE).currentVersion);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test.each([
    ['in its own region', US_EAST_1],
    ['in another region', EU_CENTRAL_1],
  ])('is told apart by the tree, %s', (_where, props) => {
    const stack = stackWith({}, props);
    const edge = new cloudfront.experimental.EdgeFunction(stack, 'Edge', CODE);
    const plain = new lambda.Function(Stack.of(edge.lambda), 'Plain', CODE);
    expect(isFrameworkManaged(edge.lambda.node.scope!, edge.lambda.node.id)).toBe(true);
    expect(isFrameworkManaged(plain.node.scope!, plain.node.id)).toBe(false);
  });
});

describe('a SingletonFunction', () => {
  const singleton = (scope: Construct, id: string) => new lambda.SingletonFunction(scope, id, { ...CODE, uuid: 'd9ab8a45-9f3b-4b2f-8a4b-6e3d5e2f8d11' });

  test('is hardened through the one function inside, however many there seem to be', () => {
    const stack = stackWith();
    singleton(stack, 'One');
    singleton(stack, 'Two');
    const inner = stack.node.findAll().filter(isSecurable);
    expect(inner.map(({ node }) => node.path)).toEqual(['Stack/SingletonLambdad9ab8a459f3b4b2f8a4b6e3d5e2f8d11']);
    inner[0].with(new ActiveTracing(), new TerminatedRecursion());
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' }, RecursiveLoop: 'Terminate' });
  });

  test('is nothing that a mixin works on itself', () => {
    expect(new ActiveTracing().supports(singleton(stackWith(), 'One'))).toBe(false);
  });

  test('is the business of its user, as opposed to those of the CDK', () => {
    const stack = stackWith();
    singleton(stack, 'One');
    expect(isFrameworkManaged(stack, 'SingletonLambdad9ab8a459f3b4b2f8a4b6e3d5e2f8d11')).toBe(false);
  });
});

describe.each(FLAG_SETTINGS)('a durable function, %s', (_flags, appProps) => {
  // Progress is saved by calls to Lambda itself, so it has to be within reach.
  const durable = (stack: Stack, props: Partial<SecureFunctionProps> = {}) => new SecureFunction(stack, 'Handler', {
    ...CODE, durableConfig: { executionTimeout: Duration.days(30) }, egress: Egress.toServices(AwsService.LAMBDA), ...props,
  });
  const OWN_PROGRESS = {
    Action: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Handler'), 'Arn'] }, ':*']] },
  };

  test('reaches its own progress, in a policy that makes no cycle, and nothing by managed policies', () => {
    const stack = stackWith(appProps);
    durable(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [OWN_PROGRESS] } });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
    template.hasResourceProperties('AWS::Lambda::Function', { DurableConfig: { ExecutionTimeout: 2_592_000 }, Timeout: 10 });
  });

  test('reaches it with a role of the caller too', () => {
    const stack = stackWith(appProps);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    durable(stack, { role });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [OWN_PROGRESS] }, Roles: [{ Ref: Match.stringLikeRegexp('^Role') }] });
  });

  test('asks for it where the role is kept elsewhere', () => {
    const stack = stackWith(appProps);
    durable(stack, { role: iam.Role.fromRoleName(stack, 'Role', 'kept-elsewhere', { mutable: false }) });
    expect(() => Template.fromStack(stack)).toThrow('lambda:CheckpointDurableExecution, lambda:GetDurableExecutionState on ');
  });

  test('may invoke itself beside that', () => {
    const stack = stackWith(appProps);
    const fn = durable(stack);
    fn.grantInvoke(fn);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is hardened as an existing one, twice as if once', () => {
    const stack = stackWith(appProps);
    new lambda.Function(stack, 'Handler', { ...CODE, durableConfig: { executionTimeout: Duration.hours(1) } })
      .with(new ScopedExecutionRole(), new DurableExecution(), new DurableExecution());
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('is none without the prop', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', CODE);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('a function on a capacity provider', () => {
  const provider = (stack: Stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
    return new lambda.CapacityProvider(stack, 'Provider', { subnets: vpc.isolatedSubnets, securityGroups });
  };

  test('is refused, since neither its network nor its concurrency is its own', () => {
    const stack = stackWith();
    const fn = new SecureFunction(stack, 'Handler', CODE);
    provider(stack).addFunction(fn);
    expect(() => Template.fromStack(stack)).toThrow('Stack/Handler runs on a capacity provider, where network, isolation and concurrency are those of the provider');
  });

  test('is left alone where nobody hardens it', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Other', CODE);
    provider(stack).addFunction(new lambda.Function(stack, 'Handler', CODE));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('a function that starts from snapshots', () => {
  const snapshots = (stack: Stack) => new SecureFunction(stack, 'Handler', {
    ...CODE,
    code: lambda.Code.fromInline('def handler(event, context): pass'),
    runtime: lambda.Runtime.PYTHON_3_14,
    snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS,
  });

  test.each<[string, (fn: lambda.Function) => void]>([
    ['an alias', fn => new lambda.Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 2 })],
    ['a version', fn => new lambda.Version(fn, 'One', { lambda: fn, provisionedConcurrentExecutions: 2 })],
  ])('is refused where %s keeps executions provisioned', (_what, provision) => {
    const stack = stackWith();
    provision(snapshots(stack));
    expect(() => Template.fromStack(stack)).toThrow('Stack/Handler starts from snapshots, and');
  });

  test('is hardened with an alias that does not', () => {
    const stack = stackWith();
    const fn = snapshots(stack);
    new lambda.Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { SnapStart: { ApplyOn: 'PublishedVersions' }, ReservedConcurrentExecutions: 10 });
  });
});

test('a function with an execution environment for each tenant is hardened like any other', () => {
  const stack = stackWith();
  new SecureFunction(stack, 'Handler', { ...CODE, tenancyConfig: lambda.TenancyConfig.PER_TENANT });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' }, TracingConfig: { Mode: 'Active' }, ReservedConcurrentExecutions: 10,
  });
});

test('a function with a file system reaches it, and has no managed policies', () => {
  const stack = stackWith();
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const files = new efs.FileSystem(stack, 'Files', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  new SecureFunction(stack, 'Handler', {
    ...CODE,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    filesystem: lambda.FileSystem.fromEfsAccessPoint(files.addAccessPoint('Access'), '/mnt/files'),
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { FileSystemConfigs: [{ LocalMountPath: '/mnt/files' }] });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'elasticfilesystem:ClientMount' })]) },
  });
});

describe('isFrameworkManaged', () => {
  /** What it says of each function in the tree, by the path below the stack. */
  function verdicts(stack: IConstruct): Record<string, boolean> {
    const functions = stack.node.findAll().filter(isSecurable);
    return Object.fromEntries(functions.map(fn => [fn.node.path, isFrameworkManaged(fn.node.scope!, fn.node.id)]));
  }

  test('tells the functions of the provider framework from the handlers that a user gives to it', () => {
    const stack = stackWith();
    const handlers = new Construct(stack, 'Mine');
    const provider = new cr.Provider(stack, 'Provider', {
      onEventHandler: new lambda.Function(handlers, 'OnEvent', CODE),
      isCompleteHandler: new lambda.Function(handlers, 'IsComplete', CODE),
    });
    new CustomResource(stack, 'Resource', { serviceToken: provider.serviceToken });
    expect(verdicts(stack)).toEqual({
      'Stack/Mine/OnEvent': false,
      'Stack/Mine/IsComplete': false,
      'Stack/Provider/framework-onEvent': true,
      'Stack/Provider/framework-isComplete': true,
      'Stack/Provider/framework-onTimeout': true,
    });
  });

  test("leaves to the user what he puts into a construct of the CDK's", () => {
    const stack = stackWith();
    const bucket = new s3.Bucket(stack, 'Bucket');
    const provider = new cr.Provider(stack, 'Provider', { onEventHandler: new lambda.Function(bucket, 'Handler', CODE) });
    new lambda.Function(provider, 'Handler', CODE);
    expect(verdicts(stack)).toEqual({ 'Stack/Bucket/Handler': false, 'Stack/Provider/framework-onEvent': true, 'Stack/Provider/Handler': false });
  });

  test.each<[string, (stack: Stack) => void]>([
    ['AwsCustomResource', stack => new cr.AwsCustomResource(stack, 'Call', {
      onUpdate: { service: 'S3', action: 'listBuckets', physicalResourceId: cr.PhysicalResourceId.of('x') },
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    })],
    ['BucketDeployment', stack => new deployment.BucketDeployment(stack, 'Deployment', {
      sources: [deployment.Source.data('a', 'b')], destinationBucket: new s3.Bucket(stack, 'Bucket'),
    })],
    ['BucketDeployment with a size of its own', stack => new deployment.BucketDeployment(stack, 'Deployment', {
      sources: [deployment.Source.data('a', 'b')], destinationBucket: new s3.Bucket(stack, 'Bucket'), memoryLimit: 512, ephemeralStorageSize: Size.gibibytes(1),
    })],
    ['AwsApi', stack => new events.Rule(stack, 'Rule', {
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.AwsApi({ service: 'S3', action: 'listBuckets' })],
    })],
    ['DropSpamReceiptRule', stack => new ses.ReceiptRuleSet(stack, 'Rules', { dropSpam: true })],
    ['DnsValidatedCertificate', stack => new acm.DnsValidatedCertificate(stack, 'Certificate', {
      domainName: 'example.org', hostedZone: new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.org' }),
    })],
    ['a replicated table', stack => new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, replicationRegions: ['eu-west-1'],
    })],
    ['a drained cluster', stack => new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') }).addAsgCapacityProvider(
      new ecs.AsgCapacityProvider(stack, 'Capacity', {
        enableManagedTerminationProtection: false,
        enableManagedDraining: false,
        autoScalingGroup: new autoscaling.AutoScalingGroup(stack, 'Group', {
          vpc: stack.node.findChild('Vpc') as ec2.Vpc,
          instanceType: new ec2.InstanceType('t4g.micro'),
          machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
        }),
      }))],
    ['CallAwsServiceCrossRegion', stack => new tasks.CallAwsServiceCrossRegion(stack, 'Call', {
      service: 's3', action: 'listBuckets', iamResources: ['*'], region: 'us-east-1',
    })],
  ])('knows what %s makes, and its user does not see', (_what, make) => {
    const stack = stackWith({}, EU_CENTRAL_1);
    make(stack);
    const known = verdicts(stack);
    expect(Object.keys(known).length).toBeGreaterThan(0);
    expect(Object.values(known)).not.toContain(false);
  });

  test('never sees handlers that are bare resources', () => {
    const stack = stackWith();
    new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: 'destroy' as never });
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function'))).toHaveLength(1);
    expect(stack.node.findAll().filter(isSecurable)).toEqual([]);
  });

  test('knows code that comes with the CDK, wherever in the tree it is', () => {
    const stack = stackWith();
    const shipped = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'custom-resource-handlers', 'dist', 'aws-dynamodb', 'replica-handler');
    expect(fs.existsSync(shipped)).toBe(true);
    expect(isFrameworkManaged(stack, 'Handler', lambda.Code.fromAsset(shipped))).toBe(true);
    expect(isFrameworkManaged(stack, 'Handler', lambda.Code.fromAsset(__dirname))).toBe(false);
    expect(isFrameworkManaged(stack, 'Handler', lambda.Code.fromAsset(fs.mkdtempSync(path.join(os.tmpdir(), 'code-'))))).toBe(false);
    expect(isFrameworkManaged(stack, 'Handler', CODE.code)).toBe(false);
  });

  test('takes ids as an author writes them', () => {
    const nested = new NestedStack(stackWith(), '@aws-cdk/aws-eks.ClusterResourceProvider');
    expect(isFrameworkManaged(nested, 'OnEventHandler')).toBe(true);
    expect(isFrameworkManaged(nested, 'Mine')).toBe(false);
  });
});

test('imported functions are left alone', () => {
  const imported = lambda.Function.fromFunctionArn(stackWith(), 'Imported', 'arn:aws:lambda:eu-central-1:111122223333:function:orders');
  for (const mixin of [new ActiveTracing(), new TerminatedRecursion(), new DurableExecution()]) expect(mixin.supports(imported)).toBe(false);
});
