import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { groupHasNoIngress } from '../../../src/rules/lambda/group-has-no-ingress';
import { CODE } from '../../function/fixtures';
import { natNetwork } from '../../network/networks';
import { testRule } from '../rule-tester';

const HTTPS = { CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const LET_IN = 'connections to `Group` are let in, in which functions are, expected no inbound rule';
const separate = (properties: object = {}) => ({
  Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...HTTPS }, ...properties,
});

testRule(groupHasNoIngress, {
  valid: {
    'no rule': { resources: natNetwork() },
    'a group that no function is in': {
      resources: natNetwork({ Other: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [HTTPS] } } }),
    },
    'a function that a database lets in': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        new ec2.SecurityGroup(stack, 'Database', { vpc }).connections.allowFrom(new lambda.Function(stack, 'Fn', { ...CODE, vpc }), ec2.Port.POSTGRES);
      },
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a rule that a condition makes': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Debugged: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } } },
      resources: natNetwork({ Rule: separate({ Condition: 'Debugged' }) }),
      findings: [{ at: 'Stack/Rule', message: LET_IN }],
    },
  },
  invalid: {
    'a rule in the group': {
      resources: natNetwork({ Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [HTTPS] } } }),
      findings: [{ at: 'Stack/Group', property: 'SecurityGroupIngress.0', message: LET_IN, reasons: ['Stack/Fn is in the group, and takes no connections'] }],
    },
    'a rule of its own': { resources: natNetwork({ Rule: separate() }), findings: [{ at: 'Stack/Rule', message: LET_IN }] },
  },
});
