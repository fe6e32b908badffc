import { IResolvable, IResolveContext, TreeInspector } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ConditionalAlarm } from './conditional-alarm';

/** A metric or an expression, as the template has it. */
export interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly Label?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions: Dimension[] };
    readonly Period: number;
    readonly Stat: string;
  };
  readonly ReturnData: boolean;
}

export interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

/** What an alarm of a function says apart from whom it calls, as the template has it. */
export interface Condition {
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly DatapointsToAlarm?: number;
  readonly EvaluationPeriods: number;
  readonly Threshold?: number;
  readonly ThresholdMetricId?: string;
}

export type Actions = Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'>;

/**
 * One of the several alarms that each function has, so it spares the CDK what it can: what is written here comes as the template
 * has it, is rendered when the template is, and not also when the tree is searched for references to other stacks, and the tree
 * metadata repeats nothing of it. Alarms would take most of the time of a synth otherwise.
 */
export class FunctionAlarm extends ConditionalAlarm {
  /** The properties of the L1 as they were made. */
  private readonly made: Readonly<Record<string, unknown>>;

  constructor(
    scope: Construct, id: string,
    private readonly condition: Condition, private readonly actions: Actions,
    private readonly queries: () => Query[], applies: () => boolean,
  ) {
    super(scope, id, { comparisonOperator: condition.ComparisonOperator, evaluationPeriods: condition.EvaluationPeriods, ...actions }, applies);
    this.made = this.cfnProperties;
  }

  public inspect(inspector: TreeInspector): void {
    inspector.addAttribute('aws:cdk:cloudformation:type', cloudwatch.CfnAlarm.CFN_RESOURCE_TYPE_NAME);
  }

  /**
   * All but its actions is about the function beside it, so that only they, and what somebody assigned, can lead to another stack.
   *
   * @internal
   */
  public _toCloudFormation(): object {
    if (!this.shouldSynthesize()) return {};
    const whole: IResolvable = {
      creationStack: [],
      resolve: ({ preparing }: IResolveContext) => {
        if (!this.isAsMade()) return preparing ? this.whatMayLeadElsewhere() : super._toCloudFormation();
        return preparing ? [this.condition, this.actions, this.cfnOptions.metadata] : this.asMade();
      },
    };
    return whole;
  }

  private whatMayLeadElsewhere(): unknown {
    return [this.condition, this.cfnProperties, this.cfnOptions, this['rawOverrides']];
  }

  /** Whether nobody has assigned a property, an option other than metadata, a tag or an override, or made it wait for anything. */
  private isAsMade(): boolean {
    const { metadata, ...options } = this.cfnOptions;
    const properties = this.cfnProperties;
    return Object.keys(options).length === 0
      && Object.keys(this['rawOverrides']).length === 0
      && this['dependsOn'] === undefined
      && Object.keys(properties).every(name => properties[name] === this.made[name]);
  }

  /** What the CDK makes of it, without the steps in which it looks for what isn't there. */
  private asMade(): object {
    const { alarmActions: AlarmActions, okActions: OKActions } = this.actions;
    const Properties = { ...this.condition, Metrics: this.queries(), AlarmActions, OKActions, TreatMissingData: this.treatMissingData };
    return { Resources: { [this.logicalId]: { Type: this.cfnResourceType, Properties, Metadata: this.cfnOptions.metadata } } };
  }

  /** What somebody assigned to a property of the alarm stands. */
  protected renderProperties(props: Record<string, any>): Record<string, any> {
    const assigned = Object.entries(super.renderProperties(props)).filter(([, value]) => value !== undefined);
    return { ...this.stack.resolve({ ...this.condition, Metrics: this.queries() }), ...Object.fromEntries(assigned) };
  }
}
