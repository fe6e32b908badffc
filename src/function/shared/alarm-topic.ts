import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { allowCloudWatchAlarms, encryptionKeyFor } from './encryption-key';
import { sharedBy } from './shared-scope';

/**
 * The topic that the alarms of a stack publish to, and only they.
 *
 * It is encrypted with a customer key: the key behind `alias/aws/sns` has a policy that nobody can change and that does not
 * let CloudWatch in, so that notifications would be dropped without a word.
 */
export function alarmTopicFor(scope: IConstruct): sns.ITopic {
  return sharedBy(scope, 'AlarmTopic', holder => {
    const key = encryptionKeyFor(holder);
    allowCloudWatchAlarms(key, holder);
    const topic = new sns.Topic(holder, 'AlarmTopic', { masterKey: key, enforceSSL: true });
    topic.addToResourcePolicy(alarmsMayPublish(topic));
    return topic;
  });
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
function alarmsMayPublish(topic: sns.ITopic): iam.PolicyStatement {
  const stack = Stack.of(topic);
  return new iam.PolicyStatement({
    sid: 'AlarmsOfThisAccount',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': Arn.format({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack),
      },
    },
  });
}
