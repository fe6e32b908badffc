import { CfnResource, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { checkMember, checkOnce, checkRetention } from '../checks';
import { SecureDefaults } from '../defaults';
import { addToExecutionPolicy } from './execution-policy';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';
import { LEFT_TO_OWN_LOG_GROUP } from './left-to-parts';
import { cfnFunctionOf, isSecurable } from './securable-function';
import { Logging } from '../options/logging';
import { readFrom } from '../references';
import { allowLogGroups, encryptionKeyFor } from '../shared/encryption-key';
import { checkReason, recordWeakening, Weakened, WeakenedConcern } from '../weakened';

/**
 * Properties for `OwnLogGroup`.
 */
export interface OwnLogGroupProps {
  /**
   * How the function logs.
   *
   * @default - what the function says already, else the value of `SecureDefaults`: JSON at level INFO, kept for a year
   */
  readonly logging?: Logging;

  /**
   * Reasons for what is weaker than the default: `Weakened.retention`, `Weakened.logLevel`, `Weakened.logFormat`.
   *
   * @default - those of `SecureDefaults`
   */
  readonly weakened?: Weakened[];
}

type LoggingOfL2 = Pick<lambda.FunctionOptions, typeof LEFT_TO_OWN_LOG_GROUP[number] | 'logGroup'>;

/** Settings of all sources together; what is absent was not asked for. */
interface Asked {
  readonly applicationLevel?: string;
  readonly encryptionKey?: kms.IKey;
  readonly format?: string;
  readonly removalPolicy?: RemovalPolicy;
  readonly retention?: logs.RetentionDays;
  readonly systemLevel?: string;
  readonly dataProtectionPolicy?: logs.DataProtectionPolicy;
}

/** Id of the L2's own group, so that the logical id is the same whichever of the two made it. */
const GROUP_ID = 'LogGroup';
const RETENTION_ID = 'LogRetention';
const RETENTION_HANDLER_ID = 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a';
const OWN = new WeakMap<lambda.Function, logs.LogGroup>();

/**
 * Gives a function a log group of its own: encrypted, with a retention, structured, under a generated name.
 *
 * The group never has the name `/aws/lambda/<function>` that Lambda would choose: the role names the group and the
 * function names the role, so that would be a cycle, and a group that Lambda made first would fail the deployment. The
 * custom resource by which the L2 sets a retention is never used, and taken out where it is there already; so apply this
 * to an existing function before anything else uses its `logGroup`.
 *
 * A `logGroup` of the caller is used as it is: its encryption and retention are the caller's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export class OwnLogGroup extends FunctionPart {
  private readonly l2: LoggingOfL2;

  constructor(private readonly props: OwnLogGroupProps = {}) {
    super();
    this.l2 = props as LoggingOfL2;
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    (this.props.logging ?? SecureDefaults.of(scope).logging)._check(faults);
    this.checkL2(faults);
    const { retention, applicationLevel, format } = this.asked(scope);
    if (isInfinite(retention)) {
      this.needReason(scope, faults, 'retention',
        [firstGiven(this.l2, 'logRetention') ?? 'logging.retention', 'RetentionDays.INFINITE', 'a retention that ends', 'use `RetentionDays.ONE_YEAR`']);
    }
    if (isVerbose(applicationLevel)) {
      this.needReason(scope, faults, 'logLevel',
        [firstGiven(this.l2, 'applicationLogLevelV2', 'applicationLogLevel') ?? 'logging.level', applicationLevel,
          'INFO, WARN, ERROR, FATAL', 'use `ApplicationLogLevel.INFO`']);
    }
    if (isText(format)) {
      this.needReason(scope, faults, 'logFormat',
        [firstGiven(this.l2, 'logFormat') ?? 'loggingFormat', format, 'JSON', 'use `LoggingFormat.JSON`']);
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    if (Token.isUnresolved(cfn.loggingConfig)) return;
    const asked = this.asked(fn);
    const callers = callersGroup(fn);
    const { name, arn } = callers ? { name: callers.logGroupName, arn: callers.logGroupArn } : this.secureGroup(fn, asked);
    const structured = !isText(asked.format);
    cfn.loggingConfig = {
      logFormat: asked.format ?? lambda.LoggingFormat.JSON,
      // Lambda refuses levels for plain text.
      applicationLogLevel: structured ? asked.applicationLevel ?? lambda.ApplicationLogLevel.INFO : undefined,
      systemLogLevel: structured ? asked.systemLevel ?? lambda.SystemLogLevel.INFO : undefined,
      logGroup: name,
    };
    allowWrites(fn, arn);
    this.record(fn, 'retention', !callers && isInfinite(asked.retention), ['lambda/log-retention'], ['CloudWatchLogGroupRetentionPeriod']);
    this.record(fn, 'logLevel', isVerbose(asked.applicationLevel), ['lambda/log-level']);
    this.record(fn, 'logFormat', !structured, ['lambda/log-format']);
  }

  /** The first source that says something wins: `logging`, the L2's props, the function as it is, `SecureDefaults`. */
  private asked(scope: IConstruct): Asked {
    const sources = [
      ofLogging(this.props.logging),
      ofL2(this.l2),
      isSecurable(scope) ? ofFunction(scope) : {},
      ofLogging(SecureDefaults.of(scope).logging),
    ];
    return Object.assign({}, ...sources.reverse().map(withoutAbsent));
  }

  private secureGroup(fn: lambda.Function, asked: Asked): { readonly name: string; readonly arn: string } {
    const group = OWN.get(fn) ?? takeOver(fn);
    OWN.set(fn, group);
    fn['_logGroup'] = group;
    const cfnGroup = group.node.defaultChild as logs.CfnLogGroup;
    const key = asked.encryptionKey ?? encryptionKeyFor(fn);
    allowLogGroups(key, fn);
    cfnGroup.kmsKeyId = readFrom(fn, key.keyArn);
    cfnGroup.retentionInDays = isInfinite(asked.retention) ? undefined : asked.retention ?? logs.RetentionDays.ONE_YEAR;
    if (asked.removalPolicy) cfnGroup.applyRemovalPolicy(asked.removalPolicy);
    if (asked.dataProtectionPolicy) cfnGroup.dataProtectionPolicy = render(asked.dataProtectionPolicy, group);
    // Of the resource, which is in the function's stack: those of the L2 are ready to be read from another one, and slow for that.
    return { name: readFrom(fn, cfnGroup.ref), arn: readFrom(fn, cfnGroup.attrArn) };
  }

  private checkL2(faults: Faults): void {
    const { logFormat, loggingFormat, applicationLogLevel, applicationLogLevelV2, systemLogLevel, systemLogLevelV2, logGroup } = this.l2;
    const asked = this.props.logging?._options ?? {};
    checkRetention(faults, 'logRetention', this.l2.logRetention);
    checkMember(faults, 'applicationLogLevel', applicationLogLevel, Object.values(lambda.ApplicationLogLevel));
    checkMember(faults, 'systemLogLevel', systemLogLevel, Object.values(lambda.SystemLogLevel));
    checkMember(faults, 'logFormat', logFormat, Object.values(lambda.LoggingFormat));
    checkOnce(faults, { logFormat, loggingFormat });
    checkOnce(faults, { applicationLogLevel, applicationLogLevelV2, 'logging.level': asked.level });
    checkOnce(faults, { systemLogLevel, systemLogLevelV2, 'logging.systemLevel': asked.systemLevel });
    checkOnce(faults, { 'logRetention': this.l2.logRetention, 'logging.retention': asked.retention });
    checkOnce(faults, { 'logRemovalPolicy': this.l2.logRemovalPolicy, 'logging.removalPolicy': asked.removalPolicy });
    if (isText(logFormat ?? loggingFormat)) checkNoLevels(faults, ofL2(this.l2), asked);
    if (logGroup) checkSettingsAreTheGroups(faults, this.l2, this.props.logging);
  }

  private needReason(scope: IConstruct, faults: Faults, concern: WeakenedConcern, fault: Parameters<Faults['add']>): void {
    const reason = this.reason(scope, concern);
    const [property, value, allowed, change] = fault;
    if (reason === undefined) faults.add(property, value, allowed, `${change}, or add \`Weakened.${concern}('...')\` to \`weakened\``);
    else checkReason(faults, `Weakened.${concern}`, reason);
  }

  private record(fn: lambda.Function, concern: WeakenedConcern, weak: boolean, rules: string[], nagRules: string[] = []): void {
    const reason = this.reason(fn, concern);
    if (!weak || reason === undefined) return;
    recordWeakening(fn, concern, reason, [
      ...rules.map(rule => `cdk-secure-serverless::${rule}`),
      ...nagRules.flatMap(rule => ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless'].map(pack => `${pack}-${rule}`)),
    ]);
  }

  private reason(scope: IConstruct, concern: WeakenedConcern): string | undefined {
    return Weakened._reason(this.props.weakened, concern) ?? Weakened._reason(SecureDefaults.of(scope).weakened, concern);
  }
}

function ofLogging(logging: Logging | undefined): Asked {
  if (!logging) return {};
  const { retention, level, systemLevel, encryptionKey, removalPolicy } = logging._options;
  return { retention, applicationLevel: level, systemLevel, encryptionKey, removalPolicy, dataProtectionPolicy: logging._dataProtectionPolicy };
}

function ofL2(l2: LoggingOfL2): Asked {
  return {
    applicationLevel: l2.applicationLogLevelV2 ?? l2.applicationLogLevel,
    format: l2.loggingFormat ?? l2.logFormat,
    removalPolicy: l2.logRemovalPolicy,
    retention: l2.logRetention,
    systemLevel: l2.systemLogLevelV2 ?? l2.systemLogLevel,
  };
}

/** The first of `properties` that the caller set. */
function firstGiven(l2: LoggingOfL2, ...properties: (keyof LoggingOfL2)[]): string | undefined {
  return properties.find(property => l2[property] !== undefined);
}

/** What the function was given before this part came to it. */
function ofFunction(fn: lambda.Function): Asked {
  const config = cfnFunctionOf(fn).loggingConfig as lambda.CfnFunction.LoggingConfigProperty | undefined;
  const group = OWN.get(fn);
  return {
    ...Token.isUnresolved(config) ? {} : {
      applicationLevel: config?.applicationLogLevel,
      format: config?.logFormat,
      systemLevel: config?.systemLogLevel,
    },
    ...group ? ofGroup(group) : ofRetentionResource(fn),
  };
}

function ofGroup(group: logs.LogGroup): Asked {
  const { retentionInDays } = group.node.defaultChild as logs.CfnLogGroup;
  return { retention: retentionInDays ?? logs.RetentionDays.INFINITE };
}

/** The custom resource that the L2 made for `logRetention`; the one that it makes for `logGroup` says nothing. */
function ofRetentionResource(fn: lambda.Function): Asked {
  const resource = fn._logRetention?.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) return {};
  const { RetentionInDays, RemovalPolicy: removalPolicy } = resource['_cfnProperties'];
  return { retention: RetentionInDays ?? logs.RetentionDays.INFINITE, removalPolicy };
}

function withoutAbsent(asked: Asked): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

/** The group that the caller chose, through the L2 or on the L1. */
function callersGroup(fn: lambda.Function): logs.ILogGroup | undefined {
  const name = (cfnFunctionOf(fn).loggingConfig as lambda.CfnFunction.LoggingConfigProperty | undefined)?.logGroup;
  if (OWN.has(fn) || name === undefined) return undefined;
  fn['_logGroup'] ??= logs.LogGroup.fromLogGroupName(fn, GROUP_ID, name);
  return fn['_logGroup'];
}

/**
 * The group that the L2 made is kept, since others may refer to it, but without its name; the custom resource for the
 * retention goes, and with it what stands for its group.
 */
function takeOver(fn: lambda.Function): logs.LogGroup {
  const existing = fn.node.tryFindChild(GROUP_ID);
  const cfnGroup = existing?.node.defaultChild;
  if (CfnResource.isCfnResource(cfnGroup) && cfnGroup.cfnResourceType === logs.CfnLogGroup.CFN_RESOURCE_TYPE_NAME) {
    (cfnGroup as logs.CfnLogGroup).logGroupName = undefined;
    return existing as logs.LogGroup;
  }
  if (fn['_logGroup']) fn.node.tryRemoveChild(fn['_logGroup'].node.id);
  if (fn.node.tryRemoveChild(RETENTION_ID)) removeUnusedRetentionHandler(fn);
  return new logs.LogGroup(fn, GROUP_ID);
}

/** The handler behind the custom resources of the whole stack goes with the last of them. */
function removeUnusedRetentionHandler(fn: lambda.Function): void {
  const stack = Stack.of(fn);
  const used = stack.node.findAll().some(each => CfnResource.isCfnResource(each) && each.cfnResourceType === 'Custom::LogRetention');
  if (!used) stack.node.tryRemoveChild(RETENTION_HANDLER_ID);
}

/** Only streams and their events: the group is there before the function, which need not make it. */
function allowWrites(fn: lambda.Function, logGroupArn: string): void {
  addToExecutionPolicy(fn, {
    Sid: 'WriteOwnLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: logGroupArn,
  });
}

/** As the L2 of the group writes it into the L1, which is the only way for a group that exists already. */
function render(policy: logs.DataProtectionPolicy, group: logs.LogGroup): object {
  const { name, description, version, statement, configuration } = policy._bind(group);
  return { Name: name, Description: description, Version: version, Statement: statement, Configuration: configuration };
}

function isInfinite(retention: logs.RetentionDays | undefined): boolean {
  return retention === logs.RetentionDays.INFINITE;
}

function isVerbose(level: string | undefined): boolean {
  return level === lambda.ApplicationLogLevel.DEBUG || level === lambda.ApplicationLogLevel.TRACE;
}

function isText(format: string | undefined): boolean {
  return format === lambda.LoggingFormat.TEXT;
}

function checkNoLevels(faults: Faults, l2: Asked, logging: { level?: string; systemLevel?: string }): void {
  const levels = { 'logging.level': logging.level ?? l2.applicationLevel, 'logging.systemLevel': logging.systemLevel ?? l2.systemLevel };
  for (const [property, value] of Object.entries(levels).filter(([, level]) => level !== undefined)) {
    faults.add(property, value, 'no level for plain text', 'leave it out, or log as JSON');
  }
}

function checkSettingsAreTheGroups(faults: Faults, l2: LoggingOfL2, logging: Logging | undefined): void {
  const { retention, encryptionKey, removalPolicy } = logging?._options ?? {};
  const settings = {
    'logRetention': l2.logRetention,
    'logRemovalPolicy': l2.logRemovalPolicy,
    'logging.retention': retention,
    'logging.encryptionKey': encryptionKey?.node.path,
    'logging.removalPolicy': removalPolicy,
    'logging.dataProtectionPolicy': logging?._dataProtectionPolicy && 'a policy',
  };
  for (const [property, value] of Object.entries(settings).filter(([, given]) => given !== undefined)) {
    faults.add(property, value, 'nothing beside `logGroup`', 'set it on the log group that you give, or leave `logGroup` out');
  }
}
