import { changes, Method } from '../method';

/**
 * Ways that change identities or their policies.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const IDENTITY_METHODS: readonly Method[] = [
  changes('trusting role', ['sts:AssumeRole'], 'target', 'assumes it'),
  changes('role', ['iam:UpdateAssumeRolePolicy'], 'target', 'has it trust whoever is to assume it'),
  changes('role', ['iam:UpdateAssumeRolePolicy'], 'target', 'has it trust whoever is to assume it, and assumes it', ['sts:AssumeRole']),
  changes('own role', ['iam:AttachRolePolicy'], 'everything', 'attaches a policy to it'),
  changes('own role', ['iam:AttachRolePolicy'], 'everything', 'attaches a policy to it, and assumes it', ['sts:AssumeRole']),
  changes('role', ['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'], 'everything', 'attaches a policy to it, and has it trust whoever is to assume it'),
  changes('own role', ['iam:PutRolePolicy'], 'everything', 'writes a policy into it'),
  changes('own role', ['iam:PutRolePolicy'], 'everything', 'writes a policy into it, and assumes it', ['sts:AssumeRole']),
  changes('role', ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], 'everything', 'writes a policy into it, and has it trust whoever is to assume it'),
  changes('own role', ['iam:DeleteRolePermissionsBoundary'], 'unbounded', 'takes away its boundary, and assumes it', ['sts:AssumeRole']),
  changes('own role', ['iam:DeleteRolePermissionsBoundary'], 'unbounded', 'takes away its boundary'),

  ...(['role', 'own role'] as const).flatMap(target => ['iam:AttachRolePolicy', 'iam:PutRolePolicy'].map(policy => changes(
    target, ['iam:DeleteRolePermissionsBoundary', policy, ...target === 'role' ? ['iam:UpdateAssumeRolePolicy'] : []], 'anything',
    `takes away its boundary, and gives it a policy${target === 'role' ? ' and whoever is to assume it' : ''}`,
  ))),

  changes('own policy', ['iam:CreatePolicyVersion'], 'everything', 'makes a new version of it'),
  changes('own policy', ['iam:CreatePolicyVersion'], 'everything', 'makes a new version of it, for a role that it then assumes', ['sts:AssumeRole']),
  changes('own policy', ['iam:CreatePolicyVersion'], 'everything', 'makes a new version of it, for a role that it has trust it', ['iam:UpdateAssumeRolePolicy']),
  changes('own policy', ['iam:SetDefaultPolicyVersion'], 'version', 'brings back another version of it'),

  changes('user', ['iam:CreateAccessKey'], 'target', 'makes an access key of it'),
  changes('user', ['iam:CreateAccessKey', 'iam:DeleteAccessKey'], 'target', 'puts an access key in the place of one of its own'),
  changes('user', ['iam:CreateLoginProfile'], 'target', 'gives it a password'),
  changes('user', ['iam:UpdateLoginProfile'], 'target', 'changes its password'),
  changes('own user', ['iam:AttachUserPolicy'], 'everything', 'attaches a policy to it'),
  changes('user', ['iam:AttachUserPolicy', 'iam:CreateAccessKey'], 'everything', 'attaches a policy to it, and makes an access key of it'),
  changes('own user', ['iam:PutUserPolicy'], 'everything', 'writes a policy into it'),
  changes('user', ['iam:PutUserPolicy', 'iam:CreateAccessKey'], 'everything', 'writes a policy into it, and makes an access key of it'),
  changes('own user', ['iam:DeleteUserPermissionsBoundary'], 'unbounded', 'takes away its boundary'),
  ...(['user', 'own user'] as const).flatMap(target => ['iam:AttachUserPolicy', 'iam:PutUserPolicy'].map(policy => changes(
    target, ['iam:DeleteUserPermissionsBoundary', policy, ...target === 'user' ? ['iam:CreateAccessKey'] : []], 'anything',
    `takes away its boundary, and gives it a policy${target === 'user' ? ' and an access key' : ''}`,
  ))),

  changes('group', ['iam:AddUserToGroup'], 'target', 'joins it'),
  changes('own group', ['iam:AttachGroupPolicy'], 'everything', 'attaches a policy to it'),
  changes('own group', ['iam:PutGroupPolicy'], 'everything', 'writes a policy into it'),

  changes('organization', [], 'everything', 'gives a permission set of the organization a managed policy', ['sso:AttachManagedPolicyToPermissionSet']),
  changes('organization', [], 'everything', 'gives a new permission set of the organization a managed policy and itself',
    ['sso:CreatePermissionSet', 'sso:AttachManagedPolicyToPermissionSet', 'sso:CreateAccountAssignment']),
  changes('organization', [], 'everything', 'writes a policy into a permission set of the organization', ['sso:PutInlinePolicyToPermissionSet']),
];
