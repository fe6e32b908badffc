import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addToExecutionPolicy, ownsRole, Statement, takesStatements } from './execution-policy';
import { FunctionPart } from './function-part';
import { replaceManagedPolicies } from './managed-policies';

/** What the L2 gives a durable function: checkpoints of any function, logs of any group. */
const REPLACED = 'service-role/AWSLambdaBasicDurableExecutionRolePolicy';

const ID = 'DurableExecution';

/**
 * Lets a durable function save and read its own progress, and nobody else's: the managed policy that the L2 attaches
 * allows it for all functions of the account. Does nothing to a function without `durableConfig`.
 *
 * The statements name the function, so they are in a policy of their own: the function depends on its role, and on the
 * role's default policy. `timeout` bounds each invocation of a durable function, `durableConfig.executionTimeout` all of
 * them together.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export class DurableExecution extends FunctionPart {
  /** @internal */
  public _check(): void {}

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    if (!cfn.durableConfig || !fn.role || fn.node.tryFindChild(ID)) return;
    if (ownsRole(fn)) replaceManagedPolicies(fn.role as iam.Role, { [REPLACED]: undefined });
    if (!takesStatements(fn.role)) {
      addToExecutionPolicy(fn, checkpointStatement(fn)); // rendered nowhere, but asked of whoever keeps the role
      return;
    }
    new iam.Policy(fn, ID, { roles: [fn.role], statements: [iam.PolicyStatement.fromJson(checkpointStatement(fn))] });
  }
}

/** A durable execution belongs to a version of the function, hence the qualifier: an unqualified ARN matches none. */
function checkpointStatement(fn: lambda.Function): Statement {
  return {
    Effect: 'Allow',
    Action: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    Resource: `${fn.functionArn}:*`,
  };
}
