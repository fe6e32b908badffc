import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** The policies of a domain name; of version 2, only those with TLS 1.2 or newer exist, so none is needed. */
function policies(domain: Resource): readonly (readonly [property: string, policy: Value])[] {
  if (domain.type !== 'AWS::ApiGatewayV2::DomainName') return [['SecurityPolicy', domain.get('SecurityPolicy')]];
  return domain.get('DomainNameConfigurations').items.map((each, index) =>
    [`DomainNameConfigurations.${index}.SecurityPolicy`, each.get('SecurityPolicy').or('TLS_1_2')] as const);
}

/** What holds unless a policy is set depends on the kind of endpoint and on when the domain name was made. */
function isCurrent(policy: Value): Verdict {
  return policy.kind === 'absent' ? 'unknown' : policy.satisfies(({ text = '' }) => /^(?:TLS_1_[23]|SecurityPolicy_TLS1[23]_.+)$/.test(text));
}

export const tlsVersion = defineRule({
  id: 'apigateway/tls-version',
  severity: Severity.MEDIUM,
  summary: 'Domain names of APIs accept TLS 1.2 and newer only',
  rationale: 'TLS 1.0 and 1.1 have known weaknesses, by which somebody on the way can read and change what an API exchanges with its callers.',
  remedy: 'Set the security policy of the domain name to TLS 1.2 or newer.',
  fix: `new apigateway.DomainName(this, 'Domain', {
  domainName, certificate,
  securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html'],
  peers: { cfn_nag: ['W62'], checkov: ['CKV_AWS_206'], KICS: ['8275fab0'], Trivy: ['AWS-0005'], Sonar: ['S4423'] },
  compliance: {
    nist80053: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-13'],
    pciDss: ['4.2.1'],
    hipaa: ['164.312(e)(1)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const domain of app.ofType('AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName')) {
      for (const [property, policy] of policies(domain)) {
        yield { resource: domain, property, holds: isCurrent(policy), message: () => `the security policy is \`${policy}\`, expected TLS 1.2 or newer` };
      }
    }
  },
});
