import { sharedFederations } from '../../iam/federation';
import { trusts } from '../../iam/trust';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustFederationScoped = defineRule({
  id: 'iam/role-trust-federation-scoped',
  severity: Severity.HIGH,
  summary: 'Roles for those who sign in elsewhere say whose tokens they take',
  rationale: 'GitHub, GitLab, Terraform and Cognito give tokens to all of their customers. A role that takes any of them is assumed by whoever makes a repository, a workspace or an identity pool of their own.',
  remedy: 'Ask by a condition for the claim that tells whose a token is: `sub` with the repository, the project or the workspace, and of Cognito `aud` with the identity pool.',
  fix: `new iam.WebIdentityPrincipal(provider.openIdConnectProviderArn, {
  StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
  StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' },
});`,
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-6', 'IA-8'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-4'] },

  *check(app) {
    for (const statement of trusts(app)) {
      for (const { key, isScoped } of sharedFederations(statement)) {
        yield {
          resource: statement.origin.resource,
          property: statement.at('Condition'),
          holds: not(all([statement.allows, not(isScoped)])),
          message: () => `whoever gets a token there may assume the role, expected a condition on \`${key}\` that says whose`,
        };
      }
    }
  },
});
