import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { AwsService, Egress, SecureDefaults, SecureFunction, SecureNetwork, SecureNetworkProps } from '../../src';

const EUROPE = { env: { account: '111122223333', region: 'eu-west-1' } };

/** A rendered string as it is in the AWS partition: flags decide whether its parts are literals or references. */
function text(value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return { 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' }[value.Ref as string] ?? value.Ref;
  return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]);
}

/** Names that the DNS firewall lets through. */
function resolvableNames(template: Template): string[] {
  const lists = Object.entries(template.findResources('AWS::Route53Resolver::FirewallDomainList'));
  return lists.filter(([id]) => id.includes('Allowed')).flatMap(([, { Properties }]) => Properties.Domains.map(text));
}

function policyOf(template: Template, service: string): any[] {
  const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
  const { Properties } = endpoints.find(each => text(each.Properties.ServiceName).endsWith(`.${service}`))!;
  return Properties.PolicyDocument?.Statement.map((statement: any) => ({
    ...statement,
    Resource: Array.isArray(statement.Resource) ? statement.Resource.map(text) : text(statement.Resource),
  }));
}

describe.each(FLAG_SETTINGS)('with %s', (_, appProps) => {
  function network(props: SecureNetworkProps = {}): { network: SecureNetwork; stack: Stack; template: () => Template } {
    const stack = stackWith(appProps, EUROPE);
    return { network: new SecureNetwork(stack, 'Network', props), stack, template: () => Template.fromStack(stack) };
  }

  test('a network has isolated subnets in two zones, and neither a way out nor a function of its own', () => {
    const template = network().template();

    template.resourceCountIs('AWS::EC2::Subnet', 2);
    for (const type of ['InternetGateway', 'NatGateway', 'Route', 'EIP', 'EgressOnlyInternetGateway']) template.resourceCountIs(`AWS::EC2::${type}`, 0);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.hasResourceProperties('AWS::EC2::VPC', { EnableDnsHostnames: true, EnableDnsSupport: true, CidrBlock: '10.0.0.0/16' });
  });

  test('half of the addresses are kept for a way to the internet', () => {
    const subnets = Object.values(network({ ipAddresses: ec2.IpAddresses.cidr('10.9.0.0/20') }).template().findResources('AWS::EC2::Subnet'));

    expect(subnets.map(({ Properties }) => Properties.CidrBlock)).toEqual(['10.9.0.0/22', '10.9.4.0/22']);
  });

  test('`maxAzs` sets the number of zones', () => {
    network({ maxAzs: 1 }).template().resourceCountIs('AWS::EC2::Subnet', 1);
  });

  test('all flows are logged, to a group that only they write to', () => {
    const template = network().template();

    template.hasResourceProperties('AWS::EC2::FlowLog', {
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: { Ref: Match.stringLikeRegexp('NetworkFlowLogs') },
      DeliverLogsPermissionArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('NetworkFlowLogRole'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('SecureServerlessEncryptionKey'), 'Arn'] },
    });
    const [{ Properties: role }] = Object.values(template.findResources('AWS::IAM::Role'));
    expect(role.ManagedPolicyArns).toBeUndefined();
    const [{ Principal, Condition }] = role.AssumeRolePolicyDocument.Statement;
    expect(Principal).toEqual({ Service: 'vpc-flow-logs.amazonaws.com' });
    expect(Condition.StringEquals).toEqual({ 'aws:SourceAccount': '111122223333' });
    expect(text(Condition.ArnLike['aws:SourceArn'])).toBe('arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*');
    expect(role.Policies.flatMap((policy: any) => policy.PolicyDocument.Statement)).toEqual([{
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringContaining('NetworkFlowLogs'), 'Arn'] },
    }]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('flow logs take the retention and the key that they are given', () => {
    const stack = stackWith(appProps, EUROPE);
    const encryptionKey = new kms.Key(stack, 'Own');
    new SecureNetwork(stack, 'Network', { flowLogRetention: logs.RetentionDays.TWO_YEARS, encryptionKey });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731, KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'Arn'] } });
    const keys = Object.values(template.findResources('AWS::KMS::Key'));
    expect(keys).toHaveLength(1);
    expect(keys[0].Properties.KeyPolicy.Statement.map((statement: any) => statement.Principal.Service && text(statement.Principal.Service)))
      .toContain('logs.eu-west-1.amazonaws.com');
  });

  test('until somebody asks for a service there are no endpoints, no route tables and no names', () => {
    const template = network().template();

    for (const type of ['VPCEndpoint', 'RouteTable', 'SubnetRouteTableAssociation']) template.resourceCountIs(`AWS::EC2::${type}`, 0);
    expect(resolvableNames(template)).toEqual([]);
  });

  test.each(['S3', 'DYNAMODB'] as const)('the free endpoint for %s is in the routes of each subnet', service => {
    const { network: made, template } = network();
    made.addService(AwsService[service]);

    const tables = Object.keys(template().findResources('AWS::EC2::RouteTable'));
    expect(tables).toHaveLength(2);
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: tables.map(id => ({ Ref: id })) });
    const associations = Object.values(template().findResources('AWS::EC2::SubnetRouteTableAssociation'));
    expect(associations.map(({ Properties }) => Properties.RouteTableId.Ref)).toEqual(tables);
  });

  test('a route table is there for whoever adds a route', () => {
    const { network: made, template } = network();
    const [subnet] = made.vpc.isolatedSubnets;
    new ec2.CfnRoute(made, 'ToOffice', { routeTableId: subnet.routeTable.routeTableId, destinationCidrBlock: '192.168.0.0/16', vpcPeeringConnectionId: 'pcx-1' });

    const [[id]] = Object.entries(template().findResources('AWS::EC2::RouteTable'));
    template().hasResourceProperties('AWS::EC2::Route', { RouteTableId: { Ref: id } });
    template().hasResourceProperties('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: { Ref: id } });
    template().resourceCountIs('AWS::EC2::RouteTable', 1);
  });

  test('with a way to the internet, S3 and DynamoDB are behind their endpoints from all subnets, whoever asked for them', () => {
    const { stack, network: made, template } = network();
    SecureDefaults.set(stack, { network: made });
    new SecureFunction(stack, 'Handler', { ...CODE, egress: Egress.toHosts(['api.example.com']) });

    const endpoints = Object.values(template().findResources('AWS::EC2::VPCEndpoint'));
    expect(endpoints.map(({ Properties }) => text(Properties.ServiceName).split('.').pop()).sort()).toEqual(['dynamodb', 's3']);
    for (const { Properties } of endpoints) {
      expect(Properties.RouteTableIds).toHaveLength(4);
      expect(Properties.PolicyDocument.Statement).toEqual([expect.objectContaining({ Sid: 'OwnIdentitiesToOwnResources' })]);
    }
    expect(resolvableNames(template())).toEqual(['api.example.com']);
  });

  test.each(['s3', 'dynamodb'])('the free endpoint for %s lets identities of the account reach its resources, and nothing else', service => {
    const { network: made, template: render } = network();
    made.addService(AwsService.S3);
    made.addService(AwsService.DYNAMODB);

    const template = render();
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    expect(policyOf(template, service)).toEqual([{
      Sid: 'OwnIdentitiesToOwnResources',
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:ResourceAccount': '111122223333' } },
    }]);
  });

  test('an organisation takes the place of the account', () => {
    const { network: made, template } = network({ organizationId: 'o-a1b2c3d4e5' });
    for (const service of [AwsService.S3, AwsService.DYNAMODB, AwsService.SQS]) made.addService(service);

    const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } };
    for (const service of ['s3', 'dynamodb', 'sqs']) expect(policyOf(template(), service)).toEqual([expect.objectContaining({ Condition: inOrganization })]);
  });

  test('a service has one interface endpoint with private names, closed but to those that ask', () => {
    const { network: made, template } = network();
    made.addService(AwsService.SQS);
    made.addService(AwsService.SQS);

    const rendered = template();
    rendered.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.eu-west-1.sqs',
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: [Match.anyValue(), Match.anyValue()],
      SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('sqsSecurityGroup'), 'GroupId'] }],
    }, 1);
    rendered.hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'Endpoint for sqs', SecurityGroupIngress: Match.absent() });
    rendered.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test.each<[string, AwsService, string[]]>([
    ['S3', AwsService.S3, ['s3.eu-west-1', '*.s3.eu-west-1', '*.s3-accesspoint.eu-west-1']],
    ['DynamoDB, with hosts for each account', AwsService.DYNAMODB, ['dynamodb.eu-west-1', '*.ddb.eu-west-1']],
    ['SQS', AwsService.SQS, ['sqs.eu-west-1']],
    ['API Gateway', AwsService.API_GATEWAY, ['*.execute-api.eu-west-1']],
    ['ECR', AwsService.ECR, ['api.ecr.eu-west-1']],
    ['images', AwsService.ECR_DOCKER, ['*.dkr.ecr.eu-west-1']],
    ['Kinesis', AwsService.KINESIS, ['kinesis.eu-west-1', '*.control-kinesis.eu-west-1', '*.data-kinesis.eu-west-1']],
    ['Firehose', AwsService.FIREHOSE, ['firehose.eu-west-1']],
    ['a service by its name', AwsService.of('athena'), ['athena.eu-west-1']],
  ])('the names of %s can be resolved', (__, service, names) => {
    const { network: made, template } = network();
    made.addService(service);

    expect(resolvableNames(template())).toEqual(expect.arrayContaining(names.map(name => `${name}.amazonaws.com`)));
  });

  test('`allowNames` lets further names be resolved', () => {
    const { network: made, template } = network();
    made.allowNames('db.internal.example.com', '*.partner.example.com');

    expect(resolvableNames(template())).toEqual(expect.arrayContaining(['db.internal.example.com', '*.partner.example.com']));
  });

  test('`addToEndpointPolicy` lets through what an endpoint refuses by itself', () => {
    const { network: made, template } = network();
    made.addToEndpointPolicy(AwsService.S3, new iam.PolicyStatement({
      principals: [new iam.StarPrincipal()], actions: ['s3:GetObject'], resources: ['arn:aws:s3:::partner/*'],
    }));

    expect(policyOf(template(), 's3')).toEqual([
      expect.objectContaining({ Sid: 'OwnIdentitiesToOwnResources' }),
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::partner/*' },
    ]);
  });

  describe('exceptions of endpoint policies', () => {
    function statements(service: AwsService, name: string, props: SecureNetworkProps = {}): any[] {
      const { network: made, template } = network(props);
      made.addService(service);
      return policyOf(template(), name);
    }

    test('private APIs are reached without an identity, in the own account', () => {
      expect(statements(AwsService.API_GATEWAY, 'execute-api')).toEqual([{
        Sid: 'OwnResources',
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws:execute-api:eu-west-1:111122223333:*',
      }]);
    });

    test('private APIs are reached without an identity, in the organisation', () => {
      expect(statements(AwsService.API_GATEWAY, 'execute-api', { organizationId: 'o-a1b2c3d4e5' })).toEqual([
        expect.objectContaining({ Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } }),
      ]);
    });

    test('public parameters of AWS are read by own identities', () => {
      expect(statements(AwsService.SSM, 'ssm')[1]).toEqual({
        Sid: 'PublicParameters',
        Effect: 'Allow',
        Principal: '*',
        Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        Resource: 'arn:aws:ssm:eu-west-1::parameter/aws/*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      });
    });

    test('models of AWS are called by own identities', () => {
      expect(statements(AwsService.BEDROCK_RUNTIME, 'bedrock-runtime')[1]).toMatchObject({
        Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
        Resource: 'arn:aws:bedrock:*::foundation-model/*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      });
    });

    test('a service without endpoint policies gets none', () => {
      expect(statements(AwsService.of('transcribestreaming').withoutEndpointPolicy('the service has none'), 'transcribestreaming')).toBeUndefined();
    });
  });

  test('`restrictDefaultSecurityGroup` empties the default group, with a function of the CDK', () => {
    network({ restrictDefaultSecurityGroup: true }).template().resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  test('what cdk-nag finds without need is on record', () => {
    const { network: made } = network();
    const packs = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];
    const onRecord = (construct: IConstruct) => construct.node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules').flatMap(({ data }) => Object.keys(data));
    expect(onRecord(made.vpc)).toEqual(packs.map(pack => `${pack}::${pack}-VPCDefaultSecurityGroupClosed`));
    expect(onRecord(made.node.findChild('FlowLogRole'))).toEqual(packs.map(pack => `${pack}::${pack}-IAMNoInlinePolicy`));
  });

  describe('around a VPC of the caller', () => {
    function around(props: Partial<SecureNetworkProps> = {}): { network: SecureNetwork; vpc: ec2.Vpc; stack: Stack } {
      const stack = stackWith(appProps, EUROPE);
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        restrictDefaultSecurityGroup: false,
        subnetConfiguration: [
          { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
          { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
          { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        ],
      });
      return { network: new SecureNetwork(stack, 'Network', { vpc, ...props }), vpc, stack };
    }

    test('names are filtered; endpoints are made when asked for, and flow logs not at all', () => {
      const { network: made, stack } = around();
      made.addService(AwsService.S3);

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::EC2::VPC', 1);
      template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', { VpcId: { Ref: Match.stringLikeRegexp('^Vpc') } });
      template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
      template.resourceCountIs('AWS::EC2::FlowLog', 0);
    });

    test('an endpoint that was added to the VPC in this app is used', () => {
      const { vpc, stack } = around();
      vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS, open: false });
      new SecureFunction(stack, 'Handler', { ...CODE, vpc, egress: Egress.toServices(AwsService.SQS) });

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
        GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('VpcQueuesSecurityGroup'), 'GroupId'] },
        SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('HandlerSecurityGroup'), 'GroupId'] },
        FromPort: 443,
        ToPort: 443,
      });
    });

    test('an endpoint that was made elsewhere is reached anywhere in the VPC', () => {
      const { vpc, stack } = around({ existingEndpoints: [AwsService.SQS] });
      new SecureFunction(stack, 'Handler', { ...CODE, vpc, egress: Egress.toServices(AwsService.SQS) });

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
      template.hasResourceProperties('AWS::EC2::SecurityGroup', {
        SecurityGroupEgress: [Match.objectLike({ CidrIp: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Vpc'), 'CidrBlock'] }, FromPort: 443, ToPort: 443 })],
      });
    });

    test('a second network around the same VPC is an error', () => {
      const { vpc, stack } = around();

      expect(() => new SecureNetwork(stack, 'Second', { vpc })).toThrow('Stack/Vpc has a SecureNetwork already: use that one');
    });
  });
});

describe('in other partitions', () => {
  test('services of China have the names that PrivateLink has there', () => {
    const stack = stackWith({}, { env: { account: '111122223333', region: 'cn-north-1' } });
    new SecureNetwork(stack, 'Network').addService(AwsService.SQS);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'cn.com.amazonaws.cn-north-1.sqs' });
  });
});

describe('one network for several stacks', () => {
  function twoStacks(egress: Egress): { networks: Template; functions: Template } {
    const app = new App();
    const networks = new Stack(app, 'Networks', EUROPE);
    SecureDefaults.set(app, { network: new SecureNetwork(networks, 'Network') });
    const functions = new Stack(app, 'Functions', EUROPE);
    new SecureFunction(functions, 'Handler', { ...CODE, egress });
    return { networks: Template.fromStack(networks), functions: Template.fromStack(functions) };
  }

  test('the functions\' stack has no network of its own', () => {
    const { networks, functions } = twoStacks(Egress.none());

    networks.resourceCountIs('AWS::EC2::VPC', 1);
    functions.resourceCountIs('AWS::EC2::VPC', 0);
    functions.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: [{ 'Fn::ImportValue': Match.stringLikeRegexp('Isolated') }, { 'Fn::ImportValue': Match.stringLikeRegexp('Isolated') }] },
    });
  });

  test('endpoints are in the network\'s stack, rules in the function\'s, so that neither stack needs the other twice', () => {
    const { networks, functions } = twoStacks(Egress.toServices(AwsService.SQS));

    networks.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sqs' });
    networks.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    functions.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    functions.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    functions.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
  });
});
