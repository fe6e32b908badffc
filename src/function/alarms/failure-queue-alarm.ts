import { CfnResource, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { ConditionalAlarm } from './conditional-alarm';
import { sharedBy, sharedScope } from '../shared/shared-scope';

/**
 * One alarm for the queue that keeps the failed events of a stack's functions; it isn't in the template of a stack
 * that has no such queue.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function watchFailureQueue(scope: IConstruct, actions: Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'>): void {
  sharedBy(scope, 'FailureQueueAlarm', holder => new ConditionalAlarm(holder, 'FailureQueueAlarm', {
    alarmDescription: `Events that functions of ${holder.node.path} failed to process wait in the failure queue to be examined`,
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: Lazy.string({ produce: () => failureQueueOf(holder)?.attrQueueName }) }],
    statistic: 'Maximum',
    period: 300,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    ...actions,
  }, () => failureQueueOf(holder) !== undefined));
}

function failureQueueOf(scope: IConstruct): sqs.CfnQueue | undefined {
  const queue = sharedScope(scope).node.tryFindChild('FailureQueue');
  return queue?.node.findAll().find((each): each is sqs.CfnQueue =>
    CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::SQS::Queue');
}
