import { triggers } from '../../model/lambda/triggers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const streamFailuresKept = defineRule({
  id: 'lambda/stream-failures-kept',
  severity: Severity.MEDIUM,
  summary: 'Records of a stream that a function fails on are kept',
  rationale: 'Lambda skips a batch whose attempts are used up or that is too old. Without a destination nothing tells which records those were, and the stream '
    + 'forgets them soon.',
  remedy: 'Give the event source a destination for failures. That of a Kafka topic is reached from the network of the cluster, which may need an endpoint for it.',
  fix: 'handler.addEventSource(new KinesisEventSource(stream, { startingPosition, retryAttempts: 10, onFailure: new SqsDlq(failures) }));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
  ],
  peers: { 'cdk-nag': ['Serverless-LambdaEventSourceMappingDestination'], 'serverless-rules': ['ES1001'] },
  compliance: { nist80053: ['SI-11', 'CP-10'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const { fn, resource: mapping, service } of triggers(app).all) {
      if (service !== 'kinesis' && service !== 'dynamodb' && service !== 'kafka') continue;
      const destination = mapping.get('DestinationConfig.OnFailure.Destination');
      yield {
        resource: mapping,
        property: 'DestinationConfig',
        holds: destination.isSet,
        message: () => `destination for failures is \`${destination}\`, expected a queue, topic or bucket`,
        reasons: () => [{ resource: mapping, property: 'FunctionName', text: `records go to ${fn}` }],
      };
    }
  },
});
