import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { noTriggerLoop } from '../../../src/rules/lambda/no-trigger-loop';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function reading(stack: Stack, props: Partial<lambda.FunctionProps> = {}, options: lambda.EventSourceMappingOptions | object = {}) {
  const queue = new sqs.Queue(stack, 'Queue');
  const fn = new lambda.Function(stack, 'Fn', { ...CODE, ...props });
  fn.addEventSource(new SqsEventSource(queue, options));
  return { fn, queue };
}

function watching(stack: Stack, ...filters: s3.NotificationKeyFilter[]) {
  const bucket = new s3.Bucket(stack, 'Bucket');
  const fn = new lambda.Function(stack, 'Fn', CODE);
  bucket.addObjectCreatedNotification(new LambdaDestination(fn), ...filters);
  return { fn, bucket };
}

function finding(source: string) {
  return {
    at: 'Stack/Fn/ServiceRole/DefaultPolicy/Resource',
    property: 'PolicyDocument.Statement.0.Resource',
    message: `Stack/Fn/Resource may write to Stack/${source}/Resource, which triggers it, expected another place for what it writes`,
  };
}

testRule(noTriggerLoop, {
  valid: {
    'a queue that is only read': { app: stack => void reading(stack) },
    'another queue': { app: stack => void new sqs.Queue(stack, 'Other').grantSendMessages(reading(stack).fn) },
    'a bucket that is only read': {
      app: stack => {
        const { bucket, fn } = watching(stack);
        bucket.grantRead(fn);
      },
    },
    'another prefix than the one that triggers': {
      app: stack => {
        const { bucket, fn } = watching(stack, { prefix: 'uploads/' });
        bucket.grantPut(fn, 'results/*');
      },
    },
    'a role of which nothing is known': {
      app: stack => void reading(stack, { role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r', { mutable: false }) }),
    },
  },
  unknown: {
    'a suffix, which may keep apart what is read and written': {
      app: stack => {
        const { bucket, fn } = watching(stack, { suffix: '.jpg' });
        bucket.grantPut(fn);
      },
      findings: [finding('Bucket')],
    },
    'a filter by content': {
      app: stack => {
        const { fn, queue } = reading(stack, {}, { filters: [lambda.FilterCriteria.filter({ body: { kind: ['new'] } })] });
        queue.grantSendMessages(fn);
      },
      findings: [{ ...finding('Queue'), property: 'PolicyDocument.Statement.1.Resource' }],
    },
  },
  invalid: {
    'a queue': {
      app: stack => {
        const { fn, queue } = reading(stack);
        queue.grantSendMessages(fn);
      },
      findings: [{ ...finding('Queue'), property: 'PolicyDocument.Statement.1.Resource' }],
    },
    'a bucket': {
      app: stack => {
        const { bucket, fn } = watching(stack);
        bucket.grantPut(fn);
      },
      findings: [finding('Bucket')],
    },
    'a prefix below the one that triggers': {
      app: stack => {
        const { bucket, fn } = watching(stack, { prefix: 'uploads/' });
        bucket.grantPut(fn, 'uploads/results/*');
      },
      findings: [finding('Bucket')],
    },
    'a topic': {
      app: stack => {
        const topic = new sns.Topic(stack, 'Topic');
        const fn = new lambda.Function(stack, 'Fn', CODE);
        topic.addSubscription(new LambdaSubscription(fn));
        topic.grantPublish(fn);
      },
      findings: [finding('Topic')],
    },
    'a table, through its stream': {
      app: stack => {
        const table = new dynamodb.Table(stack, 'Table', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
        });
        const fn = new lambda.Function(stack, 'Fn', CODE);
        table.grantWriteData(fn);
        fn.addEventSource(new DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
      },
      findings: [finding('Table')],
    },
    'everything': {
      app: stack => reading(stack).fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:*'], resources: ['*'] })),
      findings: [{ ...finding('Queue'), property: 'PolicyDocument.Statement.1.Resource' }],
    },
  },
});
