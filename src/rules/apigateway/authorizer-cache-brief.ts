import { authorizers, keptFor } from '../../model/apigateway/authorizers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const authorizerCacheBrief = defineRule({
  id: 'apigateway/authorizer-cache-brief',
  severity: Severity.LOW,
  summary: 'Decisions of authorizers are kept for a short time only',
  rationale: 'Whoever was let in stays in while the decision is kept, also after the token expired, the session ended, or the right was withdrawn.',
  remedy: 'Keep decisions for a few minutes, or not at all where a right may have to be withdrawn at once.',
  fix: 'new apigateway.TokenAuthorizer(this, \'Authorizer\', { handler, resultsCacheTtl: Duration.minutes(5) });',
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html',
  ],
  peers: { 'cfn-lint': ['E3718'] },
  compliance: { nist80053: ['AC-2(3)', 'AC-12', 'IA-11'], pciDss: ['8.2.8'], owaspServerless: ['A2'], csaSas: ['SAS-2'] },
  options: {
    maximumSeconds: { type: 'number', description: 'For how many seconds a decision may be kept', default: 300, min: 0, max: 3600 },
  },

  *check(app, { maximumSeconds }) {
    for (const authorizer of authorizers(app)) {
      if (authorizer.get('AuthorizerUri').isSet === 'no') continue;
      const kept = keptFor(authorizer);
      yield {
        resource: authorizer,
        property: 'AuthorizerResultTtlInSeconds',
        holds: kept.isNumber(seconds => seconds <= maximumSeconds),
        message: () => `decisions are kept for \`${kept}\` s, expected at most \`${maximumSeconds}\` s`,
      };
    }
  },
});
