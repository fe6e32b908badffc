import { ArnFormat } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { addToExecutionPolicy, divertStatementsAboutItself, executionStatementsOf, ownsRole, Statement, takesStatements } from './execution-policy';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';
import { Replacements, replaceManagedPolicies } from './managed-policies';
import { allowNetworkInterfaces } from './network-interfaces';
import { readFrom } from '../references';
import { checkReason, recordWeakening, Weakened } from '../weakened';

const ROLE_USERS = new WeakMap<iam.IRole, IConstruct>();

/**
 * Properties for `ScopedExecutionRole`.
 */
export interface ScopedExecutionRoleProps {
  /**
   * Upper bound of what the role may ever do, whatever is granted to it.
   *
   * @default - the boundary of `SecureDefaults`; without one, boundaries that the app sets by its own means stay
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Keeps the rights on network interfaces in the deployment that takes the function out of its VPC: Lambda removes the
   * interfaces only afterwards, and hangs for up to an hour if it may not. Remove it in the next deployment.
   *
   * @default false
   */
  readonly leavingVpc?: boolean;

  /**
   * Reasons for what is weaker than the default. `Weakened.externalRole` accepts an imported role that can't be changed.
   *
   * @default - none
   */
  readonly weakened?: Weakened[];
}

/**
 * Gives a function a role of its own that allows what Lambda needs to run this function and nothing else: no managed
 * policies, log writes to the function's own group, network interfaces only in a VPC and never for the function's code.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export class ScopedExecutionRole extends FunctionPart {
  constructor(private readonly props: ScopedExecutionRoleProps = {}) {
    super();
  }

  /** @internal */
  public _check(_scope: IConstruct, faults: Faults): void {
    const reason = Weakened._reason(this.props.weakened, 'externalRole');
    if (reason !== undefined) checkReason(faults, 'Weakened.externalRole', reason);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const role = fn.role;
    if (!role || ROLE_USERS.get(role) === fn) return;
    claim(role, fn);
    cfn.role = readFrom(fn, cfn.role);
    this.applyBoundary(fn, role);
    if (ownsRole(fn)) replaceManagedPolicies(role as iam.Role, replacementsFor(fn));
    if (takesStatements(role)) divertStatementsAboutItself(fn);
    else this.expectOfImmutable(fn);
    if (cfn.vpcConfig || this.props.leavingVpc) allowNetworkInterfaces(fn);
  }

  private applyBoundary(fn: lambda.Function, role: iam.IRole): void {
    const boundary = this.props.permissionsBoundary ?? SecureDefaults.of(fn).permissionsBoundary;
    if (boundary) iam.PermissionsBoundary.of(role).apply(boundary);
  }

  /** The statements are known only at synth, when all parts and grants have asked for theirs. */
  private expectOfImmutable(fn: lambda.Function): void {
    const reason = Weakened._reason(this.props.weakened, 'externalRole');
    if (reason !== undefined) {
      recordWeakening(fn, 'externalRole', reason, []);
      return;
    }
    fn.node.addValidation({ validate: () => missingFromImmutable(fn) });
  }
}

/** The role that `props` ask for, if another function has it already: a shared role gives each what any of them needs. */
export function checkRoleIsUnused(role: iam.IRole | undefined, path: string, faults: Faults): void {
  const user = role && ROLE_USERS.get(role);
  if (user && user.node.path !== path) {
    faults.add('role', role.node.path, `a role of its own, and ${user.node.path} uses this one`, 'leave `role` out, or make one role a function');
  }
}

function claim(role: iam.IRole, fn: lambda.Function): void {
  const faults = new Faults(fn.node.path);
  checkRoleIsUnused(role, fn.node.path, faults);
  faults.throwIfAny();
  ROLE_USERS.set(role, fn);
}

/** What the L2 attaches: wildcards, where statements on the function's own resources do. */
function replacementsFor(fn: lambda.Function): Replacements {
  return {
    'service-role/AWSLambdaBasicExecutionRole': undefined,
    'service-role/AWSLambdaVPCAccessExecutionRole': undefined,
    'CloudWatchLambdaInsightsExecutionRolePolicy': () => addToExecutionPolicy(fn, insightsStatement(fn)),
  };
}

/**
 * The extension for Lambda Insights writes to one group of the account and region, and makes it where it is missing.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudWatchLambdaInsightsExecutionRolePolicy.html
 */
function insightsStatement(fn: lambda.Function): Statement {
  const group = { service: 'logs', resource: 'log-group', resourceName: '/aws/lambda-insights:*', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  return {
    Sid: 'WriteInsights',
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: fn.stack.formatArn(group),
  };
}

function missingFromImmutable(fn: lambda.Function): string[] {
  const statements: Statement[] = fn.stack.resolve(executionStatementsOf(fn));
  const needed = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Action, Resource }) => `${[Action].flat().join(', ')} on ${JSON.stringify(Resource)}`);
  if (needed.length === 0) return [];
  return [`the role of ${fn.node.path} is imported and can't be changed here, so grants to it are dropped `
    + `(it must allow: ${needed.join('; ')}): leave \`role\` out, or once it does allow that, `
    + 'add `Weakened.externalRole(\'...\')` to `weakened` of the function'];
}
