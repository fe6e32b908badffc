import { TriggerFact, TriggerReader, TriggerService } from './trigger';
import { Resource } from '../resource';

/** What Lambda reads for a function: queues and streams. */
export const POLLED_TRIGGERS: Record<string, TriggerReader> = {
  *'AWS::Lambda::EventSourceMapping'(mapping) {
    const service = serviceOf(mapping);
    yield {
      service,
      names: mapping.get('FunctionName'),
      property: 'FunctionName',
      source: mapping.get('EventSourceArn'),
      ...service === 'kinesis' || service === 'dynamodb' ? recordAge(mapping) : {},
    };
  },
};

const SERVICES: Record<string, TriggerService> = {
  'AWS::AmazonMQ::Broker': 'mq',
  'AWS::DocDB::DBCluster': 'documentdb',
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::Kinesis::StreamConsumer': 'kinesis',
  'AWS::MSK::Cluster': 'kafka',
  'AWS::MSK::ServerlessCluster': 'kafka',
  'AWS::SQS::Queue': 'sqs',
  'rds': 'documentdb',
  'dynamodb': 'dynamodb',
  'kafka': 'kafka',
  'kinesis': 'kinesis',
  'mq': 'mq',
  'sqs': 'sqs',
};

/** What a mapping reads, by its source: a resource of the app, or the service in an ARN. */
function serviceOf(mapping: Resource): TriggerService {
  if (mapping.get('SelfManagedEventSource').isSet === 'yes') return 'kafka';
  const source = mapping.get('EventSourceArn');
  const [target] = source.targets;
  return SERVICES[target ? target.type : String(source).split(':')[2] ?? ''] ?? 'unknown-source';
}

function recordAge(mapping: Resource): Pick<TriggerFact, 'wait'> {
  const age = mapping.get('MaximumRecordAgeInSeconds');
  return age.isNumber(seconds => seconds >= 0) === 'no' ? {} : { wait: { seconds: age, then: 'drops the records as too old' } };
}
