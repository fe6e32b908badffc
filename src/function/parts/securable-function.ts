import { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/**
 * Whether `construct` is an L2 function whose resource is in this app.
 *
 * The CDK's own handlers are bare `CfnResource`s and imported functions have no resource at all: neither can be
 * hardened here. `instanceof` would miss functions of another copy of aws-cdk-lib.
 */
export function isSecurable(construct: IConstruct): construct is lambda.Function {
  return 'addEventSource' in construct && 'currentVersion' in construct && isLambdaFunction(construct.node.defaultChild);
}

/** The L1 resource behind `fn`. */
export function cfnFunctionOf(fn: lambda.Function): lambda.CfnFunction {
  return fn.node.defaultChild as lambda.CfnFunction;
}

function isLambdaFunction(construct: IConstruct | undefined): boolean {
  return construct !== undefined
    && CfnResource.isCfnResource(construct)
    && construct.cfnResourceType === lambda.CfnFunction.CFN_RESOURCE_TYPE_NAME;
}
