import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { grantsForServices } from '../../../src/rules/kms/grants-for-services';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });

function role(statement: unknown): RuleCase {
  return {
    sections,
    resources: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }] } },
    },
  };
}

const found = (actions: string) => [{
  at: 'Stack/Role',
  property: 'Policies.0.PolicyDocument.Statement.0.Condition',
  message: `\`${actions}\` lets a function give grants of keys to anybody, expected a condition on \`kms:GrantIsForAWSResource\``,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];
const asking = (operator: string, key: string, value: unknown) => allow('kms:CreateGrant', { Condition: { [operator]: { [key]: value } } });

testRule(grantsForServices, {
  valid: {
    'a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'use of a key': { app: stack => new kms.Key(stack, 'Key').grantEncryptDecrypt(new lambda.Function(stack, 'Fn', CODE)) },
    'grants for services': role(asking('Bool', 'kms:GrantIsForAWSResource', true)),
    'grants for somebody in particular': role(asking('ArnEquals', 'kms:GranteePrincipal', 'arn:aws:iam::111111111111:role/reader')),
    'a denial': role(allow('kms:CreateGrant', { Effect: 'Deny' })),
    'an administrator, of whom another rule speaks': role(allow('*')),
    'a pipeline': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
        .addToPolicy(new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: ['*'] })),
    },
  },
  unknown: {
    'an action from a parameter': { ...role(allow({ Ref: 'Any' })), findings: found('${parameter Any}') },
    'a condition from a parameter': { ...role(asking('Bool', 'kms:GrantIsForAWSResource', { Ref: 'Any' })), findings: found('kms:CreateGrant') },
  },
  invalid: {
    'grants for anybody': { ...role(allow(['kms:Decrypt', 'kms:CreateGrant'])), findings: found('kms:Decrypt, kms:CreateGrant') },
    'all of KMS': { ...role(allow('kms:*')), findings: found('kms:*') },
    'grants for all but services': { ...role(asking('Bool', 'kms:GrantIsForAWSResource', 'false')), findings: found('kms:CreateGrant') },
    'grants for services or for anybody': { ...role(asking('BoolIfExists', 'kms:GrantIsForAWSResource', 'true')), findings: found('kms:CreateGrant') },
    'grants for whoever it is': { ...role(asking('StringLike', 'kms:GranteePrincipal', '*')), findings: found('kms:CreateGrant') },
  },
});
