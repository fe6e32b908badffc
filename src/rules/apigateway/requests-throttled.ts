import { isPrivate, Stage, stages } from '../../model/apigateway/apis';
import { any, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Whether a stage has a rate for all routes together; without one, all APIs of the account share that of the account. */
function isThrottled({ resource, prefix, version }: Stage): Verdict {
  const isLimit = (path: string) => resource.get(`${path}.ThrottlingRateLimit`).isNumber(rate => rate >= 0);
  if (version === 2) return isLimit('DefaultRouteSettings');
  const settings = `${prefix}MethodSettings`;
  const forAll = resource.get(settings).items.map((setting, index) => {
    const everything = setting.get('ResourcePath').text === '/*' && setting.get('HttpMethod').text === '*';
    return everything ? isLimit(`${settings}.${index}`) : setting.isKnown ? 'no' : 'unknown';
  });
  return any([...forAll, ...prefix ? [isLimit(prefix.slice(0, -1))] : []]);
}

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
      const holds = any([isThrottled(stage), isPrivate(stage.api) === 'unknown' && stage.api ? 'unknown' : 'no']);
      yield { resource: stage.resource, property, holds, message: () => 'no rate limit is set for all routes, expected `ThrottlingRateLimit`' };
    }
  },
});
