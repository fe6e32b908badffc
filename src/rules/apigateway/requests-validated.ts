import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { all, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Methods whose requests have a body. */
const WITH_BODY = ['POST', 'PUT', 'PATCH', 'ANY'];

/** Integrations that pass requests on; `MOCK` answers by itself. */
const CALLING = ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY'];

/** Whether bodies are held against a model: it takes a validator that does so, and a model. */
function isValidated(validator: Value, models: Value): Verdict {
  if (validator.kind === 'absent' || models.kind === 'absent') return 'no';
  const target: Resource | undefined = validator.target;
  return target?.type === 'AWS::ApiGateway::RequestValidator' ? target.get('ValidateRequestBody').isTrue : 'unknown';
}

export const requestsValidated = defineRule({
  id: 'apigateway/requests-validated',
  severity: Severity.LOW,
  summary: 'Methods of REST APIs hold the bodies of requests against a model',
  rationale: 'What is malformed then never reaches the function, whose code has to distrust one thing less. A validator without a model checks nothing. HTTP APIs can\'t validate: there, the function has to.',
  remedy: 'Give methods that take a body a model of it, and a validator that checks bodies.',
  fix: `resource.addMethod('POST', integration, {
  requestModels: { 'application/json': api.addModel('Order', { schema }) },
  requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html'],
  peers: { 'cdk-nag': ['AwsSolutions-APIG2'], 'checkov': ['CKV2_AWS_53'], 'CloudSploit': ['apigatewayRequestValidation'] },
  compliance: { nist80053: ['SI-10'], pciDss: ['6.2.4'], owaspServerless: ['A1'], csaSas: ['SAS-1'] },

  *check(app) {
    for (const method of app.ofType('AWS::ApiGateway::Method')) {
      const concerned = all([method.get('HttpMethod').isOneOf(WITH_BODY), method.get('Integration.Type').isOneOf(CALLING)]);
      if (concerned === 'no') continue;
      const [validator, models] = [method.get('RequestValidatorId'), method.get('RequestModels')];
      const validated = isValidated(validator, models);
      const message = () => `bodies are validated by \`${validator}\` against \`${models}\`, expected a validator of bodies and a model`;
      yield { resource: method, property: 'RequestValidatorId', holds: concerned === 'unknown' && validated === 'no' ? 'unknown' : validated, message };
    }
  },
});
