import { Host } from './method';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { names } from '../names/names';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** What a host is called in templates and in ARNs. */
interface HostFormat {
  /** After `arn:aws:`, of all hosts in an account. */
  readonly all: string;
  /** Types of resources, and the property of each that names its role, or the profile that has it. */
  readonly roles: Readonly<Record<string, string>>;
}

export const HOSTS: Readonly<Record<Host, HostFormat>> = {
  'agent runtime': { all: 'bedrock-agentcore:*:{account}:runtime/*', roles: { 'AWS::BedrockAgentCore::Runtime': 'RoleArn' } },
  'browser': { all: 'bedrock-agentcore:*:{account}:browser-custom/*', roles: { 'AWS::BedrockAgentCore::BrowserCustom': 'ExecutionRoleArn' } },
  'code interpreter': {
    all: 'bedrock-agentcore:*:{account}:code-interpreter-custom/*', roles: { 'AWS::BedrockAgentCore::CodeInterpreterCustom': 'ExecutionRoleArn' },
  },
  'deployment group': { all: 'codedeploy:*:{account}:deploymentgroup:*', roles: {} },
  'development endpoint': { all: 'glue:*:{account}:devEndpoint/*', roles: { 'AWS::Glue::DevEndpoint': 'RoleArn' } },
  'function': { all: 'lambda:*:{account}:function:*', roles: { 'AWS::Lambda::Function': 'Role' } },
  'instance': { all: 'ec2:*:{account}:instance/*', roles: { 'AWS::EC2::Instance': 'IamInstanceProfile' } },
  'job definition': { all: 'batch:*:{account}:job-definition/*', roles: { 'AWS::Batch::JobDefinition': 'ContainerProperties.JobRoleArn' } },
  'launch template': { all: 'ec2:*:{account}:launch-template/*', roles: { 'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.IamInstanceProfile' } },
  'notebook': { all: 'sagemaker:*:{account}:notebook-instance/*', roles: { 'AWS::SageMaker::NotebookInstance': 'RoleArn' } },
  'project': { all: 'codebuild:*:{account}:project/*', roles: { 'AWS::CodeBuild::Project': 'ServiceRole' } },
  // Which role a stack has isn't said in its template, and which tasks run isn't said in their definition.
  'stack': { all: 'cloudformation:*:{account}:stack/*', roles: {} },
  'service': { all: 'apprunner:*:{account}:service/*', roles: { 'AWS::AppRunner::Service': 'InstanceConfiguration.InstanceRoleArn' } },
  'state machine': { all: 'states:*:{account}:stateMachine:*', roles: { 'AWS::StepFunctions::StateMachine': 'RoleArn' } },
  'task': { all: 'ecs:*:{account}:task/*', roles: {} },
};

/** Something that runs with a role. */
export interface HostedRole {
  readonly host: Resource;
  readonly role: Identity;
}

/** The hosts of an app and the roles that they may have, in any case that a condition of the template tells apart. */
export function hostedRoles(app: AppModel, kind: Host): readonly HostedRole[] {
  const known = byKind(app).get(kind) ?? Object.entries(HOSTS[kind].roles).flatMap(([type, property]) =>
    app.ofType(type).flatMap(host => rolesNamed(app, host, host.get(property)).map(role => ({ host, role }))));
  byKind(app).set(kind, known);
  return known;
}

const byKind = view(() => new Map<Host, readonly HostedRole[]>());

function rolesNamed(app: AppModel, host: Resource, value: Value): readonly Identity[] {
  if (host.type === 'AWS::Lambda::Function') return identities(app).of(host);
  return value.branches.flatMap(branch => {
    const profile = branch.target ?? branch.get('Arn').target ?? branch.get('Name').target;
    if (profile?.type === 'AWS::IAM::InstanceProfile') return profile.get('Roles').items.flatMap(role => byName(app, role, profile));
    return byName(app, branch, host);
  });
}

function byName(app: AppModel, value: Value, from: Resource): readonly Identity[] {
  if (value.target?.type === 'AWS::IAM::Role') return identities(app).of(value.target).filter(({ resource }) => resource === value.target);
  const arn = names(app).text(value, from);
  const found = arn === undefined ? undefined : identities(app).byArn(arn);
  return found ? [found] : [];
}
