import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addToExecutionPolicy, Statement } from './execution-policy';

/** Calls that Lambda makes itself, before any code of the function runs. */
const ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

const STATEMENTS: Statement[] = [
  { Sid: 'LambdaManagesInterfaces', Effect: 'Allow', Action: ACTIONS, Resource: '*' },
  { Sid: 'CodeMayNot', Effect: 'Deny', Action: ACTIONS, Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } },
];

const ALLOWED = new WeakSet<lambda.Function>();

/**
 * Lets Lambda put `fn` into a VPC.
 *
 * The interfaces are made with the function's role, so the role must allow it, on `*` since the `Describe` calls have no
 * resources. Lambda sends `lambda:SourceFunctionArn` with each call of the function's code and not with its own, so the
 * denial reaches the code alone. It names no function: that would be a cycle.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function allowNetworkInterfaces(fn: lambda.Function): void {
  if (ALLOWED.has(fn)) return;
  ALLOWED.add(fn);
  addToExecutionPolicy(fn, ...STATEMENTS);
}
