/**
 * What the L2 must not act on: it would make a custom resource for the retention, refuse a level without a format
 * although JSON is the default here, and, for the removal policy, make no group that could have one.
 */
export const LEFT_TO_OWN_LOG_GROUP = [
  'applicationLogLevel',
  'applicationLogLevelV2',
  'logFormat',
  'loggingFormat',
  'logRemovalPolicy',
  'logRetention',
  'logRetentionRetryOptions',
  'logRetentionRole',
  'systemLogLevel',
  'systemLogLevelV2',
] as const;

/** The L2 would make an unencrypted queue that takes plain HTTP, and a policy of its own for the right to send. */
export const LEFT_TO_KEPT_FAILURES = ['deadLetterQueue', 'deadLetterQueueEnabled', 'deadLetterTopic'] as const;

/** Props of the L2 that a part acts on instead. */
export const LEFT_TO_PARTS: readonly string[] = [...LEFT_TO_OWN_LOG_GROUP, ...LEFT_TO_KEPT_FAILURES];
