import { any, Verdict } from '../../model/verdict';
import { functionVpcs } from '../../network/function-vpcs';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const flowLogged = defineRule({
  id: 'ec2/flow-logged',
  severity: Severity.MEDIUM,
  summary: 'Connections in the VPCs of functions are logged',
  rationale: 'Without flow logs nobody can tell where a function connected to, or tried to, once something has gone wrong.',
  remedy: 'Add a flow log for all traffic to the VPC, or to each subnet of the function.',
  fix: 'vpc.addFlowLog(\'FlowLog\', { trafficType: ec2.FlowLogTrafficType.ALL });',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
  ],
  peers: { 'cdk-nag': ['AwsSolutions-VPC7', 'VPCFlowLogsEnabled'], 'checkov': ['CKV2_AWS_11'], 'cfn_nag': ['W60'], 'Security Hub': ['EC2.6'], 'Trivy': ['AWS-0178'] },
  compliance: {
    securityHub: ['EC2.6'],
    nist80053: ['AC-4(26)', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)', 'SI-7(8)'],
    pciDss: ['10.2.1'],
    hipaa: ['164.312(b)'],
    cis: ['3.7'],
    csaSas: ['SAS-5'],
  },

  *check(app) {
    for (const { vpc, subnets, users, flowLogs } of functionVpcs(app)) {
      const logged = (resource: typeof vpc): Verdict => any(flowLogs(resource).map(({ exists }) => exists));
      const bySubnet = [...subnets].map(logged);
      yield {
        resource: vpc,
        holds: any([logged(vpc), bySubnet.every(each => each === 'yes') ? 'yes' : bySubnet.includes('unknown') ? 'unknown' : 'no']),
        message: () => `there is no \`AWS::EC2::FlowLog\` for \`${vpc.logicalId}\`, in which functions run, expected one`,
        reasons: () => users.slice(0, 3).map(user => ({ resource: user, text: `${user} connects to it` })),
      };
    }
  },
});
