import * as cdk from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import { AwsApi } from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as custom from 'aws-cdk-lib/custom-resources';
import * as triggers from 'aws-cdk-lib/triggers';
import { isFrameworkManaged } from '../../src/model/framework';
import { CODE } from '../function/fixtures';
import { at, modelOf, synthesized } from '../iam/model-of';

const ENV = { account: '123456789012', region: 'eu-west-1' };
const CHECKED = ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::StepFunctions::StateMachine'];

/** Functions, roles and policies of an app, by whose they are. */
function owners(build: (stack: cdk.Stack, app: cdk.App) => void) {
  const app = synthesized((_, root) => build(new cdk.Stack(root, 'Own', { env: ENV, crossRegionReferences: true }), root));
  const checked = app.ofType(...CHECKED);
  const paths = (managed: boolean) => checked.filter(each => isFrameworkManaged(each) === managed).map(String).sort();
  return { framework: paths(true), user: paths(false) };
}

describe('the CDK makes for itself', () => {
  test.each<[string, (stack: cdk.Stack, app: cdk.App) => void, number]>([
    ['what empties buckets', stack => new s3.Bucket(stack, 'B', { autoDeleteObjects: true, removalPolicy: cdk.RemovalPolicy.DESTROY }), 2],
    ['what copies to a bucket', stack => new deployment.BucketDeployment(stack, 'D', {
      sources: [deployment.Source.data('a', 'b')], destinationBucket: new s3.Bucket(stack, 'B'), memoryLimit: 512,
    }), 3],
    ['what closes the default security group', stack => new ec2.Vpc(stack, 'V', { restrictDefaultSecurityGroup: true }), 2],
    ['what calls AWS on a schedule', stack => new events.Rule(stack, 'R', {
      schedule: events.Schedule.rate(cdk.Duration.hours(1)), targets: [new AwsApi({ service: 'ECS', action: 'updateService' })],
    }), 3],
    ['what carries exports to another region', (stack, app) => {
      const far = new cdk.Stack(app, 'Far', { env: { ...ENV, region: 'us-east-1' }, crossRegionReferences: true });
      new cdk.CfnOutput(far, 'Name', { value: new s3.Bucket(stack, 'B').bucketArn });
    }, 4],
    // Two functions with a role and a policy each, but for the one that needs none; a provider with three and a state machine.
    ['what makes replicas of tables', stack => new dynamodb.Table(stack, 'T', {
      partitionKey: { name: 'a', type: dynamodb.AttributeType.STRING }, replicationRegions: ['us-west-2'],
    }), 19],
  ])('%s', (_, build, count) => {
    const { framework, user } = owners(build);
    expect(user).toEqual([]);
    expect(framework).toHaveLength(count);
  });
});

describe('beside the functions of a user, the CDK makes for itself', () => {
  const FN = ['Own/Fn/Resource', 'Own/Fn/ServiceRole/Resource'];
  const fn = (stack: cdk.Stack) => new lambda.Function(stack, 'Fn', CODE);

  test('what notifies of objects, and its rights on the bucket', () => {
    const { framework, user } = owners(stack => new s3.Bucket(stack, 'B').addObjectCreatedNotification(new LambdaDestination(fn(stack))));
    expect(user).toEqual(FN);
    expect(framework).toContain('Own/B/Notifications/HandlerPolicy/Resource');
    expect(framework).toHaveLength(3);
  });

  test('what sets the retention of logs', () => {
    const { framework, user } = owners(stack => new lambda.Function(stack, 'Fn', { ...CODE, logRetention: 7 }));
    expect([user, framework.length]).toEqual([FN, 3]);
  });

  test('what triggers a function once', () => {
    const { framework, user } = owners(stack => new triggers.Trigger(stack, 'T', { handler: fn(stack) }));
    expect([user, framework.length]).toEqual([FN, 2]);
  });

  test('what stands between CloudFormation and a provider', () => {
    const { framework, user } = owners(stack => {
      const handler = fn(stack);
      new custom.Provider(stack, 'P', { onEventHandler: handler, isCompleteHandler: handler });
    });
    expect(user).toEqual(FN);
    // A role and a policy each, for three functions and a state machine.
    expect(framework).toHaveLength(12);
  });

  test('what calls AWS for a custom resource, but not what it may do', () => {
    const { framework, user } = owners(stack => new custom.AwsCustomResource(stack, 'A', {
      onUpdate: { service: 'SSM', action: 'getParameter', parameters: { Name: 'a' }, physicalResourceId: custom.PhysicalResourceId.of('a') },
      policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    }));
    expect(user).toEqual(['Own/A/CustomResourcePolicy/Resource']);
    expect(framework).toHaveLength(2);
  });
});

describe('a user makes', () => {
  test.each<[string, (stack: cdk.Stack) => void]>([
    ['a function with the id of a part of a provider', stack => new lambda.Function(stack, 'framework-onEvent', CODE)],
    ['a singleton with a similar number', stack => new lambda.SingletonFunction(stack, 'S', { ...CODE, uuid: '679f53fa-c002-430c-b0da-5b7982bd2288' })],
    ['a function named like a handler', stack => new lambda.Function(stack, 'BucketNotificationsHandler', CODE)],
    ['a function named like a provider', stack => new lambda.Function(stack, 'Custom::MineCustomResourceProvider', CODE)],
  ])('%s', (_, build) => expect(owners(build).framework).toEqual([]));

  test('a function that only describes itself like a provider', () => {
    const app = modelOf({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Description: 'AWS CDK resource provider framework - onEvent' } } });
    expect(isFrameworkManaged(at(app, 'Stack/Fn'))).toBe(false);
  });
});
