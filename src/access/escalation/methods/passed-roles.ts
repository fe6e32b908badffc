import { Method, passes } from '../method';

const AGENTS = 'bedrock-agentcore.amazonaws.com';
const BUILDS = 'codebuild.amazonaws.com';
const FUNCTIONS = 'lambda.amazonaws.com';
const GLUE = 'glue.amazonaws.com';
const INSTANCES = 'ec2.amazonaws.com';
const NOTEBOOKS = 'sagemaker.amazonaws.com';
const STACKS = 'cloudformation.amazonaws.com';
const TASKS = 'ecs-tasks.amazonaws.com';

/**
 * Ways that pass a role to a service which then runs what one likes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const PASSED_ROLE_METHODS: readonly Method[] = [
  passes(FUNCTIONS, ['lambda:CreateFunction', 'lambda:InvokeFunction'], 'makes a function with it, and invokes that'),
  passes(FUNCTIONS, ['lambda:CreateFunction', 'lambda:AddPermission'], 'makes a function with it, and lets others invoke that'),
  passes(FUNCTIONS, ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'], 'makes a function with it that reads an existing source'),
  passes(FUNCTIONS, ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping', 'dynamodb:CreateTable', 'dynamodb:PutItem'],
    'makes a function with it that reads a new table'),

  passes(INSTANCES, ['ec2:RunInstances'], 'starts an instance with it'),
  passes(INSTANCES, ['ec2:RequestSpotInstances'], 'asks for an instance with it'),
  passes(INSTANCES, ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'], 'has a new group start instances with it'),
  passes(INSTANCES, ['autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'], 'has an existing group start instances with it'),
  passes(INSTANCES, [
    'imagebuilder:CreateComponent', 'imagebuilder:CreateImageRecipe', 'imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:CreateImage',
  ], 'builds an image on an instance with it'),

  passes(TASKS, ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], 'runs a new task with it'),
  passes(TASKS, ['ecs:RegisterTaskDefinition', 'ecs:StartTask'], 'starts a new task with it'),
  passes(TASKS, ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], 'makes a service of new tasks with it'),
  passes(TASKS, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'], 'runs a new task with it in a new cluster'),
  passes(TASKS, ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'], 'makes a service of new tasks with it in a new cluster'),
  passes(TASKS, ['ecs:RunTask'], 'runs an existing task with it and with commands of its own'),
  passes(TASKS, ['ecs:StartTask'], 'starts an existing task with it and with commands of its own'),
  passes(TASKS, ['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance', 'ecs:StartTask'], 'starts a task with it on an instance of its own'),
  passes(TASKS, ['batch:RegisterJobDefinition', 'batch:SubmitJob'], 'submits a new job with it'),
  passes('tasks.apprunner.amazonaws.com', ['apprunner:CreateService'], 'makes a service with it'),

  passes(STACKS, ['cloudformation:CreateStack'], 'makes a stack with it'),
  passes(STACKS, ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'], 'makes a set of stacks with it'),
  passes(STACKS, ['cloudformation:UpdateStackSet'], 'updates a set of stacks with it'),
  passes(BUILDS, ['codebuild:CreateProject', 'codebuild:StartBuild'], 'builds a new project with it'),
  passes(BUILDS, ['codebuild:CreateProject', 'codebuild:StartBuildBatch'], 'builds a new project with it in batches'),
  passes('codestar.amazonaws.com', ['codestar:CreateProject'], 'makes a project with it'),

  passes(GLUE, ['glue:CreateDevEndpoint'], 'makes a development endpoint with it'),
  passes(GLUE, ['glue:CreateSession', 'glue:RunStatement'], 'runs statements in a session with it'),
  passes(GLUE, ['glue:CreateJob', 'glue:StartJobRun'], 'runs a new job with it'),
  passes(GLUE, ['glue:CreateJob', 'glue:CreateTrigger'], 'has a new trigger run a new job with it'),
  passes(GLUE, ['glue:UpdateJob', 'glue:StartJobRun'], 'runs an existing job with it'),
  passes(GLUE, ['glue:UpdateJob', 'glue:CreateTrigger'], 'has a new trigger run an existing job with it'),
  passes(['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com', INSTANCES], ['datapipeline:CreatePipeline'], 'makes a pipeline with it'),
  passes(['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com', INSTANCES],
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'], 'runs a pipeline with it'),
  passes(['elasticmapreduce.amazonaws.com', INSTANCES], ['elasticmapreduce:RunJobFlow'], 'runs a cluster with it'),
  passes('emr-serverless.amazonaws.com', ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'], 'runs a job with it'),
  passes('kinesisanalytics.amazonaws.com', ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'], 'runs an application with it'),
  passes('omics.amazonaws.com', ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject'], 'runs a workflow with it'),
  passes('gamelift.amazonaws.com', ['gamelift:CreateBuild', 'gamelift:RequestUploadCredentials', 'gamelift:CreateFleet'], 'makes a fleet with it'),
  passes('braket.amazonaws.com', ['braket:CreateJob'], 'runs a job with it'),

  passes(NOTEBOOKS, ['sagemaker:CreateNotebookInstance'], 'makes a notebook with it'),
  passes(NOTEBOOKS, ['sagemaker:CreateProcessingJob'], 'runs a processing job with it'),
  passes(NOTEBOOKS, ['sagemaker:CreateTrainingJob'], 'runs a training job with it'),
  passes(AGENTS, ['bedrock-agentcore:CreateBrowser', 'bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'],
    'opens a new browser with it'),
  passes(AGENTS, ['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    'runs code in a new interpreter with it'),
  passes(AGENTS, ['bedrock-agentcore:CreateAgentRuntime', 'bedrock-agentcore:CreateAgentRuntimeEndpoint', 'bedrock-agentcore:CreateWorkloadIdentity',
    'bedrock-agentcore:InvokeAgentRuntimeCommand'], 'runs a command in a new runtime with it'),
  passes(AGENTS, ['bedrock-agentcore:CreateHarness', 'bedrock-agentcore:CreateAgentRuntime', 'bedrock-agentcore:CreateAgentRuntimeEndpoint',
    'bedrock-agentcore:CreateWorkloadIdentity', 'bedrock-agentcore:GetAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeCommand'],
  'runs a command in a new harness with it'),

  passes('states.amazonaws.com', ['states:CreateStateMachine', 'states:StartExecution'], 'starts a new state machine with it'),
  passes('scheduler.amazonaws.com', ['scheduler:CreateSchedule'], 'has a schedule call services with it'),
  passes('ssm.amazonaws.com', ['ssm:CreateDocument', 'ssm:StartAutomationExecution'], 'runs a document with it'),
  passes('cognito-identity.amazonaws.com', ['cognito-identity:SetIdentityPoolRoles'], 'gives it to the users of an identity pool'),
];
