import { elementsAt, TriggerReader, TriggerService, waits } from './trigger';

/** What hands an event to Lambda and doesn't wait. */
export const ASYNCHRONOUS_TRIGGERS: Record<string, TriggerReader> = {
  'AWS::SNS::Subscription': one('sns', 'Endpoint', 'TopicArn'),
  'AWS::Logs::SubscriptionFilter': one('logs', 'DestinationArn', 'LogGroupName'),
  'AWS::Config::ConfigRule': one('config', 'Source.SourceIdentifier'),
  'AWS::SecretsManager::RotationSchedule': one('secretsmanager', 'RotationLambdaARN', 'SecretId'),
  'AWS::CloudFormation::Macro': one('cloudformation', 'FunctionName'),

  *'AWS::SNS::Topic'(topic) {
    for (const [property, subscription] of elementsAt(topic, 'Subscription')) {
      yield { service: 'sns', names: subscription.get('Endpoint'), property: `${property}.Endpoint`, source: topic.reference('Ref') };
    }
  },

  *'AWS::S3::Bucket'(bucket) {
    for (const [property, configuration] of elementsAt(bucket, 'NotificationConfiguration.LambdaConfigurations')) {
      yield { service: 's3', names: configuration.get('Function'), property: `${property}.Function`, source: bucket.reference('Ref') };
    }
  },

  // Where the CDK puts notifications, so that bucket and function don't depend on each other in a circle.
  *'Custom::S3BucketNotifications'(notifications) {
    for (const [property, configuration] of elementsAt(notifications, 'NotificationConfiguration.LambdaFunctionConfigurations')) {
      yield {
        service: 's3',
        names: configuration.get('LambdaFunctionArn'),
        property: `${property}.LambdaFunctionArn`,
        source: notifications.get('BucketName'),
      };
    }
  },

  *'AWS::Events::Rule'(rule) {
    for (const [property, target] of elementsAt(rule, 'Targets')) {
      yield { service: 'events', names: target.get('Arn'), property: `${property}.Arn`, source: rule.reference('Arn') };
    }
  },

  *'AWS::Scheduler::Schedule'(schedule) {
    const universal = schedule.get('Target.Arn').text?.endsWith(':aws-sdk:lambda:invoke') ?? false;
    const property = universal ? 'Target.Input' : 'Target.Arn';
    yield { service: 'scheduler', names: schedule.get(property), property };
  },

  *'AWS::IoT::TopicRule'(rule) {
    const property = 'TopicRulePayload.ErrorAction.Lambda.FunctionArn';
    yield { service: 'iot', names: rule.get(property), property };
    for (const [path, action] of elementsAt(rule, 'TopicRulePayload.Actions')) {
      yield { service: 'iot', names: action.get('Lambda.FunctionArn'), property: `${path}.Lambda.FunctionArn` };
    }
  },

  *'AWS::SES::ReceiptRule'(rule) {
    for (const [property, action] of elementsAt(rule, 'Rule.Actions')) {
      const synchronous = action.get('LambdaAction.InvocationType').text === 'RequestResponse';
      yield {
        service: 'ses',
        names: action.get('LambdaAction.FunctionArn'),
        property: `${property}.LambdaAction.FunctionArn`,
        ...synchronous ? { invocation: 'synchronous', wait: waits(30, 'bounces or goes on without the answer') } : {},
      };
    }
  },

  *'AWS::CloudWatch::Alarm'(alarm) {
    for (const state of ['AlarmActions', 'OKActions', 'InsufficientDataActions']) {
      for (const [property, names] of elementsAt(alarm, state)) yield { service: 'alarm', names, property };
    }
  },

  *'AWS::Lambda::EventInvokeConfig'(config) {
    for (const end of ['OnSuccess', 'OnFailure']) {
      const property = `DestinationConfig.${end}.Destination`;
      yield { service: 'destination', names: config.get(property), property, source: config.get('FunctionName') };
    }
  },

  *'AWS::CodePipeline::Pipeline'(pipeline) {
    for (const [stagePath, stage] of elementsAt(pipeline, 'Stages')) {
      for (const [property, action] of elementsAt(stage, 'Actions', `${stagePath}.`)) {
        if (action.get('ActionTypeId.Provider').text !== 'Lambda') continue;
        yield { service: 'codepipeline', names: action.get('Configuration.FunctionName'), property: `${property}.Configuration.FunctionName` };
      }
    }
  },
};

function one(service: TriggerService, property: string, source?: string): TriggerReader {
  return function* (resource) {
    yield { service, names: resource.get(property), property, ...source ? { source: resource.get(source) } : {} };
  };
}
