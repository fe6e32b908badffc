import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsService, Egress, SecureFunction } from '../../../src';
import { functionEgressRulesNamed } from '../../../src/rules/ec2/function-egress-rules-named';
import { CODE } from '../../function/fixtures';
import { group, natNetwork } from '../../network/networks';
import { testRule } from '../rule-tester';

const IPV4 = { at: 'Stack/Group', property: 'SecurityGroupEgress.0', message: 'all ports of `0.0.0.0/0` are open, expected a peer and its port' };

testRule(functionEgressRulesNamed, {
  valid: {
    'one port': { resources: natNetwork({ Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }) }) },
    'all ports but one': { resources: natNetwork({ Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 2, ToPort: 65535 }) }) },
    'a range of one\'s own': { resources: natNetwork({ Group: group({ CidrIp: '10.0.0.0/8', IpProtocol: '-1' }) }) },
    'the rule of the CDK that closes a group': {
      resources: natNetwork({ Group: group({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }) }),
    },
    'an open group that no function is in': { resources: { Vpc: { Type: 'AWS::EC2::VPC' }, Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }) } },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toServices(AwsService.S3, AwsService.SQS) }) },
  },
  unknown: {
    'a range that somebody fills in': {
      sections: { Parameters: { Range: { Type: 'String' } } },
      resources: natNetwork({ Group: group({ CidrIp: { Ref: 'Range' }, IpProtocol: '-1' }) }),
      findings: [{ ...IPV4, message: 'all ports of `${parameter Range}` are open, expected a peer and its port' }],
    },
  },
  invalid: {
    'everything': { resources: natNetwork(), findings: [{ ...IPV4, reasons: ['Stack/Fn is in the group'] }] },
    'everything, even where no route leads out': { resources: natNetwork({ SubnetRoute: undefined }), findings: [IPV4] },
    'all ports of TCP': { resources: natNetwork({ Group: group({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 }) }), findings: [IPV4] },
    'IPv6': {
      resources: natNetwork({ Group: group({ CidrIpv6: '::/0', IpProtocol: '-1' }) }),
      findings: [{ ...IPV4, message: 'all ports of `::/0` are open, expected a peer and its port' }],
    },
    'no rules at all': {
      resources: natNetwork({ Group: { Type: 'AWS::EC2::SecurityGroup', Properties: {} } }),
      findings: [{
        at: 'Stack/Group',
        property: 'SecurityGroupEgress',
        message: 'there are no egress rules in `SecurityGroupEgress`, which allows everything, expected a rule for each peer',
      }],
    },
    'what the CDK makes by default': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }) }),
      findings: [{ ...IPV4, at: 'Stack/Fn/SecurityGroup/Resource' }],
    },
  },
});
