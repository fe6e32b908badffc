import { view } from '../app-model';
import { elementsAt } from '../lambda/trigger';
import { Multimap } from '../multimap';
import { Resource } from '../resource';

/** Whose failures a queue takes, and which property says so. */
export interface DeadLetterUse {
  readonly user: Resource;
  readonly property: string;
}

/** The queues that take what others failed to process or to deliver, each with all that use it so. */
export const deadLetterQueues = view(app => {
  const uses = new Multimap<Resource, DeadLetterUse>();
  for (const [type, properties] of Object.entries(OUTLETS)) {
    for (const user of app.ofType(type)) {
      for (const property of properties) {
        for (const queue of user.get(property).targets) uses.add(queue, { user, property });
      }
    }
  }
  for (const rule of app.ofType('AWS::Events::Rule')) {
    for (const [target, value] of elementsAt(rule, 'Targets')) {
      const property = `${target}.DeadLetterConfig.Arn`;
      for (const queue of value.get('DeadLetterConfig.Arn').targets) uses.add(queue, { user: rule, property });
    }
  }
  return uses;
});

/** The properties by which resources name a queue for failures, or a destination that may be one. */
const OUTLETS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Events::EventBus': ['DeadLetterConfig.Arn'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
  'AWS::Pipes::Pipe': [
    'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn',
    'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn',
  ],
  'AWS::SNS::Subscription': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::SQS::Queue': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
};
