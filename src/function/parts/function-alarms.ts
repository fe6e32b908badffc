import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { FunctionPart } from './function-part';
import { watchFailureQueue } from '../alarms/failure-queue-alarm';
import { FunctionAlarmSet } from '../alarms/function-alarm-set';
import { choiceOf, choose, fleetOf } from '../alarms/watchers';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { Alarms } from '../options/alarms';
import { readFrom } from '../references';
import { alarmTopicFor } from '../shared/alarm-topic';
import { recordWeakening } from '../weakened';

/**
 * Properties for `FunctionAlarms`.
 */
export interface FunctionAlarmsProps {
  /**
   * Which alarms watch the function.
   *
   * @default - those that it has already, else those of the `FleetAlarms` of its stack, else the ones of `SecureDefaults`
   */
  readonly alarms?: Alarms;
}

/**
 * Calls somebody when a function fails, is throttled, runs into its timeout or is flooded, when its events are late or
 * lost: at most 4 alarms for a function without triggers, and those that its triggers call for. An idle function is quiet.
 *
 * Alarms publish to a topic that the stack's functions share; subscribe to it with
 * `FunctionAlarms.topicOf(stack).addSubscription(...)`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionAlarms extends FunctionPart {
  /** The encrypted topic that alarms of the stack of `scope` publish to unless they were given another one; made if it isn't there yet. */
  public static topicOf(scope: Construct): sns.ITopic {
    return alarmTopicFor(scope);
  }

  constructor(private readonly props: FunctionAlarmsProps = {}) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    (this.props.alarms ?? SecureDefaults.of(scope).alarms)._check(faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const earlier = choiceOf(fn);
    if (earlier && !this.props.alarms) return;
    const alarms = this.props.alarms ?? SecureDefaults.of(fn).alarms;
    choose(fn, { alarms, own: this.props.alarms !== undefined });
    if (!earlier) fn.node.addValidation({ validate: () => missingFleet(fn) });

    fn.node.tryRemoveChild(FunctionAlarmSet.ID);
    if (alarms._noneReason !== undefined) {
      recordWeakening(fn, 'alarms', alarms._noneReason, ['cdk-secure-serverless::lambda/errors-alarmed']);
      return;
    }
    const actions = actionsOf(fn, alarms);
    new FunctionAlarmSet(fn, cfn, alarms._props, actions);
    watchFailureQueue(fn, actions);
  }
}

function actionsOf(fn: lambda.Function, { _props: { topic, notifyRecovery } }: Alarms): Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'> {
  const { topicArn } = topic ?? SecureDefaults.of(fn).alarms._props.topic ?? alarmTopicFor(fn);
  const arn = readFrom(fn, topicArn);
  return { alarmActions: [arn], okActions: notifyRecovery ? [arn] : undefined };
}

function missingFleet(fn: lambda.Function): string[] {
  if (choiceOf(fn)?.alarms._watcher !== 'fleet' || fleetOf(fn)) return [];
  return [`nothing watches ${fn.node.path}: \`alarms\` is \`Alarms.fleet()\` and ${Stack.of(fn).node.path} has no \`FleetAlarms\` `
    + '(expected one in the stack or the one around it): add `new FleetAlarms(stack, \'Alarms\')`, or leave `alarms` out'];
}
