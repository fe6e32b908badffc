import { callsByCode, GrantedCall } from '../../iam/calls-by-code';
import { reach } from '../../network/reach';
import { hasEndpoints, reachesService } from '../../network/service-reach';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const grantedServicesReachable = defineRule({
  id: 'lambda/granted-services-reachable',
  severity: Severity.LOW,
  summary: 'Functions reach the services that they are granted actions of',
  rationale: 'A call without a way to its service waits until the function times out. Either the network lacks an endpoint, or the grant is one too many.',
  remedy: 'Add an endpoint for the service to the VPC and let the function connect to it, or take the grant away.',
  fix: 'vpc.addInterfaceEndpoint(\'Queues\', { service: ec2.InterfaceVpcEndpointAwsService.SQS });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html',
  ],
  peers: { 'Security Hub': ['EC2.10'], 'Prowler': ['ec2_vpc_endpoint_for_ec2_enabled'] },
  compliance: { nist80053: ['AC-6', 'SC-7(3)'], owaspServerless: ['A6'], csaSas: ['SAS-3', 'SAS-4'] },

  *check(app) {
    for (const [fn, reached] of reach(app)) {
      if (reached.attachments.every(({ inVpc }) => inVpc === 'no')) continue;
      const calls = new Map<string, GrantedCall>();
      for (const call of callsByCode(app, fn)) {
        const [prefix] = call.action.toLowerCase().split(':');
        if (hasEndpoints(prefix) && !calls.has(prefix)) calls.set(prefix, call);
      }
      for (const [prefix, { action, statement }] of calls) {
        yield {
          resource: fn,
          property: 'VpcConfig',
          holds: reachesService(app, reached, prefix),
          message: () => `\`${action}\` is granted without a known way to \`${prefix}\`, expected an endpoint in the VPC and a rule that leads to it`,
          reasons: () => [{ resource: statement.origin.resource, property: statement.at('Action'), text: `grants \`${action}\`` }],
        };
      }
    }
  },
});
