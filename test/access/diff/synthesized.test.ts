import { App, CfnOutput, Fn, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { accessDiff } from '../../../src/access/diff/access-diff';
import { AppModel } from '../../../src/model/app-model';
import { readTree, stacksBelow } from '../../../src/model/read-tree';
import { CODE } from '../../function/fixtures';

interface Parts {
  readonly app: App;
  readonly stack: Stack;
  readonly queue: sqs.Queue;
  readonly bucket: s3.Bucket;
  readonly fn: lambda.Function;
}

/** What an app synthesizes to that has a function, a queue and a bucket, and grants what it is told to. */
function synthesized(grant: (parts: Parts) => void): AppModel {
  const app = new App();
  const stack = new Stack(app, 'Orders');
  const fn = new lambda.Function(stack, 'Handler', CODE);
  grant({ app, stack, queue: new sqs.Queue(stack, 'Queue'), bucket: new s3.Bucket(stack, 'Bucket', { enforceSSL: true }), fn });
  app.synth();
  return AppModel.of(readTree(stacksBelow(app).filter(each => !each.nestedStackParent)));
}

const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const may = (actions: string[], ...resources: string[]) => new iam.PolicyStatement({ actions, resources });
const sending = ({ fn, queue }: Parts) => fn.addToRolePolicy(may(['sqs:SendMessage', 'sqs:GetQueueUrl'], queue.queueArn));
const renamed = (queue: sqs.Queue) => (queue.node.defaultChild as sqs.CfnQueue).overrideLogicalId('Renamed');

/** The same access, written in two ways. */
const REFACTORINGS: Readonly<Record<string, readonly [before: (parts: Parts) => void, after: (parts: Parts) => void]>> = {
  'statements in another order': [
    parts => { sending(parts); parts.bucket.grantRead(parts.fn); }, parts => { parts.bucket.grantRead(parts.fn); sending(parts); },
  ],
  'a statement split in two, with Sids': [sending, ({ fn, queue }) => {
    for (const sid of ['GetQueueUrl', 'SendMessage']) fn.addToRolePolicy(new iam.PolicyStatement({ sid, actions: [`sqs:${sid}`], resources: [queue.queueArn] }));
  }],
  'statements merged': [
    ({ fn, queue }) => ['SendMessage', 'GetQueueUrl'].forEach(sid =>
      fn.addToRolePolicy(new iam.PolicyStatement({ sid, actions: [`sqs:${sid}`], resources: [queue.queueArn] }))),
    sending,
  ],
  'a wildcard for all actions that it matches': [
    ({ fn, queue }) => fn.addToRolePolicy(may(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], queue.queueArn)),
    ({ fn, queue }) => fn.addToRolePolicy(may(['sqs:*Message'], queue.queueArn)),
  ],
  'another logical id at the same path': [sending, parts => { sending(parts); renamed(parts.queue); }],
  'an inline policy made a managed one': [sending, ({ stack, fn, queue }) => {
    new iam.ManagedPolicy(stack, 'Sending', { roles: [fn.role!], statements: [may(['sqs:GetQueueUrl', 'sqs:SendMessage'], queue.queueArn)] });
  }],
  'the policy of the queue in place of that of the role': [sending, ({ fn, queue }) => {
    queue.addToResourcePolicy(new iam.PolicyStatement({ principals: [fn.role!], actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'], resources: [queue.queueArn] }));
  }],
  'the policy of the role in place of that of the bucket': [
    ({ fn, bucket }) => bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [fn.role!], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] })),
    ({ fn, bucket }) => fn.addToRolePolicy(may(['s3:GetObject'], bucket.arnForObjects('*'))),
  ],
  'the policy of a key in place of that of the role': [
    ({ stack, fn }) => new kms.Key(stack, 'Key').grantDecrypt(fn),
    ({ stack, fn }) => new kms.Key(stack, 'Key').addToResourcePolicy(new iam.PolicyStatement({ principals: [fn.role!], actions: ['kms:Decrypt'], resources: ['*'] })),
  ],
  'a role that moves to a stack of its own': [
    ({ stack, queue }) => queue.grantSendMessages(new iam.Role(stack, 'Sender', { assumedBy: LAMBDA, roleName: 'sender' })),
    ({ app, queue }) => queue.grantSendMessages(new iam.Role(new Stack(app, 'Roles'), 'Sender', { assumedBy: LAMBDA, roleName: 'sender' })),
  ],
  'a queue that moves to a stack of its own': [
    ({ stack, fn }) => new sqs.Queue(stack, 'Events').grantSendMessages(fn), ({ app, fn }) => new sqs.Queue(new Stack(app, 'Data'), 'Events').grantSendMessages(fn),
  ],
  'a queue that moves to a nested stack': [
    ({ stack, fn }) => new sqs.Queue(stack, 'Events').grantSendMessages(fn), ({ stack, fn }) => new sqs.Queue(new NestedStack(stack, 'Data'), 'Events').grantSendMessages(fn),
  ],
  'a weak reference in place of a strong one': [
    ({ app, queue }) => new lambda.Function(new Stack(app, 'Other'), 'Sender', CODE).addToRolePolicy(may(['sqs:SendMessage'], queue.queueArn)),
    ({ app, queue }) => {
      queue.applyCrossStackReferenceStrength(ReferenceStrength.WEAK);
      new lambda.Function(new Stack(app, 'Other'), 'Sender', CODE).addToRolePolicy(may(['sqs:SendMessage'], queue.queueArn));
    },
  ],
  'an import by name in place of a reference': [
    ({ app, queue }) => new lambda.Function(new Stack(app, 'Other'), 'Sender', CODE).addToRolePolicy(may(['sqs:SendMessage'], queue.queueArn)),
    ({ app, queue, stack }) => {
      new CfnOutput(stack, 'QueueArn', { value: queue.queueArn, exportName: 'queue-arn' });
      new lambda.Function(new Stack(app, 'Other'), 'Sender', CODE).addToRolePolicy(may(['sqs:SendMessage'], Fn.importValue('queue-arn')));
    },
  ],
};

test.each(Object.entries(REFACTORINGS))('nothing is new by %s', (_, [before, after]) => {
  expect(accessDiff(synthesized(before), synthesized(after)).changes).toEqual([]);
});

test.each(Object.entries(REFACTORINGS))('what is widened beside it is found, and nothing else: %s', (_, [before, after]) => {
  const { changes } = accessDiff(synthesized(before), synthesized(parts => {
    after(parts);
    parts.fn.addToRolePolicy(may(['sqs:PurgeQueue'], parts.queue.queueArn));
  }));
  expect(changes.map(({ kind, isSure, principals, actions, resources }) => [kind, isSure, principals[0].name, actions, resources])).toEqual([
    ['action', true, 'Orders/Handler/ServiceRole/Resource', ['sqs:PurgeQueue'], ['Orders/Queue/Resource']],
  ]);
});
