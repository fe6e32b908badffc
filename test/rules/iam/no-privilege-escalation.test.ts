import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { noPrivilegeEscalation } from '../../../src/rules/iam/no-privilege-escalation';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const trust = (...services: string[]) => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: services.map(each => `${each}.amazonaws.com`) } }] });
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const role = (statements: readonly unknown[], more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust('lambda', 'glue'), Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: statements } }], ...more },
});
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

/** A role with some statements beside one with all of a service, and a function that has that. */
function beside(statements: readonly unknown[], more: object = {}): RuleCase {
  return {
    sections,
    resources: {
      Role: role(statements, more),
      Strong: role([allow('s3:*')]),
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Strong', 'Arn'] } } },
    },
  };
}

const STRONG = { 'Fn::GetAtt': ['Strong', 'Arn'] };
const FN = { 'Fn::GetAtt': ['Fn', 'Arn'] };
const found = (message: string, statement = 0) => [{
  at: 'Stack/Role', property: `Policies.0.PolicyDocument.Statement.${statement}.Action`, message: `\`Stack/Role\` comes to ${message}, expected no way to more rights than it was given`,
}];
const PASSED = allow('iam:PassRole', STRONG);
const BY_FUNCTION = 'makes a function with it, and invokes that (`iam:PassRole`, `lambda:CreateFunction`, `lambda:InvokeFunction`)';

testRule(noPrivilegeEscalation, {
  valid: {
    'a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'a role passed to nobody': beside([PASSED]),
    'a role passed to another service': beside([
      { ...PASSED, Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }, allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ]),
    'code of a function that has no more rights': beside([allow('lambda:UpdateFunctionCode', FN), allow('s3:*')]),
    'a denial': beside([allow('iam:*'), { ...allow('*'), Effect: 'Deny' }]),
    'an administrator': beside([allow('*')]),
    'a role that it is meant to assume': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        new iam.Role(stack, 'Role', { assumedBy: fn.role!.grantPrincipal, managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')] });
      },
    },
    'a boundary': beside([allow('iam:AttachRolePolicy')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }),
  },
  unknown: {
    'a statement that a condition decides on': {
      ...beside([{ 'Fn::If': ['Sometimes', allow('lambda:UpdateFunctionCode', FN), { Ref: 'AWS::NoValue' }] }]),
      findings: found('Stack/Strong: it changes its code (`lambda:UpdateFunctionCode`)'),
    },
    'a condition that only a request meets': {
      ...beside([allow('lambda:UpdateFunctionCode', FN, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]),
      findings: found('Stack/Strong: it changes its code (`lambda:UpdateFunctionCode`)'),
    },
  },
  invalid: {
    'code of a function with more rights': {
      ...beside([allow('lambda:UpdateFunctionCode', FN)]), findings: found('Stack/Strong: it changes its code (`lambda:UpdateFunctionCode`)'),
    },
    'a role passed to a function, in two policies': {
      ...beside([PASSED, allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])]), findings: found(`Stack/Strong: it ${BY_FUNCTION}`),
    },
    'any role passed to a function': {
      ...beside([allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])]),
      findings: found(`any role of the account that lambda.amazonaws.com may assume: it ${BY_FUNCTION}`),
    },
    'policies of its own': { ...beside([allow('iam:PutRolePolicy')]), findings: found('everything: it writes a policy into it (`iam:PutRolePolicy`)') },
    'two steps': {
      ...beside([allow('lambda:UpdateFunctionCode', { 'Fn::GetAtt': ['Middle', 'Arn'] })]),
      resources: {
        ...beside([allow('lambda:UpdateFunctionCode', { 'Fn::GetAtt': ['Middle', 'Arn'] })]).resources,
        MiddleRole: role([allow('lambda:UpdateFunctionCode', FN)]),
        Middle: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['MiddleRole', 'Arn'] } } },
      },
      findings: [
        ...found('Stack/MiddleRole: it changes its code (`lambda:UpdateFunctionCode`)').map(each => ({ ...each, at: 'Stack/MiddleRole', message: each.message.replace('Stack/Role', 'Stack/MiddleRole').replace('to Stack/MiddleRole', 'to Stack/Strong') })),
        ...found('Stack/MiddleRole: it changes its code (`lambda:UpdateFunctionCode`)'),
      ],
    },
  },
});
