import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { groupNotShared } from '../../../src/rules/lambda/group-not-shared';
import { CODE } from '../../function/fixtures';
import { FUNCTION_IN_VPC, group, natNetwork } from '../../network/networks';
import { testRule } from '../rule-tester';

const shared = (count: number) => `\`${count}\` functions share the group and all that its rules allow, expected a group for each`;

testRule(groupNotShared, {
  valid: {
    'a group for each': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        for (const id of ['One', 'Other']) new lambda.Function(stack, id, { ...CODE, vpc });
      },
    },
    'one for all that connect to nothing': {
      resources: natNetwork({ Other: FUNCTION_IN_VPC, Group: group({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }) }),
    },
    'secure functions, which connect to nothing': {
      app: stack => ['One', 'Other'].forEach(id => new SecureFunction(stack, id, CODE)),
    },
  },
  unknown: {
    'one for two, of which a condition makes one': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: natNetwork({ Other: { ...FUNCTION_IN_VPC, Condition: 'Live' } }),
      findings: [{ at: 'Stack/Group', message: shared(2) }],
    },
  },
  invalid: {
    'one for two': {
      resources: natNetwork({ Other: FUNCTION_IN_VPC }),
      findings: [{ at: 'Stack/Group', message: shared(2), reasons: ['Stack/Fn is in the group', 'Stack/Other is in the group'] }],
    },
    'one for two, with no rules and so with all': {
      resources: natNetwork({ Other: FUNCTION_IN_VPC, Group: { Type: 'AWS::EC2::SecurityGroup' } }),
      findings: [{ at: 'Stack/Group', message: shared(2) }],
    },
    'one that is given to three': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        const securityGroups = [new ec2.SecurityGroup(stack, 'Shared', { vpc })];
        for (const id of ['One', 'Two', 'Three']) new lambda.Function(stack, id, { ...CODE, vpc, securityGroups });
      },
      findings: [{ at: 'Stack/Shared/Resource', message: shared(3) }],
    },
  },
});
