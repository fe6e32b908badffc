import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { roleNotAdministrator } from '../../../src/rules/iam/role-not-administrator';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const FN = { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

function role(statement: unknown, more: object = {}): RuleCase {
  return { sections, resources: { Fn: FN, Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [statement] } }], ...more } } } };
}

const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
const found = (text: string, element = 'Action') => [{
  at: 'Stack/Role',
  property: `Policies.0.PolicyDocument.Statement.0.${element}`,
  message: `${text} is as good as all rights, expected the actions and resources that are needed`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];
const unknowable = (name: string, at = 'Stack/Fn') => [{
  at, property: 'Role', message: `what the role \`${name}\` may do can't be known here, expected no more than the function needs`,
}];
const managed = (name: string) => (stack: any) => {
  const fn = new lambda.Function(stack, 'Fn', CODE);
  fn.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name));
};
const attached = (text: string) => [{
  at: 'Stack/Fn/ServiceRole/Resource',
  property: 'ManagedPolicyArns.1',
  message: `${text} is as good as all rights, expected the actions and resources that are needed`,
}];

testRule(roleNotAdministrator, {
  valid: {
    'the role of a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'all of one service': role(allow('s3:*')),
    'all actions on one resource': role(allow('*', 'arn:aws:s3:::bucket')),
    'a denial of everything': role({ Effect: 'Deny', Action: '*', Resource: '*' }),
    'an administrator that no function is': {
      app: stack => new iam.Role(stack, 'Role', {
        assumedBy: new iam.AccountRootPrincipal(), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
      }),
    },
    'a policy of AWS that gives all of a service': { app: managed('AmazonTextractFullAccess') },
    'a boundary that leaves little': role(allow('*'), { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }),
  },
  unknown: {
    'a role from elsewhere': {
      app: stack => new lambda.Function(stack, 'Fn', { ...CODE, role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/a') }),
      findings: unknowable('arn:aws:iam::123456789012:role/a', 'Stack/Fn/Resource'),
    },
    'a policy from elsewhere': { ...role(allow('s3:GetObject'), { ManagedPolicyArns: [{ Ref: 'Any' }] }), findings: unknowable('Stack/Role') },
    'a statement that a condition decides on': { ...role({ 'Fn::If': ['Sometimes', allow('*'), { Ref: 'AWS::NoValue' }] }), findings: found('`Allow` of `*` on `*`') },
    'an action from a parameter': { ...role(allow({ Ref: 'Any' })), findings: found('`Allow` of `${parameter Any}` on `*`') },
    'a boundary from elsewhere': { ...role(allow('*'), { PermissionsBoundary: { Ref: 'Any' } }), findings: found('`Allow` of `*` on `*`') },
  },
  invalid: {
    'all on everything': { ...role(allow('*')), findings: found('`Allow` of `*` on `*`') },
    'all in two parts': { ...role(allow('*:*', 'arn:aws:*')), findings: found('`Allow` of `*:*` on `arn:aws:*`') },
    'all among others': { ...role(allow(['s3:GetObject', '*'], ['arn:aws:s3:::a', '*'])), findings: found('`Allow` of `s3:GetObject, *` on `arn:aws:s3:::a, *`') },
    'all of IAM': { ...role(allow('iam:*')), findings: found('`Allow` of `iam:*` on `*`') },
    'all but some': { ...role({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), findings: found('`Allow` of `all but iam:*` on `*`', 'NotAction') },
    'all under a condition': { ...role({ ...allow('*'), Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }), findings: found('`Allow` of `*` on `*`') },
    'a boundary that leaves all': { ...role(allow('*'), { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }), findings: found('`Allow` of `*` on `*`') },
    'AdministratorAccess': { app: managed('AdministratorAccess'), findings: attached('`Allow` of `*` on `*`') },
    'PowerUserAccess': { app: managed('PowerUserAccess'), findings: attached('`Allow` of `all but iam:*, organizations:*, account:*` on `*`') },
    'IAMFullAccess': { app: managed('IAMFullAccess'), findings: attached('`Allow` of `iam:*, organizations:DescribeAccount, organizations:DescribeOrganization and 8 more` on `*`') },
    'what a function adds': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addToRolePolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })),
      findings: [{
        at: 'Stack/Fn/ServiceRole/DefaultPolicy/Resource',
        property: 'PolicyDocument.Statement.0.Action',
        message: '`Allow` of `*` on `*` is as good as all rights, expected the actions and resources that are needed',
      }],
    },
  },
});
