import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { Verdict, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** What a request says of itself, whoever sends it: the same for many callers. */
const SHARED = /^(?:context\.(?!identity\.|authorizer\.)|stageVariables\.|\$context\.(?!identity\.|authorizer\.)|\$stageVariables\.)/;

/** What decisions are kept by. A REST API has them in one text, an HTTP API as a list. */
function identitySource(authorizer: Resource): Value {
  const source = authorizer.get('IdentitySource');
  return source.text === undefined ? source : Value.known(source.text.split(',').map(each => each.trim()), authorizer.scope);
}

/** Whether at least one of them differs from caller to caller. */
function isPersonal(source: Value): Verdict {
  if (!Array.isArray(source.literal)) return 'unknown';
  return verdict(source.items.some(({ text }) => text === undefined || !SHARED.test(text)));
}

export const authorizerCachePersonal = defineRule({
  id: 'apigateway/authorizer-cache-personal',
  severity: Severity.HIGH,
  summary: 'Decisions of authorizers are kept for one caller, not for all',
  rationale: 'API Gateway keeps what an authorizer decided under its identity sources. If none of them tells one caller from another, whoever calls next gets in by the decision on somebody else.',
  remedy: 'Make what proves who calls, such as the header `Authorization`, an identity source, or keep no decisions.',
  fix: `new apigateway.RequestAuthorizer(this, 'Authorizer', {
  handler,
  identitySources: [apigateway.IdentitySource.header('Authorization')],
  resultsCacheTtl: Duration.minutes(5),
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html'],
  peers: { 'cfn-lint': ['E3718'] },
  compliance: { nist80053: ['AC-3', 'IA-2'], pciDss: ['7.2.1'], owaspServerless: ['A2'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const authorizer of app.ofType('AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer')) {
      // Only for REST APIs, decisions are kept unless told otherwise.
      const kept = authorizer.get('AuthorizerResultTtlInSeconds').or(authorizer.type === 'AWS::ApiGateway::Authorizer' ? 300 : 0).isNumber(ttl => ttl > 0);
      const source = identitySource(authorizer);
      if (kept === 'no' || source.kind === 'absent' || authorizer.get('AuthorizerUri').isSet === 'no') continue;
      const personal = isPersonal(source);
      const holds = personal === 'no' && kept === 'unknown' ? 'unknown' : personal;
      const message = () => `decisions are kept under \`${source}\`, expected something that differs from caller to caller`;
      yield { resource: authorizer, property: 'IdentitySource', holds, message };
    }
  },
});
