/**
 * Actions that pass a role to a service, beside those of which AWS's reference says so: each takes the ARN of a role that the service assumes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const WITH_ROLE: ReadonlySet<string> = new Set([
  // https://docs.aws.amazon.com/apprunner/latest/api/API_InstanceConfiguration.html
  'apprunner:CreateService', 'apprunner:UpdateService',
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
  'cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:DeleteStack', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStackSet',
  'cloudformation:UpdateStackSet',
  // https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html
  'codebuild:CreateProject', 'codebuild:UpdateProject', 'codebuild:StartBuild', 'codebuild:StartBuildBatch',
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  'ecs:RegisterTaskDefinition',
  // https://docs.aws.amazon.com/glue/latest/dg/create-an-iam-role.html
  'glue:CreateJob', 'glue:UpdateJob', 'glue:CreateDevEndpoint', 'glue:CreateCrawler', 'glue:UpdateCrawler', 'glue:CreateSession', 'glue:CreateMLTransform',
  // https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
  'lambda:UpdateFunctionConfiguration',
]);
