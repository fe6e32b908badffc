import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { isSecurable } from './parts/securable-function';
import { topLevelStack } from './shared/shared-scope';

/** How many metrics one graph of a dashboard may show. */
const METRICS_PER_GRAPH = 500;

/**
 * Properties for `FunctionDashboard`.
 */
export interface FunctionDashboardProps {
  /**
   * Functions to show, at most 500.
   *
   * @default - all functions of the stack and its nested stacks, also those that are added after the dashboard
   */
  readonly functions?: lambda.Function[];
}

/**
 * What the alarms watch, as graphs with one line for each function, for whoever was called by an alarm and looks for the
 * reason.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export class FunctionDashboard extends Construct {
  constructor(scope: Construct, id: string, private readonly props: FunctionDashboardProps = {}) {
    super(scope, id);
    const stack = topLevelStack(this);
    new cloudwatch.CfnDashboard(this, 'Resource', {
      dashboardBody: Lazy.string({ produce: () => stack.toJsonString({ start: '-PT3H', widgets: this.widgets() }) }),
    });
    this.node.addValidation({ validate: () => this.validateSize() });
  }

  private widgets(): object[] {
    const functions = this.functions();
    const graphs = GRAPHS.map(({ title, metric, statistic }) => new cloudwatch.GraphWidget({
      title,
      width: 12,
      left: functions.map(fn => fn.metric(metric, { statistic, period: Duration.minutes(5), label: fn.node.path })),
    }));
    graphs.forEach((graph, index) => graph.position(12 * (index % 2), 6 * Math.floor(index / 2)));
    return graphs.flatMap(graph => graph.toJson());
  }

  private functions(): lambda.Function[] {
    return this.props.functions ?? topLevelStack(this).node.findAll().filter(isSecurable);
  }

  private validateSize(): string[] {
    const { length } = this.functions();
    return length <= METRICS_PER_GRAPH ? [] : [
      `\`functions\` has ${length} functions (expected at most ${METRICS_PER_GRAPH}): make several dashboards and give each its \`functions\``,
    ];
  }
}

const GRAPHS = [
  { title: 'Invocations', metric: 'Invocations', statistic: 'Sum' },
  { title: 'Failed invocations', metric: 'Errors', statistic: 'Sum' },
  { title: 'Throttled requests', metric: 'Throttles', statistic: 'Sum' },
  { title: 'Executions at once', metric: 'ConcurrentExecutions', statistic: 'Maximum' },
  { title: 'Duration (99th percentile)', metric: 'Duration', statistic: 'p99' },
  { title: 'Age of asynchronous events', metric: 'AsyncEventAge', statistic: 'Maximum' },
  { title: 'Asynchronous events given up', metric: 'AsyncEventsDropped', statistic: 'Sum' },
  { title: 'Age of stream records', metric: 'IteratorAge', statistic: 'Maximum' },
];
