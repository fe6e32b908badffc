import { Resource } from './resource';
import type { Scope } from './scope';

/**
 * The ids of constructs that the CDK makes for its own work, with all below them. They come with the CDK's version and can't be
 * changed by a user. The long numbers are of the CDK's own choosing; what follows them tells sizes and networks apart.
 *
 * Not among them is whatever a user has the CDK make of their own code, such as a `CustomResourceProvider` of another name.
 */
const FRAMEWORK_IDS = [
  /^Custom::(S3AutoDeleteObjects|ECRAutoDeleteImages|VpcRestrictDefaultSG|CrossRegionExportReader|CrossRegionExportWriter)CustomResourceProvider$/,
  /^Custom::(CrossRegionStringParameterReader|AWSCDKOpenIdConnectProvider|CrossAccountZoneDelegation|DeleteExistingRecordSet)CustomResourceProvider$/,
  /^Custom::SyntheticsAutoDeleteUnderlyingResourcesCustomResourceProvider$/,
  /^AWSCDK\.TriggerCustomResourceProviderCustomResourceProvider$/,
  /^AWSCDKCfnUtilsProviderCustomResourceProvider$/,
  /^BucketNotificationsHandler050a0587b7544547bf325f094a3db834$/,
  /^LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a/,
  /^AWS679f53fac002430cb0da5b7982bd2287/,
  /^Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C/,
  /^AWSb4cf1abd4e4f4bc699441af7ccd9ec37$/,
  /^@aws-cdk--aws-(dynamodb\.ReplicaProvider|eks\.(ClusterResource|Kubectl)Provider)$/,
];

/** What a `Provider` of custom resources makes beside the user's handlers. Anybody may choose such an id, so it isn't enough. */
const PROVIDER_PARTS = /^(.*\/)?(?:framework-(?:onEvent|isComplete|onTimeout)|waiter-state-machine)\//;
const PROVIDER_DESCRIPTION = 'AWS CDK resource provider framework - ';

/** Policies that the CDK gives to its own roles from beside the resources they are about. */
const POLICY_TYPES = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']);

/** What an `AwsCustomResource` may do is the user's choice, although a function of the CDK does it. */
const CHOSEN_BY_USERS = /\/CustomResourcePolicy\/Resource$/;

/** One of them anywhere in a path. */
const FRAMEWORK_PATH = new RegExp(`(?:^|/)(?:${FRAMEWORK_IDS.map(({ source }) => source.replace('^', '').replace('$', '(?:/|$)')).join('|')})`);

/** Whether the CDK made the resource for its own work. */
export function isFrameworkManaged(resource: Resource): boolean {
  return resource.isManaged ??= looksManaged(resource);
}

function looksManaged(resource: Resource): boolean {
  const path = resource.constructPath;
  if (FRAMEWORK_PATH.test(path)) return true;
  const provider = PROVIDER_PARTS.exec(path);
  if (provider) return providersIn(resource.scope).has(provider[1] ?? '');
  if (!POLICY_TYPES.has(resource.type) || CHOSEN_BY_USERS.test(path)) return false;
  const roles = resource.get('Roles').items.flatMap(role => role.targets);
  return roles.length > 0 && roles.every(role => role.type === 'AWS::IAM::Role' && isFrameworkManaged(role));
}

const PROVIDERS = new WeakMap<Scope, ReadonlySet<string>>();

/** The paths of the providers of custom resources in a stack, by the functions that the CDK describes as theirs. */
function providersIn(scope: Scope): ReadonlySet<string> {
  const found = PROVIDERS.get(scope) ?? new Set([...scope.resources.values()]
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .filter(fn => fn.get('Description').text?.startsWith(PROVIDER_DESCRIPTION))
    .map(fn => PROVIDER_PARTS.exec(fn.constructPath)?.[1] ?? ''));
  PROVIDERS.set(scope, found);
  return found;
}
