import { isEverything } from '../../iam/resource-pattern';
import { policiesOn } from '../../iam/resource-policies';
import { Statement } from '../../iam/statement';
import { all, any, not } from '../../model/verdict';
import { functionEndpoints } from '../../network/endpoints';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const endpointPolicyScoped = defineRule({
  id: 'ec2/endpoint-policy-scoped',
  severity: Severity.MEDIUM,
  summary: 'Endpoints in the networks of functions let through only what is meant for one\'s own account or organization',
  rationale: 'An endpoint without a policy leads to every bucket and queue of every account, so data leaves an isolated network with credentials brought along.',
  remedy: 'Write a policy that asks for identities and resources of your own account or organization. A few services take no endpoint policies: acknowledge those.',
  fix: 'endpoint.addToPolicy(new iam.PolicyStatement({ principals: [new iam.StarPrincipal()], actions: [\'*\'], resources: [\'*\'], conditions: { StringEquals: { \'aws:PrincipalAccount\': account, \'aws:ResourceAccount\': account } } }));',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html',
  ],
  peers: { Prowler: ['vpc_endpoint_connections_trust_boundaries'], Sonar: ['S6270'] },
  compliance: { nist80053: ['AC-4', 'AC-6', 'SC-7(10)'], pciDss: ['1.3.2', '7.2.1'], hipaa: ['164.312(e)(1)'], csaSas: ['SAS-3'] },

  *check(app) {
    for (const { resource, service, users } of functionEndpoints(app)) {
      const reasons = () => users.slice(0, 3).map(user => ({ resource: user, text: `${user} reaches ${service} by it` }));
      const statements = policiesOn(app, resource);
      const policy = resource.get('PolicyDocument');
      const open = policy.kind === 'absent' ? 'yes' : statements.length === 0 && !policy.isKnown ? 'unknown' : any(statements.map(each => letsAllThrough(each, service)));
      yield {
        resource,
        property: 'PolicyDocument',
        holds: not(open),
        message: () => `${policy.kind === 'absent' ? 'there is no `PolicyDocument`, which lets' : `\`PolicyDocument\` ${open === 'yes' ? 'lets' : 'may let'}`} everybody reach everything in \`${service}\`, expected one's own account or organization`,
        reasons,
      };
    }
  },
});

function letsAllThrough(statement: Statement, service: string) {
  return all([
    statement.allows,
    statement.concerns(`${service.split('.')[0]}:*`),
    statement.covers(isEverything),
    statement.admits(({ type, value }) => type === '*' ? value.is('*') : type === 'AWS' && value.parts.length === 0 ? value.is('*') : 'no'),
    not(statement.isConditional),
  ]);
}
