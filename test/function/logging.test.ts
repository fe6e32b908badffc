import { App, Duration, Lazy, Mixins, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Egress, Logging, OwnLogGroup, SecureDefaults, SecureFunction, SecureFunctionProps, Weakened } from '../../src';

const { RetentionDays, DataIdentifier } = logs;
const { ApplicationLogLevel, SystemLogLevel, LoggingFormat } = lambda;
process.env.JSII_DEPRECATED = 'quiet'; // props that the CDK deprecated are props that users still have
const REASON = 'agreed with the auditors in ticket 42';

/** What a function may connect to is another part's concern: without a network, templates hold what these tests are about. */
const ALONE = { ...CODE, egress: Egress.unrestricted('these tests look at logs only') };

function secure(props: Partial<SecureFunctionProps> = {}, stack = stackWith()) {
  const fn = new SecureFunction(stack, 'Handler', { ...ALONE, ...props });
  return { fn, stack, template: () => Template.fromStack(stack) };
}

function groups(template: Template) {
  return Object.entries(template.findResources('AWS::Logs::LogGroup'));
}

function faultsOf(props: Partial<SecureFunctionProps>): string {
  try {
    secure(props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no fault';
}

describe.each(FLAG_SETTINGS)('with %s', (_, appProps) => {
  test('the function writes JSON at level INFO to a group of its own, which is encrypted and kept for a year', () => {
    const { template } = secure({}, stackWith(appProps));
    const [[id, group], ...others] = groups(template());
    expect(others).toEqual([]);
    expect(group.Properties).toEqual({ KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('EncryptionKey'), 'Arn'] }, RetentionInDays: 365 });
    expect(group.DeletionPolicy).toBe('Retain');
    template().hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: { Ref: id } },
    });
  });

  test('the role may write to that group and nowhere else, and need not make it', () => {
    const { template } = secure({}, stackWith(appProps));
    const [[id]] = groups(template());
    template().hasResourceProperties('AWS::IAM::Role', {
      Policies: [{
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [id, 'Arn'] } }),
          ]),
        },
      }],
      ManagedPolicyArns: Match.absent(),
    });
    expect(JSON.stringify(template().toJSON())).not.toContain('/aws/lambda/');
  });

  test('the group is what `logGroup` of the function returns, so that no custom resource is made', () => {
    const { fn, stack, template } = secure({}, stackWith(appProps));
    new logs.MetricFilter(stack, 'Denied', {
      logGroup: fn.logGroup, filterPattern: logs.FilterPattern.literal('denied'), metricName: 'Denied', metricNamespace: 'Orders',
    });
    const [[id]] = groups(template());
    template().hasResourceProperties('AWS::Logs::MetricFilter', { LogGroupName: { Ref: id } });
    template().resourceCountIs('Custom::LogRetention', 0);
    template().resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('the L2\'s retention and removal policy are those of the group, without a custom resource', () => {
    const { template } = secure({ logRetention: RetentionDays.ONE_MONTH, logRemovalPolicy: RemovalPolicy.DESTROY }, stackWith(appProps));
    template().hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
    template().resourceCountIs('Custom::LogRetention', 0);
  });

  test('a group of the caller is used as it is', () => {
    const stack = stackWith(appProps);
    const logGroup = new logs.LogGroup(stack, 'Shared', { retention: RetentionDays.ONE_DAY });
    const { fn, template } = secure({ logGroup }, stack);
    expect(fn.logGroup).toBe(logGroup);
    const [[id, group], ...others] = groups(template());
    expect(others).toEqual([]);
    expect(group.Properties).toEqual({ RetentionInDays: 1 });
    template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', LogGroup: { Ref: id } } });
    template().hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: { 'Fn::GetAtt': [id, 'Arn'] } })]) } }],
    });
  });

  test('an existing function gets the same group, once, and what referred to the L2\'s group refers to it', () => {
    const stack = stackWith(appProps);
    const fn = new lambda.Function(stack, 'Handler', CODE);
    fn.with(new OwnLogGroup()).with(new OwnLogGroup());
    Mixins.of(stack).apply(new OwnLogGroup());
    const template = Template.fromStack(stack);
    const [[id, group], ...others] = groups(template);
    expect(others).toEqual([]);
    expect(group.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
    expect(group.Properties.LogGroupName).toBeUndefined();
    expect(stack.resolve(fn.logGroup.logGroupName)).toEqual({ Ref: id });
    expect(JSON.stringify(template.findResources('AWS::IAM::Role')).split('logs:PutLogEvents')).toHaveLength(2);
  });
});

test('the key lets CloudWatch Logs of this account and region use it', () => {
  const { template } = secure();
  template().hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } } })]) },
  });
});

test('a key of the caller encrypts the group and lets CloudWatch Logs use it', () => {
  const stack = stackWith();
  const encryptionKey = new kms.Key(stack, 'Key');
  const { template } = secure({ logging: Logging.json({ encryptionKey }) }, stack);
  const id = stack.getLogicalId(encryptionKey.node.defaultChild as kms.CfnKey);
  template().hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [id, 'Arn'] } });
  expect(JSON.stringify(template().findResources('AWS::KMS::Key')[id])).toContain('kms:EncryptionContext:aws:logs:arn');
});

test('options say retention, levels and removal policy', () => {
  const { DESTROY } = RemovalPolicy;
  const { template } = secure({
    logging: Logging.json({
      retention: RetentionDays.TEN_YEARS,
      level: ApplicationLogLevel.ERROR,
      systemLevel: SystemLogLevel.WARN,
      removalPolicy: DESTROY,
    }),
  });
  template().hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 3653 }, DeletionPolicy: 'Delete' });
  template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { ApplicationLogLevel: 'ERROR', SystemLogLevel: 'WARN' } });
});

test('levels of the L2 need no format, deprecated or not', () => {
  const current = secure({ applicationLogLevelV2: ApplicationLogLevel.WARN, systemLogLevelV2: SystemLogLevel.DEBUG });
  current.template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'DEBUG' } });
  const deprecated = secure({ applicationLogLevel: 'ERROR', systemLogLevel: 'WARN' });
  deprecated.template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR', SystemLogLevel: 'WARN' } });
});

test('defaults of a scope hold for its functions, and a function\'s own options win one by one', () => {
  const stack = stackWith();
  SecureDefaults.set(stack, { logging: Logging.json({ retention: RetentionDays.TWO_YEARS, level: ApplicationLogLevel.ERROR }) });
  const { template } = secure({ logging: Logging.json({ level: ApplicationLogLevel.WARN }) }, stack);
  template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
  template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { ApplicationLogLevel: 'WARN' } });
});

test('tokens are taken as they are', () => {
  const { template } = secure({ logRetention: Lazy.number({ produce: () => 3 }), applicationLogLevel: Lazy.string({ produce: () => 'FATAL' }) });
  template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3 });
  template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { ApplicationLogLevel: 'FATAL' } });
});

describe('personal data', () => {
  const masked = (template: Template) => groups(template)[0][1].Properties.DataProtectionPolicy;

  test('is not masked unless asked for', () => {
    expect(masked(secure().template())).toBeUndefined();
  });

  test.each(FLAG_SETTINGS)('is masked by a policy that audits and redacts, with %s', (_, appProps) => {
    const { template } = secure({ logging: Logging.json({ maskPersonalData: true }) }, stackWith(appProps));
    const policy = masked(template());
    expect(policy.Statement.map(({ Operation }: any) => Object.keys(Operation)[0])).toEqual(['Audit', 'Deidentify']);
    expect(JSON.stringify(policy.Statement[1].DataIdentifier)).toContain('data-identifier/EmailAddress');
  });

  test('is masked as the policy of the caller says, rendered as the CDK does', () => {
    const dataProtectionPolicy = new logs.DataProtectionPolicy({
      identifiers: [DataIdentifier.PHONENUMBER_DE, new logs.CustomDataIdentifier('OrderId', 'O-\\d{8}')],
    });
    const { stack, template } = secure({ logging: Logging.json({ dataProtectionPolicy }) });
    new logs.LogGroup(stack, 'Reference', { dataProtectionPolicy });
    const [own, reference] = groups(template()).map(([, { Properties }]) => Properties.DataProtectionPolicy);
    expect(own.Configuration.CustomDataIdentifier).toEqual([{ Name: 'OrderId', Regex: 'O-\\d{8}' }]);
    expect(own).toEqual(reference);
  });
});

describe('what is weaker needs a reason, which is recorded', () => {
  test.each<[string, Partial<SecureFunctionProps>, string]>([
    ['`logging.retention` is `RetentionDays.INFINITE`', { logging: Logging.json({ retention: RetentionDays.INFINITE }) }, 'Weakened.retention'],
    ['`logRetention` is `RetentionDays.INFINITE`', { logRetention: RetentionDays.INFINITE }, 'Weakened.retention'],
    ['`logging.level` is `DEBUG`', { logging: Logging.json({ level: ApplicationLogLevel.DEBUG }) }, 'Weakened.logLevel'],
    ['`applicationLogLevelV2` is `TRACE`', { applicationLogLevelV2: ApplicationLogLevel.TRACE }, 'Weakened.logLevel'],
    ['`applicationLogLevel` is `DEBUG`', { applicationLogLevel: 'DEBUG' }, 'Weakened.logLevel'],
    ['`loggingFormat` is `Text`', { loggingFormat: LoggingFormat.TEXT }, 'Weakened.logFormat'],
    ['`logFormat` is `Text`', { logFormat: 'Text' }, 'Weakened.logFormat'],
  ])('%s', (fault, props, remedy) => {
    expect(faultsOf(props)).toContain(fault);
    expect(faultsOf(props)).toContain(remedy);
  });

  test('infinite retention', () => {
    const { fn, template } = secure({ logRetention: RetentionDays.INFINITE, weakened: [Weakened.retention(REASON)] });
    template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
    template().hasResource('AWS::Lambda::Function', { Metadata: { 'cdk-secure-serverless': { weakened: { retention: REASON } } } });
    expect(acknowledged(fn)).toEqual(expect.arrayContaining(['cdk-secure-serverless::lambda/log-retention', 'HIPAA.Security::HIPAA.Security-CloudWatchLogGroupRetentionPeriod']));
  });

  test('a verbose level', () => {
    const { fn, template } = secure({ applicationLogLevelV2: ApplicationLogLevel.DEBUG, weakened: [Weakened.logLevel(REASON)] });
    template().hasResource('AWS::Lambda::Function', {
      Properties: { LoggingConfig: { ApplicationLogLevel: 'DEBUG' } },
      Metadata: { 'cdk-secure-serverless': { weakened: { logLevel: REASON } } },
    });
    expect(acknowledged(fn)).toEqual(['cdk-secure-serverless::lambda/log-level']);
  });

  test('plain text, which has no levels', () => {
    const { fn, template } = secure({ loggingFormat: LoggingFormat.TEXT, weakened: [Weakened.logFormat(REASON)] });
    template().hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogFormat: 'Text', ApplicationLogLevel: Match.absent(), SystemLogLevel: Match.absent(), LogGroup: Match.anyValue() },
    });
    expect(acknowledged(fn)).toEqual(['cdk-secure-serverless::lambda/log-format']);
  });

  test('a reason of the scope counts, an empty one does not', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { weakened: [Weakened.retention(REASON)] });
    secure({ logRetention: RetentionDays.INFINITE }, stack).template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
    expect(faultsOf({ logRetention: RetentionDays.INFINITE, weakened: [Weakened.retention(' ')] })).toContain('a reason of at least 10 characters');
  });

  test('nothing is recorded where nothing is weaker', () => {
    const { fn, template } = secure({ weakened: [Weakened.retention(REASON), Weakened.logLevel(REASON), Weakened.logFormat(REASON)] });
    expect(acknowledged(fn)).toEqual([]);
    const [handler] = Object.values(template().findResources('AWS::Lambda::Function'));
    expect(Object.keys(handler.Metadata['cdk-secure-serverless'].weakened)).toEqual(['egress']);
  });
});

test.each<[string, Partial<SecureFunctionProps>]>([
  ['`logRetention` is `0`', { logRetention: 0 as logs.RetentionDays }],
  ['`logging.retention` is `42`', { logging: Logging.json({ retention: 42 as logs.RetentionDays }) }],
  ['`applicationLogLevel` is `info`', { applicationLogLevel: 'info' }],
  ['`logging.systemLevel` is `ERROR`', { logging: Logging.json({ systemLevel: 'ERROR' as lambda.SystemLogLevel }) }],
  ['`logFormat` is `json`', { logFormat: 'json' }],
  ['`logging.retention` is `30`', { logRetention: RetentionDays.ONE_WEEK, logging: Logging.json({ retention: RetentionDays.ONE_MONTH }) }],
  ['`logging.level` is `WARN`', { applicationLogLevelV2: ApplicationLogLevel.ERROR, logging: Logging.json({ level: ApplicationLogLevel.WARN }) }],
  ['`loggingFormat` is `JSON`', { logFormat: 'JSON', loggingFormat: LoggingFormat.JSON }],
  ['`logging.level` is `WARN`', { loggingFormat: LoggingFormat.TEXT, applicationLogLevelV2: ApplicationLogLevel.WARN, weakened: [Weakened.logFormat(REASON)] }],
  ['`logging.maskPersonalData` is `true`', { logging: Logging.json({ maskPersonalData: true, dataProtectionPolicy: new logs.DataProtectionPolicy({ identifiers: [DataIdentifier.NAME] }) }) }],
])('%s is a fault', (fault, props) => {
  expect(faultsOf(props)).toContain(fault);
});

test('all faults come in one error, those beside a group of the caller too', () => {
  const stack = stackWith();
  const logGroup = new logs.LogGroup(stack, 'Shared');
  const beside = { logRetention: RetentionDays.ONE_DAY, logRemovalPolicy: RemovalPolicy.DESTROY, logging: Logging.json({ maskPersonalData: true }) };
  expect(() => secure({ logGroup, timeout: Duration.seconds(0), ...beside }, stack))
    .toThrow(/4 faults[^]*`timeout`[^]*`logRetention`[^]*`logRemovalPolicy`[^]*`logging.dataProtectionPolicy`/);
});

describe('an existing function with the custom resource for its retention', () => {
  test('keeps its retention without it', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', { ...CODE, logRetention: RetentionDays.THREE_MONTHS, logRemovalPolicy: RemovalPolicy.DESTROY });
    fn.with(new OwnLogGroup());
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::LogRetention', 0);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::IAM::Role', 1);
  });

  test('leaves the handler to the others that use it', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Other', { ...CODE, logRetention: RetentionDays.ONE_DAY });
    new lambda.Function(stack, 'Handler', { ...CODE, logRetention: RetentionDays.ONE_DAY }).with(new OwnLogGroup());
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::LogRetention', 1);
    template.resourceCountIs('AWS::Lambda::Function', 3);
  });

  test('may not keep logs for ever without a reason, unless nobody asked for that', () => {
    const stack = stackWith();
    const asked = new lambda.Function(stack, 'Asked', { ...CODE, logRetention: RetentionDays.INFINITE });
    expect(() => asked.with(new OwnLogGroup())).toThrow('`logging.retention` is `RetentionDays.INFINITE`');
    const touched = new lambda.Function(stack, 'Touched', CODE);
    expect(touched.logGroup).toBeDefined();
    touched.with(new OwnLogGroup());
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });
});

test('an existing function keeps its levels, its format with a reason, and a group set on the L1', () => {
  const stack = stackWith();
  const verbose = new lambda.Function(stack, 'Verbose', { ...CODE, loggingFormat: LoggingFormat.JSON, applicationLogLevelV2: ApplicationLogLevel.ERROR });
  const plain = new lambda.Function(stack, 'Plain', { ...CODE, loggingFormat: LoggingFormat.TEXT });
  const elsewhere = new lambda.Function(stack, 'Elsewhere', CODE);
  (elsewhere.node.defaultChild as lambda.CfnFunction).loggingConfig = { logGroup: 'audit' };
  expect(() => plain.with(new OwnLogGroup())).toThrow('`loggingFormat` is `Text`');
  verbose.with(new OwnLogGroup());
  plain.with(new OwnLogGroup({ weakened: [Weakened.logFormat(REASON)] }));
  elsewhere.with(new OwnLogGroup());
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR' } });
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'Text' } });
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogFormat: 'JSON', LogGroup: 'audit' } });
  template.resourceCountIs('AWS::Logs::LogGroup', 2);
  expect(elsewhere.logGroup.logGroupName).toBe('audit');
});

test('options given to a function that is secure already change only what they name', () => {
  const { fn, template } = secure({ logging: Logging.json({ retention: RetentionDays.ONE_WEEK, level: ApplicationLogLevel.ERROR }) });
  fn.with(new OwnLogGroup({ logging: Logging.json({ level: ApplicationLogLevel.WARN }) }));
  template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  template().hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { ApplicationLogLevel: 'WARN' } });
});

test('imported functions are left alone', () => {
  const stack = stackWith();
  Mixins.of(stack).apply(new OwnLogGroup());
  lambda.Function.fromFunctionName(stack, 'Imported', 'legacy').with(new OwnLogGroup());
  Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
});

test('Lambda Insights writes to its own group by a statement instead of a managed policy', () => {
  const { template } = secure({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0 }, new Stack(new App(), 'Stack', { env: { region: 'eu-central-1' } }));
  template().hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: Match.absent(),
    Policies: [{
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::Join': ['', Match.arrayWith([':log-group:/aws/lambda-insights:*'])] },
        })]),
      },
    }],
  });
});

function acknowledged(fn: lambda.Function): string[] {
  return fn.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').flatMap(({ data }) => Object.keys(data))
    .filter(id => id.startsWith('cdk-secure-serverless::lambda/log') || id.includes('LogGroup'));
}
