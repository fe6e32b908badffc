import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { permissionNotPublic } from '../../../src/rules/lambda/permission-not-public';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const permission = (properties: object) => ({
  P: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...properties } },
});
const policy = (statement: object) => ({
  P: { Type: 'AWS::Lambda::ResourcePolicy', Properties: { ResourceArn: 'f', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', ...statement }] }) } },
});
const found = (action = 'lambda:InvokeFunction', property = 'Principal') => [{
  at: 'Stack/P', property, message: `\`${action}\` is allowed to everybody, expected named callers or a condition that holds for them alone`,
}];

testRule(permissionNotPublic, {
  valid: {
    'an account': { resources: permission({ Principal: '210987654321' }) },
    'a service': { resources: permission({ Principal: 'sns.amazonaws.com' }) },
    'everybody in an organization': { resources: permission({ Principal: '*', PrincipalOrgID: 'o-a1b2c3d4e5' }) },
    'everybody for one source': { resources: permission({ Principal: '*', SourceArn: 'arn:aws:sns:eu-west-1:123456789012:topic' }) },
    'a URL without authentication, which is a matter of the URL': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }),
    },
    'an organization by the CDK': { app: stack => new lambda.Function(stack, 'Fn', CODE).grantInvoke(new iam.OrganizationPrincipal('o-a1b2c3d4e5')) },
    'a whole policy for a role': { resources: policy({ Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }) },
    'a whole policy that denies': { resources: policy({ Effect: 'Deny', Principal: '*' }) },
  },
  unknown: {
    'a parameter': { sections: { Parameters: { Who: { Type: 'String' } } }, resources: permission({ Principal: { Ref: 'Who' } }), findings: found() },
  },
  invalid: {
    'everybody': { resources: permission({ Principal: '*' }), findings: found() },
    'everybody who signs for a URL': {
      resources: permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' }), findings: found('lambda:InvokeFunctionUrl'),
    },
    'everybody for any source': { resources: permission({ Principal: '*', SourceArn: '*' }), findings: found() },
    'everybody by the CDK': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addPermission('All', { principal: new iam.AnyPrincipal() }),
      findings: [{
        at: 'Stack/Fn/All',
        property: 'Principal',
        reasons: ['which Stack/Fn/Resource is open by'],
        message: '`lambda:InvokeFunction` is allowed to everybody, expected named callers or a condition that holds for them alone',
      }],
    },
    'a whole policy': { resources: policy({ Principal: { AWS: ['*'] } }), findings: found('lambda:InvokeFunction', 'PolicyDocument.Statement.0.Principal') },
    'a whole policy for all but one': {
      resources: policy({ NotPrincipal: { AWS: '210987654321' } }), findings: found('lambda:InvokeFunction', 'PolicyDocument.Statement.0.NotPrincipal'),
    },
  },
});
