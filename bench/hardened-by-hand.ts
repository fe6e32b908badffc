import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
];

/** What functions hardened by hand have in common: a network without a way out, a key, a topic for alarms. */
export class SharedByHand extends Construct {
  public readonly key: kms.Key;
  public readonly vpc: ec2.Vpc;
  public readonly topic: sns.Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    this.key.grantEncryptDecrypt(new iam.ServicePrincipal('logs.amazonaws.com'));
    this.key.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const flowLogs = new logs.LogGroup(this, 'FlowLogs', { encryptionKey: this.key, retention: logs.RetentionDays.ONE_YEAR });
    this.vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(flowLogs) });
    this.topic = new sns.Topic(this, 'Alarms', { masterKey: this.key, enforceSSL: true });
  }
}

/** The hardening of `SecureFunction` with the L2s of the CDK alone, without its checks, as one would write it for each function. */
export function hardenedByHand(scope: Construct, id: string, props: lambda.FunctionProps, shared: SharedByHand): lambda.Function {
  const own = new Construct(scope, `${id}Hardening`);
  const { key, vpc, topic } = shared;

  const logGroup = new logs.LogGroup(own, 'Logs', { encryptionKey: key, retention: logs.RetentionDays.ONE_YEAR });
  const role = new iam.Role(own, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Execution: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
          new iam.PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }),
        ],
      }),
    },
  });
  const fn = new lambda.Function(scope, id, {
    ...props,
    role,
    timeout: Duration.seconds(10),
    reservedConcurrentExecutions: 10,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: [new ec2.SecurityGroup(own, 'SecurityGroup', { vpc, allowAllOutbound: false })],
    environmentEncryption: key,
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    deadLetterQueue: new sqs.Queue(own, 'DeadLetters', {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    }),
    maxEventAge: Duration.hours(1),
    retryAttempts: 2,
    tracing: lambda.Tracing.ACTIVE,
  });

  const alarm = (name: string, metric: cloudwatch.IMetric, threshold: number) => {
    new cloudwatch.Alarm(own, name, { metric, threshold, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
  };
  alarm('Errors', fn.metricErrors(), 1);
  alarm('Throttles', fn.metricThrottles(), 1);
  alarm('Duration', fn.metricDuration({ statistic: 'p99' }), 8_000);
  alarm('Concurrency', fn.metric('ConcurrentExecutions', { statistic: 'Maximum' }), 8);
  return fn;
}
