import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ConcurrencyBudget, Concurrency, Egress, SecureDefaults, SecureFunction, SecureNetwork } from 'cdk-secure-serverless';
import { PaymentsStack } from '../lib/payments-stack';
import { ReportsStack } from '../lib/reports-stack';

const FUNCTION = 'AWS::Lambda::Function';

const app = new App();
const network = new SecureNetwork(new Stack(app, 'Network'), 'Network');
const paymentsStack = new PaymentsStack(app, 'Payments', { network });
const reportsStack = new ReportsStack(app, 'Reports');

const shared = Template.fromStack(Stack.of(network));
const payments = Template.fromStack(paymentsStack);
const reports = Template.fromStack(reportsStack);

test('secure function', () => {
  reports.resourcePropertiesCountIs(FUNCTION, {
    Timeout: 10,
    MemorySize: 128,
    ReservedConcurrentExecutions: 10,
    TracingConfig: { Mode: 'Active' },
  }, 2);
  reports.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('egress', () => {
  shared.hasResourceProperties('AWS::EC2::VPCEndpoint', {
    ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.secretsmanager']] },
  });
  shared.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', {
    Domains: Match.arrayWith(['api.payments.example.com']),
  });
});

test('concurrency', () => {
  payments.hasResourceProperties(FUNCTION, { ReservedConcurrentExecutions: 20 });
  payments.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
});

test('alarms', () => {
  payments.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 1, OKActions: Match.anyValue() });
});

test('failures', () => {
  payments.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumEventAgeInSeconds: 600,
    MaximumRetryAttempts: 1,
  });
  payments.hasResourceProperties(FUNCTION, {
    DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Unpaid'), 'Arn'] } },
  });
});

test('logging', () => {
  payments.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90, KmsKeyId: Match.anyValue() });
  payments.hasResourceProperties(FUNCTION, { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN' } });
});

test('secrets', () => {
  payments.hasResourceProperties(FUNCTION, {
    Environment: { Variables: { API_KEY: { Ref: Match.stringLikeRegexp('^ApiKey') } } },
  });
});

test('weakened', () => {
  payments.hasResource(FUNCTION, {
    Properties: { TracingConfig: Match.absent() },
    Metadata: { 'cdk-secure-serverless': { weakened: { tracing: 'addresses of customers must not be in traces' } } },
  });
});

test('defaults', () => {
  expect(SecureDefaults.of(paymentsStack).timeout.toSeconds()).toBe(5);
  payments.allResourcesProperties(FUNCTION, { Timeout: 5 });
});

test('network', () => {
  payments.resourceCountIs('AWS::EC2::VPC', 0);
  shared.resourceCountIs('AWS::EC2::VPC', 1);
});

test('fleet alarms', () => {
  reports.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 3 });
});

test('concurrency budget', () => {
  const crowded = new App();
  ConcurrencyBudget.of(crowded).allow({ quota: 150 });
  new SecureFunction(new Stack(crowded, 'Crowded'), 'Busy', {
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context): pass'),
    concurrency: Concurrency.reserved(100),
  });
  expect(() => crowded.synth()).toThrow('the quota is 150, of which Lambda keeps 100 unreserved');
});

test('clear errors', () => {
  expect(() => new SecureFunction(new Stack(new App(), 'Wrong'), 'Wrong', {
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context): pass'),
    memorySize: 1,
    egress: Egress.unrestricted('why not'),
  })).toThrow(/Wrong\/Wrong has 2 faults:[^]*`memorySize` is `1` \(allowed: whole MiB from 128 to 10240\)/);
});
