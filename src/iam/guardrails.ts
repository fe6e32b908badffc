import { actionsByService } from './actions-of-functions';

/**
 * Actions that take away what watches over an app, limits it, or lets it be repaired. What changes functions is none of them.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const GUARDRAIL_REMOVALS = actionsByService(
  ['cloudtrail', 'DeleteEventDataStore', 'DeleteTrail', 'PutEventSelectors', 'StopEventDataStoreIngestion', 'StopLogging', 'UpdateTrail'],
  ['cloudwatch', 'DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState'],
  ['config', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel', 'StopConfigurationRecorder'],
  ['dynamodb', 'DeleteBackup', 'UpdateContinuousBackups'],
  ['ec2', 'DeleteFlowLogs'],
  ['guardduty', 'DeleteDetector', 'DeleteFilter', 'UpdateDetector'],
  ['kms', 'DisableKey', 'DisableKeyRotation', 'ScheduleKeyDeletion'],
  ['lambda', 'DeleteFunctionEventInvokeConfig', 'PutFunctionRecursionConfig', 'PutRuntimeManagementConfig'],
  ['logs', 'DeleteDataProtectionPolicy', 'DeleteLogGroup', 'DeleteLogStream', 'DeleteMetricFilter', 'DeleteRetentionPolicy', 'DeleteSubscriptionFilter',
    'PutRetentionPolicy'],
  ['s3', 'PutAccountPublicAccessBlock', 'PutBucketLogging', 'PutBucketPublicAccessBlock', 'PutBucketVersioning'],
  ['securityhub', 'DisableSecurityHub'],
  ['wafv2', 'DeleteLoggingConfiguration', 'DeleteWebACL', 'DisassociateWebACL', 'UpdateWebACL'],
);
