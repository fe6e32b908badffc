import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsService, Egress, SecureFunction } from '../../../src';
import { egressRestricted } from '../../../src/rules/lambda/egress-restricted';
import { CODE } from '../../function/fixtures';
import { FUNCTION_IN_VPC, group, natNetwork, subnet } from '../../network/networks';
import { testRule } from '../rule-tester';

const OUTSIDE = { Fn: { Type: 'AWS::Lambda::Function', Properties: {} } };
const isReached = (name: string) => `the internet is in reach from \`${name}\`, expected only what the function needs`;
const mayBeReached = (name: string) => `the internet may be in reach from \`${name}\`, expected only what the function needs`;

testRule(egressRestricted, {
  valid: {
    'no function': { resources: {} },
    'no route': { resources: natNetwork({ SubnetRoute: undefined }) },
    'a closed group, as the CDK makes it': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }), allowAllOutbound: false }),
    },
    'an outbound rule to another group': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        const fn = new lambda.Function(stack, 'Fn', { ...CODE, vpc, allowAllOutbound: false });
        fn.connections.allowTo(new ec2.SecurityGroup(stack, 'Database', { vpc }), ec2.Port.tcp(5432));
      },
    },
    'a default secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
    'a secure function with services': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toServices(AwsService.S3, AwsService.SQS) }),
    },
    'a secure function with hosts, of which it resolves no others': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toHosts(['api.example.com']) }),
    },
    'a secure function whose connections a firewall reads': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toHosts(['api.example.com'], { inspectTls: true }) }),
      options: { trustDnsFirewall: false },
    },
    'a function at the edge, which no VPC takes': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        new cloudfront.Distribution(stack, 'Distribution', {
          defaultBehavior: {
            origin: new origins.HttpOrigin('example.com'),
            edgeLambdas: [{ functionVersion: fn.currentVersion, eventType: cloudfront.LambdaEdgeEventType.VIEWER_REQUEST }],
          },
        });
      },
    },
  },
  unknown: {
    'an imported VPC': {
      app: stack => {
        const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
        new lambda.Function(stack, 'Fn', { ...CODE, vpc });
      },
      findings: [{
        at: 'Stack/Fn/Resource',
        property: 'VpcConfig',
        message: expect.stringMatching(/^the internet may be in reach from `Fn\w+`, expected only what the function needs$/),
        reasons: ['allows connections to `0.0.0.0/0`', 'is in subnet `subnet-1`, whose routes are not in the app'],
      }],
    },
    'a group from elsewhere': {
      resources: natNetwork({
        Fn: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg-1'] } } },
      }),
      findings: [{ at: 'Stack/Fn', property: 'VpcConfig', message: mayBeReached('Fn') }],
    },
    'a web function without a network connector': {
      resources: { Revision: { Type: 'AWS::Lambda::WebFunctionRevision', Properties: { ServiceConfig: {} } } },
      findings: [{
        at: 'Stack/Revision',
        property: 'ServiceConfig.EgressNetworkConnectorArn',
        message: mayBeReached('Revision'),
        reasons: ['has no network connector, and where a web function may connect to without one is not documented'],
      }],
    },
  },
  invalid: {
    'no VPC': {
      resources: OUTSIDE,
      findings: [{
        at: 'Stack/Fn',
        property: 'VpcConfig',
        message: isReached('Fn'),
        reasons: ['runs outside any VPC, where Lambda connects it to the internet'],
      }],
    },
    'a group, a route and a NAT gateway': {
      resources: natNetwork(),
      findings: [{
        at: 'Stack/Fn',
        property: 'VpcConfig',
        message: isReached('Fn'),
        reasons: [
          'allows connections to `0.0.0.0/0`',
          'sends `0.0.0.0/0` to ${Stack/Nat.Ref}',
          'sends `0.0.0.0/0` to ${Stack/InternetGateway.Ref}',
        ],
      }],
    },
    'IPv6 past a network that is closed to IPv4': {
      resources: natNetwork({
        Fn: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { ...FUNCTION_IN_VPC.Properties.VpcConfig, Ipv6AllowedForDualStack: true } } },
        Group: group({ CidrIpv6: '::/0', IpProtocol: '-1' }),
        ...subnet('Subnet', { DestinationCidrBlock: { Ref: 'AWS::NoValue' }, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: { Ref: 'Egress' } }),
        Egress: { Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: { VpcId: { Ref: 'Vpc' } } },
      }),
      findings: [{
        at: 'Stack/Fn',
        property: 'VpcConfig',
        message: isReached('Fn'),
        reasons: ['allows connections to `::/0`', 'sends `::/0` to ${Stack/Egress.Ref}'],
      }],
    },
    'a network whose DNS alone is filtered, for those who want more': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toHosts(['api.example.com']) }),
      options: { trustDnsFirewall: false },
      findings: [{
        at: 'Stack/Fn/Resource',
        property: 'VpcConfig',
        message: expect.stringMatching(/^the internet is in reach from `Fn\w+`, expected only what the function needs$/),
      }],
    },
    'what the CDK makes by default': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, vpc: new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false }) }),
      findings: [{
        at: 'Stack/Fn/Resource',
        property: 'VpcConfig',
        message: expect.stringMatching(/^the internet is in reach from `Fn\w+`, expected only what the function needs$/),
        reasons: [
          'allows connections to `0.0.0.0/0`',
          'sends `0.0.0.0/0` to ${Stack/Vpc/PublicSubnet1/NATGateway.Ref}',
          'sends `0.0.0.0/0` to ${Stack/Vpc/IGW.Ref}',
        ],
      }],
    },
  },
});
