import * as fs from 'fs';
import * as path from 'path';
import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { cdkClassOf } from './cdk-class';
import { ownsRole } from './parts/execution-policy';
import { cfnFunctionOf } from './parts/securable-function';
import { constructsIn } from './references';

/**
 * The kinds of functions that a hardened function can't be. Which kind it is shows only in the complete tree, so this is
 * told at synth.
 */
export function refuseUnsupportedKinds(fn: lambda.Function): void {
  const app = Stage.of(fn) ?? fn.node.root;
  const hardened = HARDENED.get(app);
  if (hardened) {
    hardened.set(cfnFunctionOf(fn), fn);
    return;
  }
  const functions = new Map([[cfnFunctionOf(fn), fn]]);
  HARDENED.set(app, functions);
  app.node.addValidation({ validate: () => unsupportedIn(app, functions) });
}

type HardenedFunctions = Map<CfnResource, lambda.Function>;

/** One walk through the tree is made for all functions of an app or stage: one each would take time by the square. */
const HARDENED = new WeakMap<IConstruct, HardenedFunctions>();

function unsupportedIn(app: IConstruct, functions: HardenedFunctions): string[] {
  const messages = [...functions.values()].flatMap(fn => [...atCapacityProvider(fn), ...trustedByEdge(fn)]);
  for (const resource of app.node.findAll().filter(CfnResource.isCfnResource)) {
    messages.push(...atEdge(resource, functions), ...provisionedSnapshots(resource, functions));
  }
  return [...new Set(messages)];
}

/**
 * Functions of one capacity provider share instances in its network, with nothing but containers between them, and scale
 * by processor load: neither egress nor concurrency of the single function exists.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html
 */
function atCapacityProvider(fn: lambda.Function): string[] {
  if (cfnFunctionOf(fn).capacityProviderConfig === undefined) return [];
  return [`${fn.node.path} runs on a capacity provider, where network, isolation and concurrency are those of the provider, not of the function `
    + '(expected: a function without `capacityProviderConfig`): make it a `lambda.Function` outside of blueprint and mixins, and secure the provider'];
}

/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
function edgeMessage(fn: lambda.Function, by: string): string {
  return `${fn.node.path} is used at the edge by \`${by}\`, and Lambda@Edge refuses environment, keys, VPC and queues for failures, `
    + 'which a secure function has (expected: `cloudfront.experimental.EdgeFunction`, outside of blueprint and mixins)';
}

function atEdge(resource: CfnResource, functions: HardenedFunctions): string[] {
  if (resource.cfnResourceType !== 'AWS::CloudFront::Distribution') return [];
  const { distributionConfig } = resource as cloudfront.CfnDistribution;
  return hardenedBehind(distributionConfig, resource, functions).map(fn => edgeMessage(fn, resource.node.path));
}

/** What `EdgeFunction` does to the role of its function, which may be in another region than the distribution. */
function trustedByEdge(fn: lambda.Function): string[] {
  const trust = (fn.role as iam.Role | undefined)?.assumeRolePolicy;
  // The one statement of the L2 is for Lambda itself.
  if (!trust || (ownsRole(fn) && trust.statementCount === 1)) return [];
  const statements: { Principal?: { Service?: string | string[] } }[] = fn.stack.resolve(trust)?.Statement ?? [];
  const isTrusted = statements.some(({ Principal }) => [Principal?.Service].flat().includes('edgelambda.amazonaws.com'));
  return isTrusted ? [edgeMessage(fn, 'edgelambda.amazonaws.com')] : [];
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
 */
function provisionedSnapshots(resource: CfnResource, functions: HardenedFunctions): string[] {
  if (!isQualifier(resource) || resource.provisionedConcurrencyConfig === undefined) return [];
  return hardenedBehind(resource.functionName, resource, functions)
    .filter(fn => cfnFunctionOf(fn).snapStart !== undefined)
    .map(fn => `${fn.node.path} starts from snapshots, and \`${resource.node.path}\` keeps executions of it provisioned `
      + '(expected: either `snapStart` or provisioned concurrency): leave one of both out');
}

function isQualifier(resource: CfnResource): resource is lambda.CfnVersion | lambda.CfnAlias {
  return resource.cfnResourceType === lambda.CfnVersion.CFN_RESOURCE_TYPE_NAME || resource.cfnResourceType === lambda.CfnAlias.CFN_RESOURCE_TYPE_NAME;
}

/** The hardened functions that `value` refers to, themselves or through versions and aliases. */
function hardenedBehind(value: unknown, scope: IConstruct, functions: HardenedFunctions): lambda.Function[] {
  return [...constructsIn(value, scope)].filter(CfnResource.isCfnResource).flatMap(target => {
    const fn = functions.get(target);
    if (fn) return [fn];
    return isQualifier(target) ? hardenedBehind(target.functionName, target, functions) : [];
  });
}

/** Functions that a construct of the CDK makes in itself, by the class of the construct. */
const MADE_BY: Record<string, string[]> = {
  'aws-cdk-lib.aws_certificatemanager.DnsValidatedCertificate': ['CertificateRequestorFunction'],
  'aws-cdk-lib.aws_eks.KubectlProvider': ['Handler'],
  'aws-cdk-lib.aws_eks_v2.KubectlProvider': ['Handler'],
  'aws-cdk-lib.custom_resources.Provider': ['framework-onEvent', 'framework-isComplete', 'framework-onTimeout'],
};

/** Functions that a construct without a public class makes in itself, by the construct's id. */
const MADE_IN = new Map(Object.entries({
  '@aws-cdk--aws-dynamodb.ReplicaProvider': ['OnEventHandler', 'IsCompleteHandler'],
  '@aws-cdk--aws-eks.ClusterResourceProvider': ['OnEventHandler', 'IsCompleteHandler'],
  '@aws-cdk--aws-glue-alpha.PartitionIndexProvider': ['Handler', 'IsCompleteHandler'],
  'DrainECSHook': ['Function'],
}));

/** Functions that the CDK makes once a stack: what they are for, and a UUID that nobody else has. */
const SINGLETONS = [
  'AWS679f53fac002430cb0da5b7982bd2287', // AwsCustomResource
  'AWSb4cf1abd4e4f4bc699441af7ccd9ec37', // events_targets.AwsApi
  'CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e', // stepfunctions_tasks.CallAwsServiceCrossRegion
  'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C', // more follows where a deployment has memory or a VPC of its own
  'SingletonLambda224e77f9a32e4b4dac32983477abba16', // ses.DropSpamReceiptRule
  'SingletonLambda8693BB64968944B69AAFB0CC9EB8757C', // stepfunctions_tasks.EmrContainersStartJobRun
];

/**
 * Whether the function `id` in `scope` is one that the CDK makes for its own use, with code and rights that its user can't
 * change, or in an `EdgeFunction`: hardening it would break it, in a VPC without a way out for instance. The user's own
 * handlers of custom resources are not among them, nor are their `SingletonFunction`s.
 *
 * Handlers that are bare resources are none of this function's business: mixins and injectors never see them as functions.
 *
 * @param code the code of the function where it is known; what comes with the CDK is the CDK's, whatever the tree looks like
 */
export function isFrameworkManaged(scope: IConstruct, id: string, code?: lambda.Code): boolean {
  const encoded = id.replaceAll('/', '--');
  return MADE_BY[cdkClassOf(scope) ?? '']?.includes(encoded)
    || MADE_IN.get(scope.node.id)?.includes(encoded)
    || (Stack.isStack(scope) && SINGLETONS.some(singleton => encoded.startsWith(singleton)))
    || isInEdgeFunction(scope, id)
    || comesWithTheCdk(code);
}

/** In another region than us-east-1, the function is in a stack of its own there, under the id of its `EdgeFunction`. */
function isInEdgeFunction(scope: IConstruct, id: string): boolean {
  if (isMadeByEdgeFunction(scope)) return true;
  return Stack.isStack(scope) && scope.node.id.startsWith('edge-lambda-stack-') && !Token.isUnresolved(scope.region) && scope.region === 'us-east-1'
    && scope.node.root.node.findAll().some(construct => construct.node.id === id && isMadeByEdgeFunction(construct));
}

function isMadeByEdgeFunction(construct: IConstruct): boolean {
  return cdkClassOf(construct) === 'aws-cdk-lib.aws_cloudfront.experimental.EdgeFunction';
}

function comesWithTheCdk(code: lambda.Code | undefined): boolean {
  const location = (code as lambda.AssetCode | undefined)?.path;
  return location !== undefined && isPackageOfTheCdk(nameOfPackageAt(path.resolve(location)));
}

function isPackageOfTheCdk(name: string | undefined): boolean {
  return name === 'aws-cdk-lib' || Boolean(name?.startsWith('@aws-cdk/'));
}

/** The name in the nearest package.json at or above `directory`. */
function nameOfPackageAt(directory: string): string | undefined {
  const manifest = path.join(directory, 'package.json');
  if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).name;
  const parent = path.dirname(directory);
  return parent === directory ? undefined : nameOfPackageAt(parent);
}
