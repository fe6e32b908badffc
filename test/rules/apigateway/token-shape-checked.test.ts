import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { tokenShapeChecked } from '../../../src/rules/apigateway/token-shape-checked';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const token = (validationRegex?: string): RuleCase['app'] => stack => {
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: new lambda.Function(stack, 'Fn', CODE), validationRegex });
  new apigateway.RestApi(stack, 'Api').root.addMethod('GET', undefined, { authorizer });
};
const authorizer = (properties: object) => ({ Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: properties } });
const found = (expression: string, at = 'Stack/Authorizer') => [{
  at, property: 'IdentityValidationExpression', message: `tokens are held against \`${expression}\`, expected an expression that real ones match`,
}];

testRule(tokenShapeChecked, {
  valid: {
    'an expression': { app: token('^Bearer .+$') },
    'an authorizer that looks at the whole request': { resources: authorizer({ Type: 'REQUEST' }) },
    'a user pool, which knows its tokens': { resources: authorizer({ Type: 'COGNITO_USER_POOLS' }) },
    'an expression in SAM': {
      sections: { Transform: 'AWS::Serverless-2016-10-31' as unknown as object },
      resources: { Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', Auth: { Authorizers: { Users: { FunctionArn: 'arn', Identity: { ValidationExpression: '^Bearer .+$' } } } } } } },
    },
  },
  unknown: {
    'what a parameter says': {
      sections: { Parameters: { Shape: { Type: 'String' } } }, resources: authorizer({ Type: 'TOKEN', IdentityValidationExpression: { Ref: 'Shape' } }), findings: found('${parameter Shape}'),
    },
    'a kind that a parameter names': { sections: { Parameters: { Kind: { Type: 'String' } } }, resources: authorizer({ Type: { Ref: 'Kind' } }), findings: found('(not set)') },
  },
  invalid: {
    'what the CDK makes by default': { app: token(), findings: found('(not set)', 'Stack/Authorizer/Resource') },
    'an empty one': { resources: authorizer({ Type: 'TOKEN', IdentityValidationExpression: '' }), findings: found('') },
  },
});
