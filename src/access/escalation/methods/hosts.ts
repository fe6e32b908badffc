import { Method, takesOver } from '../method';

/**
 * Ways that change what runs with a role, or make it run what one likes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const HOST_METHODS: readonly Method[] = [
  takesOver('function', ['lambda:UpdateFunctionCode'], 'changes its code'),
  takesOver('function', ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], 'changes its code, and invokes it'),
  takesOver('function', ['lambda:UpdateFunctionCode', 'lambda:AddPermission'], 'changes its code, and lets others invoke it'),
  takesOver('function', ['lambda:UpdateFunctionConfiguration'], 'changes its layers, environment or handler'),

  takesOver('code archive', ['s3:PutObject'], 'puts code in its place, which the function has when it is deployed next'),
  takesOver('image', ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'],
    'pushes another image, which the function has when it is deployed next'),

  takesOver('instance', ['ssm:StartSession'], 'opens a session on it'),
  takesOver('instance', ['ssm:SendCommand'], 'sends it a command'),
  takesOver('instance', ['ec2-instance-connect:SendSSHPublicKey'], 'has it accept a key', ['ec2:DescribeInstances']),
  takesOver('instance', ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], 'changes what it runs at its next start'),
  takesOver('launch template', ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'], 'changes what instances run that are made by it'),

  takesOver('project', ['codebuild:StartBuild'], 'starts a build with commands of its own'),
  takesOver('project', ['codebuild:StartBuildBatch'], 'starts builds with commands of its own'),
  takesOver('deployment group', ['codedeploy:CreateDeployment'], 'deploys a revision of its own', [
    'codedeploy:GetDeploymentConfig', 'codedeploy:RegisterApplicationRevision',
  ]),
  takesOver('stack', ['cloudformation:UpdateStack'], 'updates it with the role that it has'),
  takesOver('stack', ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], 'changes it with the role that it has'),

  takesOver('service', ['apprunner:UpdateService'], 'has it run another image'),
  takesOver('job definition', ['batch:SubmitJob'], 'submits a job with commands of its own'),
  takesOver('task', ['ecs:ExecuteCommand'], 'runs a command in it', ['ecs:DescribeTasks']),
  takesOver('development endpoint', ['glue:UpdateDevEndpoint'], 'has it accept a key'),
  takesOver('state machine', ['states:UpdateStateMachine', 'states:StartExecution'], 'changes it, and starts it'),

  takesOver('notebook', ['sagemaker:CreatePresignedNotebookInstanceUrl'], 'opens it'),
  takesOver('notebook', ['sagemaker:UpdateNotebookInstance', 'sagemaker:StopNotebookInstance', 'sagemaker:StartNotebookInstance'],
    'changes what it runs at its next start', ['sagemaker:CreateNotebookInstanceLifecycleConfig']),

  takesOver('browser', ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'], 'opens a session of it'),
  takesOver('agent runtime', ['bedrock-agentcore:InvokeAgentRuntimeCommand'], 'runs a command in it'),
  takesOver('code interpreter', ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'], 'runs code in it'),
];
