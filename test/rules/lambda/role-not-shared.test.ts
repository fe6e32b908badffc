import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { roleNotShared } from '../../../src/rules/lambda/role-not-shared';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const fn = (Role: unknown) => ({ Type: 'AWS::Lambda::Function', Properties: { Role } });
const revision = (FunctionName: string) => ({
  Type: 'AWS::Lambda::WebFunctionRevision', Properties: { FunctionName, ServiceConfig: { ExecutionRoleArn: 'arn:aws:iam::123456789012:role/a' } },
});
const shared = (at: string, role: string, others: string, property = 'Role') => ({
  at, property, message: `the role \`${role}\` is that of ${others} as well, expected a role of its own`,
});
const Any = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };
const ARN = 'arn:aws:iam::123456789012:role/a';

testRule(roleNotShared, {
  valid: {
    'a role for each function': { app: stack => ['A', 'B'].forEach(id => new lambda.Function(stack, id, CODE)) },
    'versions and aliases': { app: stack => new lambda.Function(stack, 'A', CODE).currentVersion.addAlias('live') },
    'the same role name in two accounts': { resources: { A: fn(ARN), B: fn('arn:aws:iam::210987654321:role/b') } },
    'revisions of one web function': { resources: { One: revision('f'), Two: revision('f') } },
    'what the CDK makes for a provider': {
      app: stack => {
        const handler = new lambda.Function(stack, 'Handler', CODE);
        new Provider(stack, 'P', { onEventHandler: handler, isCompleteHandler: handler });
      },
    },
  },
  unknown: {
    'a role from a parameter': {
      sections: Any,
      resources: { A: fn({ Ref: 'Any' }) },
      findings: [{ at: 'Stack/A', property: 'Role', message: 'which role `${parameter Any}` is can\'t be known here, expected a role of its own' }],
    },
    'a role that another function may have': {
      sections: Any,
      resources: { A: fn(ARN), B: fn({ 'Fn::If': ['Sometimes', ARN, 'arn:aws:iam::123456789012:role/b'] }) },
      findings: [shared('Stack/A', ARN, '`Stack/B`'), shared('Stack/B', ARN, '`Stack/A`')],
    },
  },
  invalid: {
    'a role of two functions': {
      app: stack => {
        const first = new lambda.Function(stack, 'First', CODE);
        new lambda.Function(stack, 'Second', { ...CODE, role: first.role });
      },
      findings: [
        { ...shared('Stack/First/Resource', 'Stack/First/ServiceRole/Resource', '`Stack/Second/Resource`'), reasons: ['Stack/Second/Resource has the same role'] },
        { ...shared('Stack/Second/Resource', 'Stack/First/ServiceRole/Resource', '`Stack/First/Resource`'), reasons: ['Stack/First/Resource has the same role'] },
      ],
    },
    'a role across stacks': {
      app: (stack, app) => {
        const first = new lambda.Function(stack, 'First', CODE);
        new lambda.Function(new Stack(app, 'Other'), 'Second', { ...CODE, role: first.role });
      },
      findings: [
        shared('Other/Second/Resource', 'Stack/First/ServiceRole/Resource', '`Stack/First/Resource`'),
        shared('Stack/First/Resource', 'Stack/First/ServiceRole/Resource', '`Other/Second/Resource`'),
      ],
    },
    'one ARN in two templates': {
      templates: { One: { Resources: { A: fn(ARN) } }, Two: { Resources: { A: fn(ARN) } } },
      findings: [shared('One/A', ARN, '`Two/A`'), shared('Two/A', ARN, '`One/A`')],
    },
    'many functions': {
      resources: { A: fn(ARN), B: fn(ARN), C: fn(ARN), D: fn(ARN) },
      findings: [
        shared('Stack/A', ARN, '`Stack/B`, `Stack/C` and 1 more'), shared('Stack/B', ARN, '`Stack/A`, `Stack/C` and 1 more'),
        shared('Stack/C', ARN, '`Stack/A`, `Stack/B` and 1 more'), shared('Stack/D', ARN, '`Stack/A`, `Stack/B` and 1 more'),
      ],
    },
    'two web functions': {
      resources: { One: revision('f'), Two: revision('g') },
      findings: [
        shared('Stack/One', ARN, '`Stack/Two`', 'ServiceConfig.ExecutionRoleArn'), shared('Stack/Two', ARN, '`Stack/One`', 'ServiceConfig.ExecutionRoleArn'),
      ],
    },
  },
});
