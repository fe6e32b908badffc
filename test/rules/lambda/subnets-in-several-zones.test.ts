import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { subnetsInSeveralZones } from '../../../src/rules/lambda/subnets-in-several-zones';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const inSubnets = (...SubnetIds: unknown[]) => ({ Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds, SecurityGroupIds: ['sg-1'] } } });
const inZone = (AvailabilityZone: unknown) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', AvailabilityZone } });
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const finding = (zones: string) => ({ at: 'Stack/Fn', property: 'VpcConfig.SubnetIds', message: `the zones of \`Fn\` are \`${zones}\`, expected at least two` });

testRule(subnetsInSeveralZones, {
  valid: {
    'two by name': { resources: { Fn: inSubnets({ Ref: 'A' }, { Ref: 'B' }), A: inZone('eu-west-1a'), B: inZone('eu-west-1b') } },
    'two by number': { resources: { Fn: inSubnets({ Ref: 'A' }, { Ref: 'B' }), A: inZone(zone(0)), B: inZone(zone(1)) } },
    'no VPC': { resources: { Fn: { Type: 'AWS::Lambda::Function' } } },
    'a VPC as the CDK makes it': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }) }),
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'subnets from elsewhere': { resources: { Fn: inSubnets('subnet-1', 'subnet-2') }, findings: [finding('(unknown)')] },
    'one of the app and one from elsewhere': {
      resources: { Fn: inSubnets({ Ref: 'A' }, 'subnet-2'), A: inZone('eu-west-1a') }, findings: [finding('eu-west-1a, (unknown)')],
    },
    'zones that AWS chooses': { resources: { Fn: inSubnets({ Ref: 'A' }, { Ref: 'B' }), A: inZone({ Ref: 'AWS::NoValue' }), B: inZone({ Ref: 'AWS::NoValue' }) }, findings: [finding('(unknown)')] },
  },
  invalid: {
    'one subnet': { resources: { Fn: inSubnets({ Ref: 'A' }), A: inZone('eu-west-1a') }, findings: [finding('eu-west-1a')] },
    'one subnet from elsewhere': { resources: { Fn: inSubnets('subnet-1') }, findings: [finding('(unknown)')] },
    'two subnets in one zone': {
      resources: { Fn: inSubnets({ Ref: 'A' }, { Ref: 'B' }), A: inZone(zone(0)), B: inZone(zone(0)) }, findings: [finding('${availability zone 1}')],
    },
    'a VPC with one zone': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, restrictDefaultSecurityGroup: false }) }),
      findings: [{ at: 'Stack/Fn/Resource', property: 'VpcConfig.SubnetIds', message: expect.stringMatching(/^the zones of `Fn\w+` are `\S+ ?[^,]*`, expected at least two$/) }],
    },
  },
});
