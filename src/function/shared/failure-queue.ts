import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { sharedBy } from './shared-scope';

/** For as long as SQS can: failures of a long weekend are still there when somebody looks. */
const RETENTION = Duration.days(14);

/**
 * The queue for events that functions of the stack of `scope` failed to process.
 *
 * SQS manages the key: with a key of ours every function would need rights on it just to fail, and one such right
 * opens all that the key protects, where sending to this queue reads nothing. The name is generated, so that two stacks don't
 * collide; which function an event belongs to is in its attributes.
 */
export function failureQueueFor(scope: IConstruct): sqs.Queue {
  return sharedBy(scope, 'FailureQueue', holder => {
    const queue = new sqs.Queue(holder, 'FailureQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    });
    const reason = 'this queue is where failed events end up: nothing is received from it by a function that could fail again';
    acknowledge(queue, reason, ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy']);
    return queue;
  });
}
