import * as iam from 'aws-cdk-lib/aws-iam';
import { roleTrustActionsNamed } from '../../../src/rules/iam/role-trust-actions-named';
import { testRule } from '../rule-tester';

const trusting = (Action: unknown, more: object = {}) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action, Principal: { AWS: 'arn:aws:iam::111111111111:role/deployer' }, ...more }] } },
  },
});
const found = (actions: string, element = 'Action') => [{
  at: 'Stack/Role',
  property: `AssumeRolePolicyDocument.Statement.0.${element}`,
  message: `\`${actions}\` is allowed on the role, expected \`sts:AssumeRole\` and what else is needed by name`,
}];

testRule(roleTrustActionsNamed, {
  valid: {
    'what the CDK writes': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.SessionTagsPrincipal(new iam.AccountRootPrincipal()) }) },
    'several by name': { resources: trusting(['sts:AssumeRole', 'sts:SetSourceIdentity']) },
    'all, which is denied': { resources: trusting('sts:*', { Effect: 'Deny' }) },
  },
  unknown: {
    'an action from a parameter': {
      sections: { Parameters: { Action: { Type: 'String' } } }, resources: trusting({ Ref: 'Action' }), findings: found('${parameter Action}'),
    },
  },
  invalid: {
    'all of STS': { resources: trusting('sts:*'), findings: found('sts:*') },
    'everything': { resources: trusting(['*']), findings: found('*') },
    'all that begin alike': { resources: trusting(['sts:AssumeRole*', 'sts:TagSession']), findings: found('sts:AssumeRole*, sts:TagSession') },
    'all but one': { resources: trusting(undefined, { NotAction: 'sts:TagSession' }), findings: found('all but sts:TagSession', 'NotAction') },
  },
});
