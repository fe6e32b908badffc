import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsService, Egress, SecureFunction } from '../../../src';
import { grantedServicesReachable } from '../../../src/rules/lambda/granted-services-reachable';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function isolated(stack: any, props: Partial<lambda.FunctionProps> = {}) {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    natGateways: 0,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const fn = new lambda.Function(stack, 'Fn', { ...CODE, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, ...props });
  return { vpc, fn };
}

const SEND = {
  at: 'Stack/Fn/Resource',
  property: 'VpcConfig',
  message: '`sqs:SendMessage` is granted without a known way to `sqs`, expected an endpoint in the VPC and a rule that leads to it',
};

testRule(grantedServicesReachable, {
  valid: {
    'no VPC': { app: stack => void new sqs.Queue(stack, 'Queue').grantSendMessages(new lambda.Function(stack, 'Fn', CODE)) },
    'a way out by a NAT gateway': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        new sqs.Queue(stack, 'Queue').grantSendMessages(new lambda.Function(stack, 'Fn', { ...CODE, vpc }));
      },
    },
    'endpoints in the VPC': {
      app: stack => {
        const { vpc, fn } = isolated(stack);
        vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
        vpc.addGatewayEndpoint('Buckets', { service: ec2.GatewayVpcEndpointAwsService.S3 });
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
        new s3.Bucket(stack, 'Bucket').grantRead(fn);
      },
    },
    'a group that leads to the endpoint alone': {
      app: stack => {
        const { vpc, fn } = isolated(stack, { allowAllOutbound: false });
        fn.connections.allowTo(vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS }), ec2.Port.HTTPS);
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
      },
    },
    'an event source, which Lambda reads': { app: stack => isolated(stack).fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
    'a dead-letter queue, which Lambda writes to': { app: stack => void isolated(stack, { deadLetterQueue: new sqs.Queue(stack, 'Queue') }) },
    'traces and network interfaces, which are Lambda\'s own calls': { app: stack => void isolated(stack, { tracing: lambda.Tracing.ACTIVE }) },
    'a secure function with services': {
      app: stack => {
        const fn = new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toServices(AwsService.DYNAMODB, AwsService.SQS) });
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
        new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }).grantReadData(fn);
      },
    },
    'a default secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'an imported VPC, which may have an endpoint': {
      app: stack => {
        const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
        new sqs.Queue(stack, 'Queue').grantSendMessages(new lambda.Function(stack, 'Fn', { ...CODE, vpc }));
      },
      findings: [{ ...SEND, reasons: ['grants `sqs:SendMessage`'] }],
    },
    'a peered VPC, which may have an endpoint': {
      app: stack => {
        const { vpc, fn } = isolated(stack);
        vpc.isolatedSubnets.forEach((subnet, index) => new ec2.CfnRoute(stack, `Route${index}`, {
          routeTableId: subnet.routeTable.routeTableId, destinationCidrBlock: '10.9.0.0/16', vpcPeeringConnectionId: 'pcx-1',
        }));
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
      },
      findings: [SEND],
    },
  },
  invalid: {
    'no endpoint': { app: stack => new sqs.Queue(stack, 'Queue').grantSendMessages(isolated(stack).fn), findings: [SEND] },
    'an endpoint of another service': {
      app: stack => {
        const { vpc, fn } = isolated(stack);
        vpc.addInterfaceEndpoint('Topics', { service: ec2.InterfaceVpcEndpointAwsService.SNS });
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
      },
      findings: [SEND],
    },
    'an endpoint, and a closed group': {
      app: stack => {
        const { vpc, fn } = isolated(stack, { allowAllOutbound: false });
        vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
      },
      findings: [SEND],
    },
    'an endpoint, and a group that leads to another': {
      app: stack => {
        const { vpc, fn } = isolated(stack, { allowAllOutbound: false });
        vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
        fn.connections.allowTo(vpc.addInterfaceEndpoint('Topics', { service: ec2.InterfaceVpcEndpointAwsService.SNS }), ec2.Port.HTTPS);
        new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
      },
      findings: [SEND],
    },
  },
});
