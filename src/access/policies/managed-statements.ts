import { managedPolicyDocument } from '../../iam/data/managed-policies';
import { Policy } from '../../iam/role';
import { Statement } from '../../iam/statement';
import { Value } from '../../model/value';

/** What rules know of these is all that they say, so that the table of all policies need not be read for them. */
export const KNOWN_EXACTLY: ReadonlySet<string> = new Set([
  'AdministratorAccess', 'AWSXRayDaemonWriteAccess', 'CloudWatchLambdaInsightsExecutionRolePolicy', 'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaDynamoDBExecutionRole', 'service-role/AWSLambdaKinesisExecutionRole', 'service-role/AWSLambdaRole',
  'service-role/AWSLambdaSQSQueueExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole',
]);

/** What a policy says; of one that AWS manages, all of it. */
export function statementsIn(policy: Policy): readonly Statement[] {
  const { aws, attachment, statements } = policy;
  const document = aws === undefined || KNOWN_EXACTLY.has(aws) ? undefined : managedPolicyDocument(aws);
  if (!document || !attachment) return statements;
  const known = read.get(policy) ?? document.Statement.map(raw => new Statement(attachment.origin, Value.known(raw), attachment.exists));
  read.set(policy, known);
  return known;
}

const read = new WeakMap<Policy, readonly Statement[]>();

/** Whether all that a policy says is known. */
export function isKnown({ aws, isKnown: isDescribed }: Policy): boolean {
  return isDescribed !== false || aws !== undefined && managedPolicyDocument(aws) !== undefined;
}
