import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { checkMember, checkRetention } from '../checks';
import { Faults } from '../faults';

/**
 * Options for `Logging.json`.
 */
export interface JsonLoggingOptions {
  /**
   * How long logs are kept. `RetentionDays.INFINITE` needs `Weakened.retention(reason)`.
   *
   * @default - what `logRetention` says, else the value of `SecureDefaults`, else `RetentionDays.ONE_YEAR`
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Least level of the messages of the function's code that are kept. `DEBUG` and `TRACE` need `Weakened.logLevel(reason)`.
   *
   * @default - what `applicationLogLevelV2` says, else the value of `SecureDefaults`, else `ApplicationLogLevel.INFO`
   */
  readonly level?: lambda.ApplicationLogLevel;

  /**
   * Least level of the messages of Lambda itself that are kept: each invocation's report is at `INFO`, a timeout or a
   * crash at `WARN`.
   *
   * @default - what `systemLogLevelV2` says, else the value of `SecureDefaults`, else `SystemLogLevel.INFO`
   */
  readonly systemLevel?: lambda.SystemLogLevel;

  /**
   * Key that encrypts the log group; its policy gets a statement for CloudWatch Logs.
   *
   * @default - the key of `SecureDefaults`, else the one key with rotation that all functions of the stack share
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the logs when the function is removed from the app.
   *
   * @default - what `logRemovalPolicy` says, else `RemovalPolicy.RETAIN` as for any log group of the CDK: what happened before
   * a deletion is what an audit asks for, and the retention clears it away in time
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Masks names, e-mail addresses, postal addresses, positions, IP addresses, card numbers and private keys in the logs;
   * who may `logs:Unmask` still reads them.
   *
   * Identifiers that differ from country to country are left out: name those of your users in `dataProtectionPolicy`.
   *
   * @default false - CloudWatch Logs charges by the volume that it scans
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
   */
  readonly maskPersonalData?: boolean;

  /**
   * What to mask in the logs, and where to report what was found, instead of `maskPersonalData`.
   *
   * @default - what `maskPersonalData` says
   */
  readonly dataProtectionPolicy?: logs.DataProtectionPolicy;
}

/**
 * How a function logs.
 */
export class Logging {
  /** Structured logs at level INFO in a log group of the function's own, encrypted and kept for a year. */
  public static json(options: JsonLoggingOptions = {}): Logging {
    return new Logging(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: JsonLoggingOptions,
  ) {}

  /** @internal */
  public get _dataProtectionPolicy(): logs.DataProtectionPolicy | undefined {
    return this._options.dataProtectionPolicy
      ?? (this._options.maskPersonalData ? new logs.DataProtectionPolicy({ identifiers: personalData() }) : undefined);
  }

  /** @internal */
  public _check(faults: Faults): void {
    const { retention, level, systemLevel, maskPersonalData, dataProtectionPolicy } = this._options;
    checkRetention(faults, 'logging.retention', retention);
    checkMember(faults, 'logging.level', level, Object.values(lambda.ApplicationLogLevel));
    checkMember(faults, 'logging.systemLevel', systemLevel, Object.values(lambda.SystemLogLevel));
    if (maskPersonalData && dataProtectionPolicy) {
      faults.add('logging.maskPersonalData', true, 'one of `maskPersonalData` and `dataProtectionPolicy`',
        'leave it out, and list what it would mask among the identifiers of the policy');
    }
  }
}

/** Made on use: the identifiers are CDK objects, which take time to load. */
function personalData(): logs.DataIdentifier[] {
  const { DataIdentifier } = logs;
  return [
    DataIdentifier.ADDRESS,
    DataIdentifier.AWSSECRETKEY,
    DataIdentifier.CREDITCARDEXPIRATION,
    DataIdentifier.CREDITCARDNUMBER,
    DataIdentifier.CREDITCARDSECURITYCODE,
    DataIdentifier.EMAILADDRESS,
    DataIdentifier.IPADDRESS,
    DataIdentifier.LATLONG,
    DataIdentifier.NAME,
    DataIdentifier.OPENSSHPRIVATEKEY,
    DataIdentifier.PGPPRIVATEKEY,
    DataIdentifier.PKCSPRIVATEKEY,
    DataIdentifier.PUTTYPRIVATEKEY,
  ];
}
