import * as lambda from 'aws-cdk-lib/aws-lambda';
import { urlCorsCredentialsGuarded } from '../../../src/rules/lambda/url-cors-credentials-guarded';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const url = (cors?: lambda.FunctionUrlCorsOptions): RuleCase['app'] => stack => void new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ cors });
const cors = (AllowOrigins: unknown, AllowCredentials: unknown) => ({ Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', Cors: { AllowOrigins, AllowCredentials } } } });
const found = (origins: string, at = 'Stack/Url') => [{
  at, property: 'Cors.AllowCredentials', message: `scripts of any origin, \`${origins}\`, may send credentials along, expected named origins`,
}];

testRule(urlCorsCredentialsGuarded, {
  valid: {
    'no CORS': { app: url() },
    'any origin without credentials': { app: url({ allowedOrigins: ['*'] }) },
    'a named origin with credentials': { app: url({ allowedOrigins: ['https://example.com'], allowCredentials: true }) },
  },
  unknown: {
    'an origin that a parameter names': {
      sections: { Parameters: { Origin: { Type: 'String' } } }, resources: cors([{ Ref: 'Origin' }], true), findings: found('${parameter Origin}'),
    },
    'credentials that a parameter allows': { sections: { Parameters: { Allow: { Type: 'String' } } }, resources: cors(['*'], { Ref: 'Allow' }), findings: found('*') },
  },
  invalid: {
    'any origin with credentials': { app: url({ allowedOrigins: ['*'], allowCredentials: true }), findings: found('*', 'Stack/Fn/FunctionUrl/Resource') },
    'all that begins with https, in quotes': { resources: cors('https://*', 'true'), findings: found('https://*') },
  },
});
