import { actionsByService } from './actions-of-functions';

/**
 * Actions that open a resource to others: its policy, its list of who may use it, what it is shared with. Those of IAM lead to more rights by
 * themselves, those on functions change them, and grants of keys can be limited to services.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export const RESOURCE_EXPOSURES = actionsByService(
  ['apigateway', 'UpdateRestApiPolicy'],
  ['backup', 'PutBackupVaultAccessPolicy'],
  ['dynamodb', 'PutResourcePolicy'],
  ['ec2', 'ModifyImageAttribute', 'ModifySnapshotAttribute'],
  ['ecr', 'PutRegistryPolicy', 'SetRepositoryPolicy'],
  ['elasticfilesystem', 'PutFileSystemPolicy'],
  ['events', 'PutPermission'],
  ['kinesis', 'PutResourcePolicy'],
  ['kms', 'PutKeyPolicy'],
  ['lambda', 'AddLayerVersionPermission', 'PutResourcePolicy'],
  ['logs', 'PutDestinationPolicy', 'PutResourcePolicy'],
  ['ram', 'AssociateResourceShare', 'CreateResourceShare'],
  ['rds', 'ModifyDBClusterSnapshotAttribute', 'ModifyDBSnapshotAttribute'],
  ['s3', 'CreateAccessGrant', 'PutAccessPointPolicy', 'PutBucketAcl', 'PutBucketOwnershipControls', 'PutBucketPolicy', 'PutObjectAcl', 'PutObjectVersionAcl'],
  ['secretsmanager', 'PutResourcePolicy'],
  ['sns', 'AddPermission', 'SetTopicAttributes'],
  ['sqs', 'AddPermission', 'SetQueueAttributes'],
  ['ssm', 'ModifyDocumentPermission', 'PutResourcePolicy'],
);
