import { Duration, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Faults } from './faults';

/** Two ways to say the same thing: saying it twice is a mistake, and one of them would be ignored. */
export function checkOnce(faults: Faults, ways: Record<string, unknown>): void {
  const [kept, ...others] = Object.entries(ways).filter(([, value]) => value !== undefined);
  for (const [property, value] of others) {
    faults.add(property, value, `one of \`${kept[0]}\` and \`${property}\``, 'leave one of them out');
  }
}

const RETENTIONS = Object.values(logs.RetentionDays).filter(each => typeof each === 'number');

/** CloudWatch Logs takes only certain numbers of days. */
export function checkRetention(faults: Faults, property: string, retention: logs.RetentionDays | undefined): void {
  if (retention === undefined || Token.isUnresolved(retention) || RETENTIONS.includes(retention)) return;
  faults.add(property, retention, 'a member of `RetentionDays`', 'use the next longer one, such as `RetentionDays.ONE_YEAR`');
}

export function checkMember(faults: Faults, property: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || Token.isUnresolved(value) || allowed.includes(value)) return;
  faults.add(property, value, allowed.join(', '), 'use one of them, in capitals');
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function checkStandard(faults: Faults, property: string, target: sqs.IQueue | sns.ITopic | undefined): void {
  if (target?.fifo) faults.add(property, target.node.path, 'a queue or topic that is not FIFO', 'use a standard one');
}

/**
 * Checked here, since the CDK reports the first of them only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
export function checkBounds(faults: Faults, prefix: string, maxEventAge: Duration | undefined, retryAttempts: number | undefined): void {
  if (maxEventAge && !maxEventAge.isUnresolved()) {
    const seconds = maxEventAge.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < 60 || seconds > 21_600) {
      faults.add(`${prefix}maxEventAge`, maxEventAge.toHumanString(), 'whole seconds from 60 s to 21600 s', 'set how long an event may wait, such as `Duration.hours(1)`');
    }
  }
  if (retryAttempts !== undefined && !Token.isUnresolved(retryAttempts) && ![0, 1, 2].includes(retryAttempts)) {
    faults.add(`${prefix}retryAttempts`, retryAttempts, '0, 1, 2', 'let the destination of failed events do the rest');
  }
}
