import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { functionRoleTrustsLambdaAlone } from '../../../src/rules/iam/function-role-trusts-lambda-alone';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const trusting = (Principal: unknown) => ({
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Role: {
    Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] } },
  },
});
const found = (principals: string, at = 'Stack/Role') => [{
  at,
  property: 'AssumeRolePolicyDocument.Statement.0.Principal',
  message: `the role of a function may be assumed by \`${principals}\`, expected Lambda alone`,
}];

testRule(functionRoleTrustsLambdaAlone, {
  valid: {
    'the role that the CDK makes': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'Lambda at the edge, too': { resources: trusting({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }) },
    'Lambda in another partition': { resources: trusting({ Service: { 'Fn::Sub': 'lambda.${AWS::URLSuffix}' } }) },
    'a role that no function has': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }) },
  },
  unknown: {
    'a service from a parameter': {
      sections: { Parameters: { Service: { Type: 'String' } } }, resources: trusting({ Service: { Ref: 'Service' } }), findings: found('${parameter Service}'),
    },
  },
  invalid: {
    'everybody': { resources: trusting('*'), findings: found('*') },
    'another account': { resources: trusting({ AWS: '210987654321' }), findings: found('210987654321') },
    'another service': { resources: trusting({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }), findings: found('lambda.amazonaws.com, ec2.amazonaws.com') },
    'a name that only begins alike': { resources: trusting({ Service: 'lambda-x.amazonaws.com' }), findings: found('lambda-x.amazonaws.com') },
    'several by the CDK': {
      app: stack => new lambda.Function(stack, 'Fn', {
        ...CODE, role: new iam.Role(stack, 'Role', { assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('lambda.amazonaws.com'), new iam.ServicePrincipal('scheduler.amazonaws.com')) }),
      }),
      findings: [{
        at: 'Stack/Role/Resource',
        property: 'AssumeRolePolicyDocument.Statement.1.Principal',
        message: 'the role of a function may be assumed by `scheduler.amazonaws.com`, expected Lambda alone',
        reasons: ['Stack/Fn/Resource has this role'],
      }],
    },
  },
});
