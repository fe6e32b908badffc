import { publicEntries } from '../../iam/public-entries';
import { any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const publicEntryLimited = defineRule({
  id: 'lambda/public-entry-limited',
  severity: Severity.HIGH,
  summary: 'What everybody may call runs functions only so often',
  rationale: 'Anybody on the internet runs the function as often as the whole account allows, for as long as they like. That starves all other functions of the account, and you pay for it.',
  remedy: 'Ask who calls, or set a bound: a rate limit of the stage, a web ACL in front of a REST API, reserved concurrency of the function. '
    + 'CloudFront in front of a URL or an API bounds nothing as long as those can be called without it.',
  fix: 'new lambda.Function(this, \'Webhook\', { ...props, reservedConcurrentExecutions: 5 }).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/web-functions-scaling.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SC-5(2)', 'SC-6'], owaspServerless: ['A6'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const { entry, isOpen, isLimited, resource, property } of publicEntries(app)) {
      yield {
        resource,
        property,
        holds: any([not(isOpen), isLimited]),
        message: () => `everybody may call ${entry} without limit, expected a rate limit, a web ACL or reserved concurrency`,
        reasons: () => entry === resource ? [] : [{ resource: entry, property: 'AuthType', text: `${entry} asks nobody who calls` }],
      };
    }
  },
});
