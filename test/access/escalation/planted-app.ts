import { AppModel } from '../../../src/model/app-model';
import { modelOf } from '../../iam/model-of';

const SERVICES = [
  'lambda', 'ec2', 'ecs-tasks', 'tasks.apprunner', 'cloudformation', 'codebuild', 'codestar', 'glue', 'datapipeline', 'elasticmapreduce', 'emr-serverless',
  'kinesisanalytics', 'omics', 'gamelift', 'braket', 'sagemaker', 'bedrock-agentcore', 'states', 'scheduler', 'ssm',
].map(service => `${service}.amazonaws.com`);

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: SERVICES } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } },
    { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'cognito-identity.amazonaws.com' } },
  ],
};

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (actions: string | readonly string[], resources: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action: actions, Resource: resources, ...more });
const inline = (...statements: object[]) => [{ PolicyName: 'Inline', PolicyDocument: document(...statements) }];

/** What somebody is given who must not get more. */
export interface Planted {
  readonly actions: readonly string[];
  readonly resources?: unknown;
  readonly condition?: object;
  readonly boundary?: readonly object[];
  readonly denied?: readonly string[];
}

/** All that an identity or host may be, once with all rights, and once with none and a boundary that keeps it so. */
function everything(name: 'Strong' | 'Weak', statements: readonly object[]): Record<string, object> {
  const role = arn(`${name}Role`);
  const rights = statements.length > 0 ? { Policies: inline(...statements) } : { PermissionsBoundary: { Ref: 'WeakPolicy' } };
  return {
    [`${name}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...rights } },
    [`${name}User`]: { Type: 'AWS::IAM::User', Properties: rights },
    [`${name}Group`]: { Type: 'AWS::IAM::Group', Properties: statements.length > 0 ? rights : {} },
    [`${name}Policy`]: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('s3:ListBucket')) } },
    [`${name}Function`]: { Type: 'AWS::Lambda::Function', Properties: { Role: role } },
    [`${name}Profile`]: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: `${name}Role` }] } },
    [`${name}Instance`]: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: `${name}Profile` } } },
    [`${name}Template`]: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arn(`${name}Profile`) } } } },
    [`${name}Project`]: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: role } },
    [`${name}Job`]: { Type: 'AWS::Batch::JobDefinition', Properties: { ContainerProperties: { JobRoleArn: role } } },
    [`${name}Endpoint`]: { Type: 'AWS::Glue::DevEndpoint', Properties: { RoleArn: role, EndpointName: `${name.toLowerCase()}-endpoint` } },
    [`${name}Notebook`]: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { RoleArn: role } },
    [`${name}Service`]: { Type: 'AWS::AppRunner::Service', Properties: { InstanceConfiguration: { InstanceRoleArn: role } } },
    [`${name}Machine`]: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: role } },
    [`${name}Browser`]: { Type: 'AWS::BedrockAgentCore::BrowserCustom', Properties: { ExecutionRoleArn: role } },
    [`${name}Interpreter`]: { Type: 'AWS::BedrockAgentCore::CodeInterpreterCustom', Properties: { ExecutionRoleArn: role } },
    [`${name}Runtime`]: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { RoleArn: role } },
  };
}

/** The ARNs of all of these. */
export function all(name: 'Strong' | 'Weak'): readonly object[] {
  const named = (kind: string, attribute: string) => attribute === 'Ref' ? { Ref: name + kind } : { 'Fn::GetAtt': [name + kind, attribute] };
  const built = (format: string) => ({ 'Fn::Sub': format.replace('NAME', name) });
  return [
    ...['Role', 'User', 'Group', 'Function', 'Project'].map(kind => named(kind, 'Arn')),
    ...['Policy', 'Job', 'Notebook', 'Machine'].map(kind => named(kind, 'Ref')),
    named('Service', 'ServiceArn'), named('Browser', 'BrowserArn'), named('Interpreter', 'CodeInterpreterArn'), named('Runtime', 'AgentRuntimeArn'),
    built('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/${NAMEInstance}'),
    built('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:launch-template/${NAMETemplate}'),
    built(`arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:devEndpoint/${name.toLowerCase()}-endpoint`),
  ];
}

/** A role that may do everything, but for its boundary. */
function bounded(boundary: string): object {
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: inline(allow('*')), PermissionsBoundary: { Ref: boundary } } };
}

/** An app in which somebody has some actions: the role of a function, or a user in a group. */
export function plantedApp({ actions, resources, condition, boundary, denied = [] }: Planted): AppModel {
  const isUser = actions.some(action => /user|group|loginprofile/.test(action));
  const statement = allow(actions, resources, condition ? { Condition: condition } : {});
  const deny = denied.length > 0 ? [{ Effect: 'Deny', Action: denied, Resource: '*' }] : [];
  const hasBoundary = boundary || actions.some(action => action.includes('userpermissionsboundary'));
  return modelOf({
    ...everything('Strong', [allow('*')]),
    ...everything('Weak', []),
    Attacker: isUser
      ? { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Team' }], ...hasBoundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {} } }
      : { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...hasBoundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {} } },
    ...actions.some(action => action.includes('rolepermissionsboundary')) ? { Bounded: bounded('WeakPolicy') } : {},
    Team: { Type: 'AWS::IAM::Group' },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(...boundary ?? [allow(['iam:*', 'sts:*'])]) } },
    Planted: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: document(statement, ...deny, allow('s3:List*')), [isUser ? 'Users' : 'Roles']: [{ Ref: 'Attacker' }] },
    },
  });
}
