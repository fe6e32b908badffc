import * as lambda from 'aws-cdk-lib/aws-lambda';
import { urlAuthenticated } from '../../../src/rules/lambda/url-authenticated';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const url = (AuthType: unknown) => ({ Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType, TargetFunctionArn: 'f' } } });
const message = (type: string) => `the URL authenticates callers by \`${type}\`, expected \`AWS_IAM\``;

testRule(urlAuthenticated, {
  valid: {
    'IAM': { resources: url('AWS_IAM') },
    'the default of the CDK': { app: stack => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl() },
    'a function without URL': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Type: { Type: 'String' } } },
      resources: url({ Ref: 'Type' }),
      findings: [{ at: 'Stack/Url', property: 'AuthType', message: message('${parameter Type}') }],
    },
  },
  invalid: {
    'none': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }),
      findings: [{ at: 'Stack/Fn/FunctionUrl/Resource', property: 'AuthType', message: message('NONE'), reasons: ['the URL runs ${Stack/Fn/Resource.Arn}'] }],
    },
    'none in either case': {
      sections: { Parameters: { Type: { Type: 'String', AllowedValues: ['NONE', 'none'] } } },
      resources: url({ Ref: 'Type' }),
      findings: [{ at: 'Stack/Url', property: 'AuthType', message: message('NONE or none') }],
    },
  },
});
