import * as lambda from 'aws-cdk-lib/aws-lambda';
import { urlCorsNamed } from '../../../src/rules/lambda/url-cors-named';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const cors = (AllowOrigins: unknown) => ({ Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', Cors: { AllowOrigins } } } });
const found = (origins: string) => [{
  at: 'Stack/Url', property: 'Cors.AllowOrigins', message: `scripts of any origin may call, \`${origins}\`, expected named origins`,
}];

testRule(urlCorsNamed, {
  valid: {
    'no CORS': { app: stack => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl() },
    'named origins': { app: stack => new lambda.Function(stack, 'Fn', CODE).addFunctionUrl({ cors: { allowedOrigins: ['https://example.com'] } }) },
    'CORS without origins': { resources: cors(undefined) },
  },
  unknown: {
    'a parameter': { sections: { Parameters: { Origin: { Type: 'String' } } }, resources: cors([{ Ref: 'Origin' }]), findings: found('${parameter Origin}') },
  },
  invalid: {
    'any origin': { resources: cors(['*']), findings: found('*') },
    'any origin among others': { resources: cors(['https://example.com', '*']), findings: found('https://example.com, *') },
    'any origin by HTTPS': { resources: cors(['https://*']), findings: found('https://*') },
  },
});
