import { Resource } from './resource';

/**
 * What the ids of constructs begin with that the CDK makes for its own work: custom resource providers and their roles.
 * They come with the CDK's version and can't be changed by a user.
 */
const FRAMEWORK_IDS = [
  /^Custom::.+CustomResourceProvider$/,
  /^AWSCDK\..+CustomResourceProvider$/,
  /^AWSCDKCfnUtilsProviderCustomResourceProvider$/,
  /^BucketNotificationsHandler050a0587b7544547bf325f094a3db834$/,
  /^LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a$/,
  /^AWS679f53fac002430cb0da5b7982bd2287$/,
  /^Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C/,
  /^AWSb4cf1abd4e4f4bc699441af7ccd9ec37$/,
  /^framework-(onEvent|isComplete|onTimeout)$/,
  /^waiter-state-machine$/,
];

/** Whether the CDK made the resource for its own work. */
export function isFrameworkManaged(resource: Resource): boolean {
  return resource.constructPath.split('/').some(id => FRAMEWORK_IDS.some(pattern => pattern.test(id)));
}
