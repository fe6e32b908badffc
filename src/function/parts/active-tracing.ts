import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { addToExecutionPolicy, Statement } from './execution-policy';
import { ReasonedPart, Weakness } from './reasoned-part';
import { recordWeakening, Weakened } from '../weakened';
import { cfnFunctionOf, isSecurable } from './securable-function';

const ACTIONS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/**
 * On `*`, since X-Ray has no resources that these actions could be limited to.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
const TRACE: Statement = { Sid: 'Trace', Effect: 'Allow', Action: ACTIONS, Resource: '*' };

const RULES = ['cdk-secure-serverless::lambda/active-tracing', 'Serverless-LambdaTracing'];

/**
 * Properties for `ActiveTracing`.
 */
export interface ActiveTracingProps {
  /**
   * Which requests are traced. Anything but `ACTIVE` needs `Weakened.tracing(reason)` in `weakened`.
   *
   * @default - `ACTIVE`; with `Weakened.tracing(reason)` in `weakened`, what the function has already
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Reasons for what is weaker than the default. `Weakened.tracing` accepts a function that isn't traced.
   *
   * @default - the reasons of `SecureDefaults`
   */
  readonly weakened?: Weakened[];
}

/**
 * Traces requests with X-Ray, so that what a function called, and for whom, can be told afterwards.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export class ActiveTracing extends ReasonedPart {
  constructor(private readonly props: ActiveTracingProps = {}) {
    super('tracing', props.weakened);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const reason = this._reason(fn);
    const tracing = this.props.tracing ?? (reason === undefined ? lambda.Tracing.ACTIVE : modeOf(cfn) ?? lambda.Tracing.DISABLED);
    if (tracing !== lambda.Tracing.ACTIVE && reason !== undefined) recordWeakening(fn, 'tracing', reason, RULES);
    if (tracing === lambda.Tracing.DISABLED) {
      cfn.tracingConfig = undefined;
      return;
    }
    cfn.tracingConfig = { mode: tracing };
    if (!mayTrace(fn)) addToExecutionPolicy(fn, TRACE);
  }

  /** @internal */
  protected _weaknessAt(scope: IConstruct): Weakness | undefined {
    const tracing = this.props.tracing ?? (isSecurable(scope) ? modeOf(cfnFunctionOf(scope)) : undefined);
    if (tracing === undefined || Token.isUnresolved(tracing) || tracing === lambda.Tracing.ACTIVE) return undefined;
    return { property: 'tracing', given: tracing, allowed: lambda.Tracing.ACTIVE, change: 'leave it out' };
  }
}

function modeOf(cfn: lambda.CfnFunction): lambda.Tracing | undefined {
  return (cfn.tracingConfig as lambda.CfnFunction.TracingConfigProperty | undefined)?.mode as lambda.Tracing | undefined;
}

/** Whether the L2 has granted it before, in the role's default policy; that this part does so once is up to the policy. */
function mayTrace(fn: lambda.Function): boolean {
  const policy = fn.role?.node.tryFindChild('DefaultPolicy') as iam.Policy | undefined;
  if (!policy) return false;
  const statements: { Action: string | string[] }[] = fn.stack.resolve(policy.document)?.Statement ?? [];
  return statements.some(({ Action }) => ACTIONS.every(action => [Action].flat().includes(action)));
}
