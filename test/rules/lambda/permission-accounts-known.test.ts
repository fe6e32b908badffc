import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { permissionAccountsKnown } from '../../../src/rules/lambda/permission-accounts-known';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const STAGES = {
  Parameters: { Stage: { Type: 'String' } },
  Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
};
const inProduction = (yes: string, no: string) => ({ 'Fn::If': ['IsProduction', yes, no] });
const permission = (Principal: unknown, more: object = {}) => ({
  Fn: { Type: 'AWS::Lambda::Function' },
  Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Fn' }, Action: 'lambda:InvokeFunction', Principal, ...more } },
});
const found = (accounts: string) => [{
  at: 'Stack/Permission',
  property: 'Principal',
  message: `\`Allow\` of \`lambda:InvokeFunction\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or a condition on \`aws:PrincipalOrgID\``,
  reasons: ['this is a policy of Stack/Fn'],
}];

testRule(permissionAccountsKnown, {
  valid: {
    'the own account': { resources: permission('111111111111'), environment: OWN },
    'the account of the stack, whichever that is': { app: stack => new lambda.Function(stack, 'Fn', CODE).grantInvoke(new iam.AccountPrincipal(stack.account)) },
    'a known account': { resources: permission('222222222222'), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'an account of the organization': { resources: permission('222222222222', { PrincipalOrgID: 'o-a1b2c3d4e5' }), environment: OWN },
    'a service': { resources: permission('events.amazonaws.com'), environment: OWN },
    'everybody, of which another rule speaks': { resources: permission('*'), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: permission('222222222222'), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      environment: OWN,
      resources: permission({ 'Fn::Sub': 'arn:aws:iam::${Partner}:root' }),
      findings: found('`arn:aws:iam::${parameter Partner}:root`'),
    },
    'the own account or another one, by a condition': {
      sections: STAGES, environment: OWN, resources: permission(inProduction('222222222222', '111111111111')), findings: found('`222222222222`, `111111111111`'),
    },
  },
  invalid: {
    'another account, whatever a condition says': {
      sections: STAGES, environment: OWN, resources: permission(inProduction('222222222222', '333333333333')), findings: found('`222222222222`, `333333333333`'),
    },
    'another account': { resources: permission('222222222222'), environment: OWN, findings: found('`222222222222`') },
    'a role of another account': {
      resources: permission('arn:aws:iam::222222222222:role/partner'), environment: OWN, findings: found('`arn:aws:iam::222222222222:role/partner`'),
    },
    'another account in a whole policy': {
      environment: OWN,
      resources: {
        Fn: { Type: 'AWS::Lambda::Function' },
        Policy: {
          Type: 'AWS::Lambda::ResourcePolicy',
          Properties: {
            ResourceArn: { 'Fn::GetAtt': ['Fn', 'Arn'] },
            PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'lambda:InvokeFunction' } },
          },
        },
      },
      findings: [{ ...found('`222222222222`')[0], at: 'Stack/Policy', property: 'PolicyDocument.Statement.Principal' }],
    },
  },
});
