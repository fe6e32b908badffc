import * as iam from 'aws-cdk-lib/aws-iam';
import { roleTrustFederationScoped } from '../../../src/rules/iam/role-trust-federation-scoped';
import { testRule } from '../rule-tester';

const GITHUB = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
const trusting = (Federated: unknown, Condition?: object) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, Condition }] } },
  },
});
const found = (key = 'token.actions.githubusercontent.com:sub', at = 'Stack/Role') => [{
  at,
  property: 'AssumeRolePolicyDocument.Statement.0.Condition',
  message: `whoever gets a token there may assume the role, expected a condition on \`${key}\` that says whose`,
}];
const repository = (sub: unknown, operator = 'StringLike') => ({ [operator]: { 'token.actions.githubusercontent.com:sub': sub } });
const pool = (aud: unknown) => ({ StringEquals: { 'cognito-identity.amazonaws.com:aud': aud } });

testRule(roleTrustFederationScoped, {
  valid: {
    'a repository': { resources: trusting(GITHUB, repository('repo:octo-org/octo-repo:ref:refs/heads/main', 'StringEquals')) },
    'all repositories of one owner': { resources: trusting(GITHUB, repository('repo:octo-org/*')) },
    'several repositories': { resources: trusting(GITHUB, repository(['repo:octo-org/one:*', 'repo:octo-org/two:*'])) },
    'a branch that a parameter names': {
      sections: { Parameters: { Branch: { Type: 'String' } } }, resources: trusting(GITHUB, repository({ 'Fn::Sub': 'repo:octo-org/octo-repo:ref:refs/heads/${Branch}' })),
    },
    'a repository, by a provider of the app': {
      app: stack => {
        const provider = new iam.OidcProviderNative(stack, 'GitHub', { url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] });
        new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(provider.oidcProviderArn, repository('repo:octo-org/octo-repo:*')) });
      },
    },
    'an identity pool of the app': {
      resources: { Pool: { Type: 'AWS::Cognito::IdentityPool' }, ...trusting('cognito-identity.amazonaws.com', pool({ Ref: 'Pool' })) },
    },
    'a project of GitLab': { resources: trusting('arn:aws:iam::111111111111:oidc-provider/gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:ours/app:*' } }) },
    'a workspace of Terraform': {
      resources: trusting('arn:aws:iam::111111111111:oidc-provider/app.terraform.io', { StringLike: { 'app.terraform.io:sub': 'organization:ours:project:*:workspace:*:run_phase:*' } }),
    },
    'an issuer of one\'s own': { resources: trusting('arn:aws:iam::111111111111:oidc-provider/login.example.com') },
    'a service': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }) },
  },
  unknown: {
    'a repository that a parameter names': {
      sections: { Parameters: { Repository: { Type: 'String' } } }, resources: trusting(GITHUB, repository({ Ref: 'Repository' })), findings: found(),
    },
  },
  invalid: {
    'any repository': { resources: trusting(GITHUB, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }), findings: found() },
    'any owner': { resources: trusting(GITHUB, repository('repo:*/octo-repo:*')), findings: found() },
    'one repository, and any': { resources: trusting(GITHUB, repository(['repo:octo-org/octo-repo:*', '*'])), findings: found() },
    'a repository, or none': { resources: trusting(GITHUB, repository('repo:octo-org/octo-repo:*', 'ForAllValues:StringLike')), findings: found() },
    'any repository, by a provider of the app': {
      app: stack => {
        const provider = new iam.OidcProviderNative(stack, 'GitHub', { url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] });
        new iam.Role(stack, 'Role', { assumedBy: new iam.WebIdentityPrincipal(provider.oidcProviderArn) });
      },
      findings: found(undefined, 'Stack/Role/Resource'),
    },
    'any identity pool': { resources: trusting('cognito-identity.amazonaws.com'), findings: found('cognito-identity.amazonaws.com:aud') },
    'any project of GitLab': { resources: trusting('arn:aws:iam::111111111111:oidc-provider/gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:*' } }), findings: found('gitlab.com:sub') },
  },
});
