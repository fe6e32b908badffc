import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsService, Egress, SecureFunction } from '../../../src';
import { endpointPolicyScoped } from '../../../src/rules/ec2/endpoint-policy-scoped';
import { CODE } from '../../function/fixtures';
import { natNetwork } from '../../network/networks';
import { testRule } from '../rule-tester';

const OWN = { StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } };
const endpoint = (properties: object, service = 'sqs') => ({
  Type: 'AWS::EC2::VPCEndpoint',
  Properties: { VpcId: { Ref: 'Vpc' }, VpcEndpointType: 'Interface', ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${service}` }, ...properties },
});
const policy = (statement: object) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...statement }] } });
const message = (service: string, how = 'there is no `PolicyDocument`, which lets') =>
  `${how} everybody reach everything in \`${service}\`, expected one's own account or organization`;
const finding = (service = 'sqs', how?: string) => ({ at: 'Stack/Endpoint', property: 'PolicyDocument', message: message(service, how) });
const gateway = (table: string) => endpoint({ VpcEndpointType: 'Gateway', RouteTableIds: [{ Ref: table }] }, 's3');

testRule(endpointPolicyScoped, {
  valid: {
    'a policy under conditions': { resources: natNetwork({ Endpoint: endpoint(policy({ Condition: OWN })) }) },
    'a policy for one queue': { resources: natNetwork({ Endpoint: endpoint(policy({ Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' })) }) },
    'a policy for one action': { resources: natNetwork({ Endpoint: endpoint(policy({ Action: 'sqs:SendMessage' })) }) },
    'an endpoint in a VPC without functions': { resources: { Vpc: { Type: 'AWS::EC2::VPC' }, Endpoint: endpoint({}) } },
    'a gateway that the subnets of functions have no route to': { resources: natNetwork({ Endpoint: gateway('PublicTable') }) },
    'a service of somebody else, which takes no policy': {
      resources: natNetwork({ Endpoint: endpoint({ ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1' }) }),
    },
    'endpoints of a secure function': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, egress: Egress.toServices(AwsService.S3, AwsService.SQS) }),
    },
  },
  unknown: {
    'a policy from a parameter': {
      sections: { Parameters: { Policy: { Type: 'String' } } },
      resources: natNetwork({ Endpoint: endpoint({ PolicyDocument: { Ref: 'Policy' } }) }),
      findings: [finding('sqs', '`PolicyDocument` may let')],
    },
  },
  invalid: {
    'no policy': { resources: natNetwork({ Endpoint: endpoint({}) }), findings: [{ ...finding(), reasons: ['Stack/Fn reaches sqs by it'] }] },
    'no policy of a gateway': { resources: natNetwork({ Endpoint: gateway('SubnetTable') }), findings: [finding('s3')] },
    'a policy that allows everything': { resources: natNetwork({ Endpoint: endpoint(policy({})) }), findings: [finding('sqs', '`PolicyDocument` lets')] },
    'a policy that allows all of the service': {
      resources: natNetwork({ Endpoint: endpoint(policy({ Action: 'sqs:*', Principal: { AWS: '*' } })) }), findings: [finding('sqs', '`PolicyDocument` lets')],
    },
    'what the CDK makes by default': {
      app: stack => {
        const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
        vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
        vpc.addGatewayEndpoint('Buckets', { service: ec2.GatewayVpcEndpointAwsService.S3 });
        new lambda.Function(stack, 'Fn', { ...CODE, vpc });
      },
      findings: [
        { ...finding('s3'), at: 'Stack/Vpc/Buckets/Resource' },
        { ...finding('sqs'), at: 'Stack/Vpc/Queues/Resource' },
      ],
    },
  },
});
