import { isAtEdge } from '../../model/lambda/at-edge';
import { any, not } from '../../model/verdict';
import { reach } from '../../network/reach';
import { eitherWay } from '../../network/way';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const egressRestricted = defineRule({
  id: 'lambda/egress-restricted',
  severity: Severity.MEDIUM,
  summary: 'Code has no way to the whole internet',
  rationale: 'Code that was tampered with, by a dependency or by an event, sends what the function may read to wherever it likes.',
  remedy: 'Run the function in isolated subnets with endpoints for the services that it calls, or lead its connections through a firewall that knows their hosts.',
  fix: 'new SecureFunction(this, \'Handler\', { ...props, egress: Egress.toServices(AwsService.SQS) });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3',
  ],
  peers: { 'cdk-nag': ['LambdaInsideVPC'], 'checkov': ['CKV_AWS_117'], 'Security Hub': ['Lambda.3'], 'Trivy': ['AWS-0104'] },
  compliance: {
    securityHub: ['Lambda.3'],
    nist80053: ['AC-4', 'SC-7', 'SC-7(5)'],
    pciDss: ['1.3.2'],
    hipaa: ['164.312(e)(1)'],
    owaspServerless: ['A6'],
    csaSas: ['SAS-3'],
  },
  options: {
    trustDnsFirewall: { type: 'boolean', description: 'Whether a DNS firewall that resolves only listed names is enough, although addresses can be reached without a name', default: true },
  },

  *check(app, { trustDnsFirewall }) {
    for (const [compute, { attachments: [{ at }], internet, listedNamesOnly }] of reach(app)) {
      if (isAtEdge(app, compute)) continue;
      const out = eitherWay([internet.IPv4, internet.IPv6]);
      yield {
        resource: compute,
        property: at.resource === compute ? at.property : undefined,
        holds: any([not(out.open), trustDnsFirewall ? listedNamesOnly : 'no']),
        message: () => `the internet ${out.open === 'yes' ? 'is' : 'may be'} in reach from \`${compute.logicalId}\`, expected only what the function needs`,
        reasons: () => out.steps,
      };
    }
  },
});
