import { Value } from '../../model/value';
import { Verdict, verdict } from '../../model/verdict';
import { attachments } from '../../network/attachments';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const subnetsInSeveralZones = defineRule({
  id: 'lambda/subnets-in-several-zones',
  severity: Severity.LOW,
  summary: 'Functions in a VPC run in at least two availability zones',
  rationale: 'When the only zone of a function fails, so does the function, although Lambda runs in all of them.',
  remedy: 'Name subnets of at least two zones.',
  fix: 'new ec2.Vpc(this, \'Vpc\', { maxAzs: 2 });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5',
  ],
  peers: { 'Security Hub': ['Lambda.5'], 'Prowler': ['awslambda_function_vpc_multi_az'] },
  compliance: { securityHub: ['Lambda.5'], nist80053: ['CP-10', 'SC-36', 'SI-13(5)'], hipaa: ['164.308(a)(7)(i)'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const [compute, attached] of attachments(app)) {
      for (const { at, inVpc, subnets } of attached) {
        if (inVpc !== 'yes') continue;
        const zones = new Set(subnets.items.map(zoneOf));
        yield {
          resource: at.resource,
          property: `${at.property}.SubnetIds`,
          holds: inSeveral([...zones], subnets),
          message: () => `the zones of \`${compute.logicalId}\` are \`${[...zones].map(zone => zone ?? '(unknown)').join(', ')}\`, expected at least two`,
        };
      }
    }
  },
});

/** What tells the zone of a subnet from others, even where only deployment knows its name. */
function zoneOf(subnet: Value): string | undefined {
  const zone = subnet.target?.type === 'AWS::EC2::Subnet' ? subnet.target.get('AvailabilityZone') : undefined;
  return zone === undefined || zone.kind === 'absent' || zone.kind === 'either' ? undefined : String(zone);
}

function inSeveral(zones: readonly (string | undefined)[], subnets: Value): Verdict {
  const known = zones.filter(zone => zone !== undefined).length;
  if (known > 1) return 'yes';
  // One literal subnet is one zone, whichever it is; a list from elsewhere may be of any length.
  const countable = subnets.kind === 'known' && subnets.items.every(item => item.kind === 'known' || item.kind === 'reference');
  return countable && subnets.items.length === 1 ? 'no' : zones.includes(undefined) ? 'unknown' : verdict(known > 1);
}
