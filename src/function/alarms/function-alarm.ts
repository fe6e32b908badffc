import { Token, TreeInspector } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ConditionalAlarm } from './conditional-alarm';

export type Query = cloudwatch.CfnAlarm.MetricDataQueryProperty;

/** What an alarm of a function says apart from whom it calls: numbers and texts, which need not be resolved. */
export type Condition = Omit<cloudwatch.CfnAlarmProps, 'alarmActions' | 'metrics' | 'okActions'>;

export type Actions = Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'>;

/**
 * One of the several alarms that each function has, so it spares the CDK what it can: all but its actions is written when
 * the template is, without being searched for references to other stacks, and the tree metadata repeats nothing of it.
 * Alarms would take most of the time of a synth otherwise.
 */
export class FunctionAlarm extends ConditionalAlarm {
  constructor(
    scope: Construct, id: string,
    private readonly condition: Condition, actions: Actions,
    private readonly queries: () => Query[], applies: () => boolean,
  ) {
    const { comparisonOperator, evaluationPeriods } = condition;
    super(scope, id, { comparisonOperator, evaluationPeriods, ...actions }, applies);
  }

  public inspect(inspector: TreeInspector): void {
    inspector.addAttribute('aws:cdk:cloudformation:type', cloudwatch.CfnAlarm.CFN_RESOURCE_TYPE_NAME);
  }

  /** What somebody assigned to a property of the alarm stands. */
  protected renderProperties(props: Record<string, any>): Record<string, any> {
    const assigned = Object.entries(super.renderProperties(props)).filter(([, value]) => value !== undefined);
    return { ...this.asCloudFormation({ ...this.condition, metrics: this.queries() }) as object, ...Object.fromEntries(assigned) };
  }

  private asCloudFormation(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(each => this.asCloudFormation(each));
    if (Token.isUnresolved(value)) return this.stack.resolve(value);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name[0].toUpperCase() + name.slice(1), this.asCloudFormation(inner)]));
  }
}
