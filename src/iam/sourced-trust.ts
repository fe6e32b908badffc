import { serviceOf } from './principal';
import { namesSource } from './source-conditions';
import { Statement } from './statement';
import { Verdict } from '../model/verdict';

/**
 * Services that tell on whose behalf they assume a role. Others tell nothing, or don't say so: a role that asks them is assumed by nobody.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-confused-deputy.html
 */
const TELLING_SERVICES: ReadonlySet<string> = new Set(['events', 'logs', 'pipes', 'scheduler', 'states']);

/** That a role trusts services which tell on whose behalf they assume it. */
export interface SourcedTrust {
  readonly statement: Statement;
  /** `states`, `scheduler`. */
  readonly services: readonly string[];
  /** Whether the role asks for it. */
  readonly namesSource: Verdict;
}

/** What a statement of trust says of services that tell on whose behalf they assume the role; nothing if it trusts another one as well. */
export function sourcedTrust(statement: Statement): SourcedTrust | undefined {
  const services: string[] = [];
  for (const { type, value } of statement.principals) {
    const service = type === 'Service' ? serviceOf(value) : undefined;
    if (service === undefined || !TELLING_SERVICES.has(service)) return undefined;
    services.push(service);
  }
  return services.length === 0 ? undefined : { statement, services, namesSource: namesSource(statement) };
}
