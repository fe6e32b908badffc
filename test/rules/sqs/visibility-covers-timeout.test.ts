import { visibilityCoversTimeout } from '../../../src/rules/sqs/visibility-covers-timeout';
import { testRule } from '../rule-tester';

const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };

function reading(queue: object, fn: object, mapping: object = {}) {
  return {
    Queue: { Type: 'AWS::SQS::Queue', Properties: queue },
    Reader: { Type: 'AWS::Lambda::Function', Properties: fn },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: QUEUE_ARN, FunctionName: { Ref: 'Reader' }, ...mapping },
    },
  };
}

testRule(visibilityCoversTimeout, {
  valid: {
    'six times the timeout': { resources: reading({ VisibilityTimeout: 60 }, { Timeout: 10 }) },
    'the default of both': { resources: reading({}, {}) },
    'six times the timeout plus the window': { resources: reading({ VisibilityTimeout: 65 }, { Timeout: 10 }, { MaximumBatchingWindowInSeconds: 5 }) },
    'a smaller factor where the user wants it': { resources: reading({ VisibilityTimeout: 20 }, { Timeout: 10 }), options: { factor: 2 } },
    'a queue nobody reads': { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 0 } } } },
  },
  unknown: {
    'a timeout from a parameter without default': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: reading({ VisibilityTimeout: 60 }, { Timeout: { Ref: 'Seconds' } }),
      findings: [{
        at: 'Stack/Queue',
        property: 'VisibilityTimeout',
        message: 'messages reappear after `60` s, while their reader may take `${parameter Seconds}` s, expected at least 6 times that',
      }],
    },
  },
  invalid: {
    'one second less': {
      resources: reading({ VisibilityTimeout: 59 }, { Timeout: 10 }),
      findings: [{
        at: 'Stack/Queue',
        property: 'VisibilityTimeout',
        message: 'messages reappear after `59` s, while their reader may take `10` s, expected at least 6 times that',
        reasons: ['messages go to Stack/Reader', 'which may take 10 s'],
      }],
    },
  },
});
