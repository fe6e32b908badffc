import { AppModel } from '../../../src/model/app-model';
import { deadLetterQueues } from '../../../src/model/sqs/dead-letter-queues';

const DLQ = { 'Fn::GetAtt': ['Dlq', 'Arn'] };

test.each<[string, object, string]>([
  ['AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: DLQ } }, 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: DLQ } }, 'DeadLetterConfig.TargetArn'],
  ['AWS::Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: DLQ } } }, 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Lambda::EventSourceMapping', { DestinationConfig: { OnFailure: { Destination: DLQ } } }, 'DestinationConfig.OnFailure.Destination'],
  ['AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: DLQ } }, 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::Scheduler::Schedule', { Target: { DeadLetterConfig: { Arn: DLQ } } }, 'Target.DeadLetterConfig.Arn'],
  ['AWS::Events::Rule', { Targets: [{}, { DeadLetterConfig: { Arn: DLQ } }] }, 'Targets.1.DeadLetterConfig.Arn'],
])('the failures of an %s show a queue to be for them', (type, properties, property) => {
  const app = AppModel.of([{ name: 'Stack', template: { Resources: { Dlq: { Type: 'AWS::SQS::Queue' }, User: { Type: type, Properties: properties } } } }]);
  const [queue] = app.ofType('AWS::SQS::Queue').filter(({ logicalId }) => logicalId === 'Dlq');
  expect(deadLetterQueues(app).get(queue).map(({ user, property: found }) => [user.logicalId, found])).toEqual([['User', property]]);
});

test('what takes successes is no queue for failures', () => {
  const app = AppModel.of([{
    name: 'Stack',
    template: {
      Resources: {
        Dlq: { Type: 'AWS::SQS::Queue' },
        Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { DestinationConfig: { OnSuccess: { Destination: DLQ } } } },
      },
    },
  }]);
  expect([...deadLetterQueues(app).keys()]).toEqual([]);
});
