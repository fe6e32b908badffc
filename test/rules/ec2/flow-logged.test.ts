import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { flowLogged } from '../../../src/rules/ec2/flow-logged';
import { CODE } from '../../function/fixtures';
import { natNetwork } from '../../network/networks';
import { testRule } from '../rule-tester';

const flowLog = (of: string, properties: object = {}) => ({
  Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: { Ref: of }, ResourceType: of === 'Vpc' ? 'VPC' : 'Subnet', TrafficType: 'ALL' }, ...properties,
});
const MISSING = { at: 'Stack/Vpc', message: 'there is no `AWS::EC2::FlowLog` for `Vpc`, in which functions run, expected one' };

testRule(flowLogged, {
  valid: {
    'a log of the VPC': { resources: natNetwork({ Log: flowLog('Vpc') }) },
    'a log of each subnet': { resources: natNetwork({ Log: flowLog('Subnet') }) },
    'a VPC without functions': { resources: { Vpc: { Type: 'AWS::EC2::VPC' } } },
    'a log as the CDK makes it': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        new lambda.Function(stack, 'Fn', { ...CODE, vpc });
        vpc.addFlowLog('Log');
      },
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a log that a condition makes': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: natNetwork({ Log: flowLog('Vpc', { Condition: 'Live' }) }),
      findings: [MISSING],
    },
  },
  invalid: {
    'none': { resources: natNetwork(), findings: [{ ...MISSING, reasons: ['Stack/Fn connects to it'] }] },
    'a log of another subnet': { resources: natNetwork({ Log: flowLog('Public') }), findings: [MISSING] },
  },
});
