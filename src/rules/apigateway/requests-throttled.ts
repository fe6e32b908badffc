import { isPrivate, stages } from '../../model/apigateway/apis';
import { isThrottled } from '../../model/apigateway/throttling';
import { any } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const requestsThrottled = defineRule({
  id: 'apigateway/requests-throttled',
  severity: Severity.MEDIUM,
  summary: 'Stages that the internet can reach have a rate limit of their own',
  rationale: 'Without one, a single caller can use up the requests per second that all APIs of the account share, and the concurrency and the money of the functions behind.',
  remedy: 'Set rate and burst of the stage to what its functions bear, and what you are willing to pay for.',
  fix: `new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  deployOptions: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html',
  ],
  peers: { 'cdk-nag': ['Serverless-APIGWDefaultThrottling'], 'serverless-rules': ['ES2003'] },
  compliance: { nist80053: ['SC-5', 'SC-5(2)'], owaspServerless: ['A6'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const stage of stages(app)) {
      if (isPrivate(stage.api) === 'yes') continue;
      const property = stage.version === 2 ? 'DefaultRouteSettings' : `${stage.prefix}MethodSettings`;
      const holds = any([isThrottled(app, stage), isPrivate(stage.api) === 'unknown' && stage.api ? 'unknown' : 'no']);
      yield { resource: stage.resource, property, holds, message: () => 'no rate limit is set for all routes, expected `ThrottlingRateLimit`' };
    }
  },
});
