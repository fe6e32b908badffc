import { view } from '../app-model';
import { Resource } from '../resource';
import { Value } from '../value';

/** Why a bucket matters to functions. */
export interface BucketUse {
  readonly resource: Resource;
  readonly property: string;
  readonly text: string;
}

/** Buckets that invoke functions, that hold what functions failed to process, or that functions are told of. */
export const functionBuckets = view((app): ReadonlyMap<Resource, BucketUse> => {
  const uses = new Map<Resource, BucketUse>();
  const note = (value: Value, use: BucketUse) => {
    for (const bucket of value.targets) {
      if (bucket.type === 'AWS::S3::Bucket' && !uses.has(bucket)) uses.set(bucket, use);
    }
  };
  for (const bucket of app.ofType('AWS::S3::Bucket')) {
    const property = 'NotificationConfiguration';
    if (bucket.get(property).isSet !== 'no') uses.set(bucket, { resource: bucket, property, text: 'its events lead to functions' });
  }
  for (const notifications of app.ofType('Custom::S3BucketNotifications')) {
    note(notifications.get('BucketName'), { resource: notifications, property: 'NotificationConfiguration', text: 'its events lead to functions' });
  }
  for (const config of app.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')) {
    const property = 'DestinationConfig.OnFailure.Destination';
    note(config.get(property), { resource: config, property, text: 'it holds what a function failed to process' });
  }
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    for (const [name, value] of fn.get('Environment.Variables').entries) {
      note(value, { resource: fn, property: `Environment.Variables.${name}`, text: `${fn} uses it` });
    }
  }
  return uses;
});
