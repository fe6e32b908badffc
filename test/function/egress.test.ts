import { App, Fn, Lazy, Mixins, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { AwsService, Egress, RestrictedEgress, ScopedExecutionRole, SecureDefaults, SecureFunction, SecureFunctionProps, SecureNetwork } from '../../src';

const EUROPE = { env: { account: '111122223333', region: 'eu-west-1' } };
const REASON = 'calls hosts that customers name';
const NO_TRAFFIC = Match.objectLike({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' });

function vpcIn(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', {
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });
}

function databaseIn(vpc: ec2.Vpc): rds.DatabaseInstance {
  return new rds.DatabaseInstance(vpc.stack, 'Database', {
    vpc, engine: rds.DatabaseInstanceEngine.POSTGRES, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  });
}

/** Rules inside the security group of the function `id`. */
function ownRules(stack: Stack, id = 'Handler'): any[] {
  const groups = Object.entries(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'));
  const [[, { Properties }]] = groups.filter(([logicalId]) => logicalId.startsWith(`${id}SecurityGroup`));
  return Properties.SecurityGroupEgress;
}

describe('what Egress accepts', () => {
  function faultsOf(egress: Egress): string {
    try {
      new SecureFunction(stackWith(), 'Handler', { ...CODE, egress });
      return 'none';
    } catch (error) {
      return (error as Error).message;
    }
  }

  test.each<[string, Egress, string]>([
    ['a service that does not exist', Egress.toServices(AwsService.of('secretmanager')), '`AwsService.of` is `secretmanager`'],
    ['a name that is not literal', Egress.toServices(AwsService.of(Fn.ref('Name'))), 'a literal name'],
    ['no service', Egress.toServices(), '`egress` is `Egress.toServices()` (allowed: at least one destination)'],
    ['a prefix list for what has none', Egress.toServices(AwsService.SQS.withPrefixList('pl-1')), '`withPrefixList` is `pl-1` (allowed: S3 and DynamoDB only)'],
    ['no reason for leaving out a policy', Egress.toServices(AwsService.SQS.withoutEndpointPolicy('no')), '`withoutEndpointPolicy` is `no`'],
    ['no host', Egress.toHosts([]), 'at least one destination'],
    ['a URL', Egress.toHosts(['https://api.example.com']), '`Egress.toHosts` is `https://api.example.com`'],
    ['a path', Egress.toHosts(['api.example.com/v1']), 'write the name of the host alone'],
    ['a port', Egress.toHosts(['api.example.com:443']), 'write the name of the host alone'],
    ['any host', Egress.toHosts(['*']), 'names such as `api.example.com`'],
    ['a wildcard inside of a name', Egress.toHosts(['api.*.example.com']), 'names such as `api.example.com`'],
    ['a wildcard as part of a label', Egress.toHosts(['*api.example.com']), 'names such as `api.example.com`'],
    ['a label of 64 characters', Egress.toHosts([`${'a'.repeat(64)}.example.com`]), 'names such as `api.example.com`'],
    ['an address as host', Egress.toHosts(['192.0.2.1']), "write `Egress.toCidr('192.0.2.1/32', ec2.Port.tcp(443))`"],
    ['no peer', Egress.toPeers([], ec2.Port.tcp(5432)), 'at least one destination'],
    ['an address without prefix', Egress.toCidr('10.0.0.1', ec2.Port.tcp(443)), '`Egress.toCidr` is `10.0.0.1`'],
    ['an IPv4 prefix over 32', Egress.toCidr('10.0.0.0/33', ec2.Port.tcp(443)), '`Egress.toCidr` is `10.0.0.0/33`'],
    ['an IPv6 prefix over 128', Egress.toCidr('2001:db8::/129', ec2.Port.tcp(443)), '`Egress.toCidr` is `2001:db8::/129`'],
    ['all of IPv4', Egress.toCidr('0.0.0.0/0', ec2.Port.tcp(443)), "write `Egress.unrestricted('why')`"],
    ['all of IPv6', Egress.toCidr('::/0', ec2.Port.tcp(443)), "write `Egress.unrestricted('why')`"],
    ['no reason', Egress.unrestricted('because'), '`Egress.unrestricted` is `because`'],
    ['everything and something', Egress.all(Egress.unrestricted(REASON), Egress.toServices(AwsService.SQS)), 'one or the others'],
  ])('not %s', (_, egress, message) => {
    expect(faultsOf(egress)).toContain(message);
  });

  test.each<[string, Egress]>([
    ['a host and all below another', Egress.toHosts(['api.example.com', '*.example.org', `${'a'.repeat(63)}.example.com`])],
    ['a host that is known at deployment', Egress.toHosts([Fn.importValue('Host')])],
    ['a single address', Egress.toCidr('10.0.0.1/32', ec2.Port.tcp(443))],
    ['a half of the internet', Egress.toCidr('0.0.0.0/1', ec2.Port.tcp(443))],
    ['a single IPv6 address', Egress.toCidr('2001:db8::1/128', ec2.Port.tcp(443))],
    ['a range that is known at deployment', Egress.toCidr(Fn.importValue('Range'), ec2.Port.tcp(443))],
    ['a service by its name', Egress.toServices(AwsService.of('athena'), AwsService.of('s3'))],
  ])('%s', (_, egress) => {
    expect(faultsOf(egress)).toBe('none');
  });

  test('a misspelt service is told what it is like', () => {
    expect(faultsOf(Egress.toServices(AwsService.of('kinesis')))).toContain('did you mean `kinesis-streams` or `kinesis-firehose`;');
  });

  test('all faults of a function are in one error', () => {
    const faults = faultsOf(Egress.all(Egress.toHosts(['https://a.example.com']), Egress.toCidr('10.0.0.0', ec2.Port.tcp(1)), Egress.toServices(AwsService.of('no-such'))));
    expect(faults).toContain('Stack/Handler has 3 faults:');
  });

  test('every constant has an endpoint that the CDK knows', () => {
    const constants = Object.values(AwsService).filter((each): each is AwsService => typeof each === 'object' && 'withPrefixList' in each);
    expect(constants.length).toBeGreaterThan(40);
    expect(faultsOf(Egress.toServices(...constants))).toBe('none');
  });
});

describe.each(FLAG_SETTINGS)('with %s', (_, appProps) => {
  describe('without a VPC', () => {
    function functionWith(props: Partial<SecureFunctionProps> = {}): { fn: SecureFunction; stack: Stack } {
      const stack = stackWith(appProps, EUROPE);
      return { fn: new SecureFunction(stack, 'Handler', { ...CODE, ...props }), stack };
    }

    test('functions that reach nothing share one group without rules', () => {
      const { stack } = functionWith();
      new SecureFunction(stack, 'Other', CODE);
      new SecureFunction(new NestedStack(stack, 'Nested'), 'Nested', CODE);

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::EC2::VPC', 1);
      template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
      template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [NO_TRAFFIC], SecurityGroupIngress: Match.absent() });
      template.allResourcesProperties('AWS::Lambda::Function', {
        VpcConfig: {
          SubnetIds: [{ Ref: Match.stringLikeRegexp('IsolatedSubnet1') }, { Ref: Match.stringLikeRegexp('IsolatedSubnet2') }],
          SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('ClosedSecurityGroup'), 'GroupId'] }],
        },
      });
    });

    test('the shared group can not be opened for one of them', () => {
      const { fn, stack } = functionWith();
      const database = databaseIn(vpcIn(stack));

      expect(() => fn.connections.allowTo(database, ec2.Port.tcp(5432))).toThrow('give the function `egress: Egress.toPeers([...], ...)`');
      expect(() => database.connections.allowFrom(fn, ec2.Port.tcp(5432))).toThrow('give the function `egress: Egress.toPeers([...], port)`');
      expect(() => fn.connections.allowFromAnyIpv4(ec2.Port.tcp(443))).toThrow('which take no connections');
    });

    test('a service is reached through its endpoint, by the function alone', () => {
      const { stack } = functionWith({ egress: Egress.toServices(AwsService.SQS) });

      const template = Template.fromStack(stack);
      const endpointGroup = { 'Fn::GetAtt': [Match.stringLikeRegexp('sqsSecurityGroup'), 'GroupId'] };
      const functionGroup = { 'Fn::GetAtt': [Match.stringLikeRegexp('HandlerSecurityGroup'), 'GroupId'] };
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: functionGroup, DestinationSecurityGroupId: endpointGroup, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: endpointGroup, SourceSecurityGroupId: functionGroup, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 });
      template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    });

    test('a group whose rules are resources of their own is not created without any, which would open it', () => {
      const { stack } = functionWith({ egress: Egress.toServices(AwsService.SQS) });

      expect(ownRules(stack)).toEqual([{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86, Description: expect.anything() }]);
    });

    test('S3 and DynamoDB are reached at any address, since no other has a route', () => {
      const { stack } = functionWith({ egress: Egress.toServices(AwsService.S3, AwsService.DYNAMODB) });

      expect(ownRules(stack)).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })]);
      Template.fromStack(stack).resourceCountIs('AWS::EC2::Route', 0);
    });

    test('a prefix list takes the place of any address', () => {
      const { stack } = functionWith({ egress: Egress.toServices(AwsService.S3.withPrefixList('pl-6da54004')) });

      Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { DestinationPrefixListId: 'pl-6da54004', FromPort: 443, ToPort: 443 });
      expect(ownRules(stack)).not.toContainEqual(expect.objectContaining({ CidrIp: '0.0.0.0/0' }));
    });

    test('hosts are reached from subnets with a NAT gateway, and alone have names', () => {
      const { stack } = functionWith({ egress: Egress.toHosts(['api.example.com', '*.example.org']) });

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::Lambda::Function', {
        VpcConfig: { SubnetIds: [{ Ref: Match.stringLikeRegexp('InternetPathFunctions1') }, { Ref: Match.stringLikeRegexp('InternetPathFunctions2') }] },
      });
      template.hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: Match.arrayWith(['*.example.org', 'api.example.com']) });
      template.resourceCountIs('AWS::EC2::NatGateway', 1);
      template.resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
      expect(ownRules(stack)).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })]);
    });

    test('with `inspectTls`, a firewall lets the same hosts through', () => {
      const { stack } = functionWith({ egress: Egress.toHosts(['api.example.com'], { inspectTls: true }) });

      Template.fromStack(stack).hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
        RuleGroup: { RulesSource: { RulesSourceList: { Targets: ['api.example.com'] } } },
      });
    });

    test('`inspectTls` after functions that went without is an error', () => {
      const { stack } = functionWith();
      SecureDefaults.set(stack, { network: new SecureNetwork(stack, 'Network') });
      new SecureFunction(stack, 'Without', { ...CODE, egress: Egress.toHosts(['a.example.com']) });

      expect(() => new SecureFunction(stack, 'With', { ...CODE, egress: Egress.toHosts(['b.example.com'], { inspectTls: true }) }))
        .toThrow('make the network with `inspectTls: true`');
    });

    test('peers are opened on both sides, and their names resolved', () => {
      const stack = stackWith(appProps, EUROPE);
      const network = new SecureNetwork(stack, 'Network');
      SecureDefaults.set(stack, { network });
      const peer = new ec2.SecurityGroup(stack, 'Peer', { vpc: network.vpc, allowAllOutbound: false });
      new SecureFunction(stack, 'Handler', { ...CODE, egress: Egress.toPeers([peer], ec2.Port.tcp(5432)) });

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerSecurityGroup'), 'GroupId'] }, FromPort: 5432 });
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Peer'), 'GroupId'] }, FromPort: 5432 });
      expect(JSON.stringify(template.findResources('AWS::Route53Resolver::FirewallDomainList'))).toContain('*.eu-west-1.rds.');
    });

    test.each([
      ['IPv4', '10.20.0.0/16', { CidrIp: '10.20.0.0/16' }],
      ['IPv6', '2001:db8::/32', { CidrIpv6: '2001:db8::/32' }],
    ])('a range of %s is allowed at its port', (__, cidr, rule) => {
      const { stack } = functionWith({ egress: Egress.toCidr(cidr, ec2.Port.tcp(8443)) });

      expect(ownRules(stack)).toContainEqual(expect.objectContaining({ ...rule, IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443 }));
    });

    test('`Egress.all` allows what any of its parts does', () => {
      const { stack } = functionWith({ egress: Egress.all(Egress.toCidr('10.1.0.0/16', ec2.Port.tcp(1)), Egress.toCidr('10.2.0.0/16', ec2.Port.tcp(2)), Egress.none()) });

      expect(ownRules(stack).map(({ CidrIp }) => CidrIp)).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
    });

    test('unrestricted functions run outside any VPC, on record', () => {
      const { fn, stack } = functionWith({ egress: Egress.unrestricted(REASON) });

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: Match.absent() });
      template.hasResource('AWS::Lambda::Function', { Metadata: { 'cdk-secure-serverless': { weakened: { egress: REASON } } } });
      template.resourceCountIs('AWS::EC2::VPC', 0);
      expect(acknowledged(fn)).toEqual(expect.arrayContaining([
        'cdk-secure-serverless::lambda/egress-restricted',
        ...['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'].map(pack => `${pack}::${pack}-LambdaInsideVPC`),
      ]));
    });

    test('an endpoint without policy is on record', () => {
      const { stack } = functionWith({ egress: Egress.toServices(AwsService.SQS.withoutEndpointPolicy(REASON)) });

      Template.fromStack(stack).hasResource('AWS::Lambda::Function', { Metadata: { 'cdk-secure-serverless': { weakened: { 'endpointPolicy of sqs': REASON } } } });
    });

    test('Lambda manages the interfaces, and the code may not', () => {
      const { stack } = functionWith();

      Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
        Policies: [Match.objectLike({
          PolicyDocument: Match.objectLike({
            Statement: Match.arrayWith([
              Match.objectLike({ Effect: 'Allow', Action: Match.arrayWith(['ec2:CreateNetworkInterface']) }),
              Match.objectLike({ Effect: 'Deny', Action: Match.arrayWith(['ec2:CreateNetworkInterface']) }),
            ]),
          }),
        })],
      });
    });

    test.each<[string, Partial<SecureFunctionProps>, string]>([
      ['allowAllOutbound', { allowAllOutbound: true }, '`allowAllOutbound` is `true` (allowed: only with a reason)'],
      ['allowAllIpv6Outbound', { allowAllIpv6Outbound: true }, '`allowAllIpv6Outbound` is `true`'],
      ['vpcSubnets', { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }, '`vpcSubnets` is `set` (allowed: only together with `vpc`)'],
      ['allowPublicSubnet', { allowPublicSubnet: true }, '`allowPublicSubnet` is `set`'],
      ['ipv6AllowedForDualStack', { ipv6AllowedForDualStack: true }, '`ipv6AllowedForDualStack` is `set`'],
      ['outbound outside a VPC', { egress: Egress.unrestricted(REASON), allowAllOutbound: true }, 'the function runs outside any VPC'],
    ])('%s is an error', (__, props, message) => {
      expect(() => functionWith(props)).toThrow(message);
    });

    test('what the default does is accepted in the words of the L2', () => {
      expect(() => functionWith({ allowAllOutbound: false, allowAllIpv6Outbound: false })).not.toThrow();
    });

    test('groups and file systems of another VPC are errors', () => {
      const stack = stackWith(appProps, EUROPE);
      const vpc = vpcIn(stack);
      const accessPoint = new efs.FileSystem(stack, 'Files', { vpc }).addAccessPoint('Access');

      expect(() => new SecureFunction(stack, 'Handler', {
        ...CODE,
        securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
        filesystem: lambda.FileSystem.fromEfsAccessPoint(accessPoint, '/mnt/files'),
      })).toThrow(/2 faults[^]*`securityGroups` is `set`[^]*give the function the `vpc` that the file system is in/);
    });
  });

  describe('the network of a second stack', () => {
    function secondStack(env: { account?: string; region?: string } | undefined, other = env, in2ndStage = false): () => void {
      const app = new App(appProps);
      new SecureFunction(new Stack(app, 'One', { env }), 'Handler', CODE);
      const scope = in2ndStage ? new Stage(app, 'Stage') : app;
      return () => new SecureFunction(new Stack(scope, 'Two', { env: other }), 'Handler', CODE);
    }

    test('is an error that names both stacks and says how to give one network to both', () => {
      const message = '`network` is `a second one, in stack Two beside that of stack One`';
      expect(secondStack(EUROPE.env)).toThrow(message);
      expect(secondStack(EUROPE.env)).toThrow('`SecureDefaults.set(app, { network: new SecureNetwork(networkStack, \'Network\') })`');
      expect(secondStack(undefined)).toThrow(message);
      expect(secondStack(EUROPE.env, undefined)).not.toThrow('a network in the account');
    });

    test.each([
      ['another region', secondStack(EUROPE.env, { ...EUROPE.env, region: 'eu-central-1' })],
      ['another account', secondStack(EUROPE.env, { ...EUROPE.env, account: '444455556666' })],
      ['another stage', secondStack(EUROPE.env, EUROPE.env, true)],
    ])('is made in %s', (__, create) => {
      expect(create).not.toThrow();
    });

    test('is no error where neither function needs one', () => {
      const app = new App(appProps);
      for (const id of ['One', 'Two']) new SecureFunction(new Stack(app, id), 'Handler', { ...CODE, egress: Egress.unrestricted(REASON) });

      expect(() => app.synth()).not.toThrow();
    });

    test('can not be one of another region', () => {
      const app = new App(appProps);
      SecureDefaults.set(app, { network: new SecureNetwork(new Stack(app, 'Networks', EUROPE), 'Network') });
      const elsewhere = new Stack(app, 'Elsewhere', { env: { ...EUROPE.env, region: 'us-east-1' } });

      expect(() => new SecureFunction(elsewhere, 'Handler', CODE)).toThrow('`network` is `Networks/Network` (allowed: a network in the account and region of stack Elsewhere)');
    });
  });

  describe('in a VPC of the caller', () => {
    function functionIn(vpc: ec2.IVpc, props: Partial<SecureFunctionProps> = {}): SecureFunction {
      return new SecureFunction(vpc.stack, 'Handler', { ...CODE, vpc, ...props });
    }

    test('the function has a group of its own without rules, and no second VPC', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      functionIn(vpc);

      expect(ownRules(vpc.stack)).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
      Template.fromStack(vpc.stack).resourceCountIs('AWS::EC2::VPC', 1);
    });

    test('a database lets the function in as it always did', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      databaseIn(vpc).connections.allowDefaultPortFrom(functionIn(vpc));

      const template = Template.fromStack(vpc.stack);
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
        GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerSecurityGroup'), 'GroupId'] },
        DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DatabaseSecurityGroup'), 'GroupId'] },
      });
    });

    test('a file system is mounted', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      const accessPoint = new efs.FileSystem(vpc.stack, 'Files', { vpc }).addAccessPoint('Access');
      functionIn(vpc, { filesystem: lambda.FileSystem.fromEfsAccessPoint(accessPoint, '/mnt/files') });

      Template.fromStack(vpc.stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 2049, ToPort: 2049 });
    });

    test('a file system in the given network needs no `vpc`', () => {
      const stack = stackWith(appProps, EUROPE);
      const network = new SecureNetwork(stack, 'Network');
      SecureDefaults.set(stack, { network });
      const files = new efs.FileSystem(stack, 'Files', { vpc: network.vpc, vpcSubnets: network.isolatedSubnets });
      new SecureFunction(stack, 'Handler', { ...CODE, filesystem: lambda.FileSystem.fromEfsAccessPoint(files.addAccessPoint('Access'), '/mnt/files') });

      Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 2049 });
    });

    test.each<[string, Partial<SecureFunctionProps>, string]>([
      ['a public subnet', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, '`vpcSubnets` is `public subnets`'],
      ['a public subnet that was allowed', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, allowPublicSubnet: true }, '`vpcSubnets` is `public subnets`'],
      ['public subnets by name', { vpcSubnets: { subnetGroupName: 'Public' }, allowPublicSubnet: true }, '`vpcSubnets` is `public subnets`'],
      ['allowing public subnets', { allowPublicSubnet: true }, '`allowPublicSubnet` is `true`'],
      ['allowAllOutbound', { allowAllOutbound: true }, '`allowAllOutbound` is `true` (allowed: only with a reason)'],
      ['allowAllIpv6Outbound', { allowAllIpv6Outbound: true }, '`allowAllIpv6Outbound` is `true`'],
      ['hosts', { egress: Egress.toHosts(['a.example.com']) }, 'wrap it: `new SecureNetwork(this, \'Network\', { vpc })`'],
      ['S3 by any address', { egress: Egress.toServices(AwsService.S3) }, 'write `AwsService.S3.withPrefixList(\'pl-...\')`'],
      ['a service without endpoint', { egress: Egress.toServices(AwsService.SQS) }, '`egress` is `AwsService.SQS` (allowed: services that this `vpc` has an endpoint for)'],
    ])('%s is an error', (__, props, message) => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      expect(() => functionIn(vpc, props)).toThrow(message);
    });

    test('S3 is reached by its addresses where routes lead elsewhere, too', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      functionIn(vpc, { egress: Egress.toServices(AwsService.S3.withPrefixList('pl-6da54004')) });

      Template.fromStack(vpc.stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { DestinationPrefixListId: 'pl-6da54004' });
    });

    test('S3 is reached by any address from isolated subnets', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      functionIn(vpc, { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, egress: Egress.toServices(AwsService.S3) });

      expect(ownRules(vpc.stack)).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443 })]);
    });

    test('an endpoint of the VPC is used', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      vpc.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS, open: false });
      functionIn(vpc, { egress: Egress.toServices(AwsService.SQS) });

      const template = Template.fromStack(vpc.stack);
      template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^VpcQueues'), 'GroupId'] }, FromPort: 443 });
    });

    test('with a reason, the group is open as the L2 makes it', () => {
      const vpc = vpcIn(stackWith(appProps, EUROPE));
      const fn = functionIn(vpc, { egress: Egress.unrestricted(REASON) });

      expect(ownRules(vpc.stack)).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })]);
      expect(acknowledged(fn)).toContain('cdk-secure-serverless::lambda/egress-restricted');
      expect(acknowledged(fn)).not.toContain('HIPAA.Security::HIPAA.Security-LambdaInsideVPC');
    });

    test('the VPC of a network gives functions the subnets that their egress needs', () => {
      const stack = stackWith(appProps, EUROPE);
      const { vpc, isolatedSubnets } = new SecureNetwork(stack, 'Network');
      functionIn(vpc, { egress: Egress.toHosts(['api.example.com']) });

      Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
        VpcConfig: { SubnetIds: [{ Ref: Match.stringLikeRegexp('InternetPathFunctions1') }, Match.anyValue()] },
      });
      expect(() => new SecureFunction(stack, 'Other', { ...CODE, vpc, vpcSubnets: isolatedSubnets, egress: Egress.toHosts(['api.example.com']) }))
        .toThrow('`vpcSubnets` is `isolated subnets`');
    });

    test('a network around an imported VPC is joined', () => {
      const stack = stackWith(appProps, EUROPE);
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-12345', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'], vpcCidrBlock: '10.0.0.0/16',
      });
      SecureDefaults.set(stack, { network: new SecureNetwork(stack, 'Network', { vpc }) });
      new SecureFunction(stack, 'Handler', { ...CODE, egress: Egress.toServices(AwsService.SQS, AwsService.S3) });

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-1'] } });
      template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcId: 'vpc-12345', VpcEndpointType: 'Interface', SubnetIds: ['subnet-1'] });
      template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcId: 'vpc-12345', VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-1'] });
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerSecurityGroup'), 'GroupId'] } });
    });

    test('a VPC that is looked up takes functions', () => {
      const stack = stackWith(appProps, EUROPE);
      const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-12345' });

      expect(() => functionIn(vpc, { egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(443)) })).not.toThrow();
      expect(ownRules(stack)).toEqual([expect.objectContaining({ CidrIp: '10.0.0.0/8' })]);
    });

    describe('with groups of the caller', () => {
      test('rules for `egress` are added to them', () => {
        const vpc = vpcIn(stackWith(appProps, EUROPE));
        const group = new ec2.SecurityGroup(vpc.stack, 'Group', { vpc, allowAllOutbound: false });
        functionIn(vpc, { securityGroups: [group], egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(443)) });

        Template.fromStack(vpc.stack).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [Match.objectLike({ CidrIp: '10.0.0.0/8' })] });
        Annotations.fromStack(vpc.stack).hasNoWarning('*', Match.stringLikeRegexp('security group'));
      });

      test.each<[string, (stack: Stack, vpc: ec2.IVpc) => ec2.ISecurityGroup]>([
        ['an open group', (stack, vpc) => new ec2.SecurityGroup(stack, 'Group', { vpc })],
        ['an imported group', stack => ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345')],
      ])('%s is warned of, since it drops rules', (__, create) => {
        const vpc = vpcIn(stackWith(appProps, EUROPE));
        functionIn(vpc, { securityGroups: [create(vpc.stack, vpc)], egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(443)) });

        Annotations.fromStack(vpc.stack).hasWarning('/Stack/Handler', Match.stringLikeRegexp('`Stack/Group` allows all outbound connections, or is imported'));
      });

      test('a group that is imported as immutable is warned of', () => {
        const vpc = vpcIn(stackWith(appProps, EUROPE));
        const group = ec2.SecurityGroup.fromSecurityGroupId(vpc.stack, 'Group', 'sg-12345', { mutable: false, allowAllOutbound: false });
        functionIn(vpc, { securityGroups: [group], egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(443)) });

        Annotations.fromStack(vpc.stack).hasWarning('/Stack/Handler', Match.stringLikeRegexp('`Stack/Group` is imported as immutable'));
      });

      test('`allowAllOutbound` together with them is an error, which the L2 would throw', () => {
        const vpc = vpcIn(stackWith(appProps, EUROPE));
        const group = new ec2.SecurityGroup(vpc.stack, 'Group', { vpc });

        expect(() => functionIn(vpc, { securityGroups: [group], allowAllOutbound: false })).toThrow('`allowAllOutbound` is `false` (allowed: only without `securityGroups`)');
      });
    });
  });

  describe('as a mixin', () => {
    test('a function without VPC joins the network of its stack, once', () => {
      const stack = stackWith(appProps, EUROPE);
      const fn = new lambda.Function(stack, 'Handler', CODE);
      fn.with(new RestrictedEgress(), new RestrictedEgress());

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::Lambda::Function', {
        VpcConfig: {
          SubnetIds: [{ Ref: Match.stringLikeRegexp('IsolatedSubnet1') }, { Ref: Match.stringLikeRegexp('IsolatedSubnet2') }],
          SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('ClosedSecurityGroup'), 'GroupId'] }],
        },
      });
      template.hasResource('AWS::Lambda::Function', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^HandlerServiceRole')]) });
      expect(fn.isBoundToVpc).toBe(true);
    });

    test.each([
      ['before', [new RestrictedEgress(), new ScopedExecutionRole()]],
      ['after', [new ScopedExecutionRole(), new RestrictedEgress()]],
    ])('Lambda may make interfaces, applied %s the part for the role', (__, [first, second]) => {
      const stack = stackWith(appProps, EUROPE);
      new lambda.Function(stack, 'Handler', CODE).with(first, second);

      const roles = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role'));
      const [[, { Properties }]] = roles.filter(([id]) => id.startsWith('HandlerServiceRole'));
      const sids = Properties.Policies.flatMap((policy: any) => policy.PolicyDocument.Statement).map(({ Sid }: any) => Sid).filter(Boolean);
      expect(sids).toEqual(['LambdaManagesInterfaces', 'CodeMayNot']);
    });

    test('with services, a function gets a group of its own', () => {
      const stack = stackWith(appProps, EUROPE);
      new lambda.Function(stack, 'Handler', CODE).with(new RestrictedEgress({ egress: Egress.toServices(AwsService.SQS) }));

      Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
        SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerSecurityGroup'), 'GroupId'] },
      });
    });

    test('with hosts, a function gets subnets with a way to them', () => {
      const stack = stackWith(appProps, EUROPE);
      new lambda.Function(stack, 'Handler', CODE).with(new RestrictedEgress({ egress: Egress.toHosts(['api.example.com']) }));

      Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
        Properties: { VpcConfig: { SubnetIds: [{ Ref: Match.stringLikeRegexp('InternetPathFunctions1') }, Match.anyValue()] } },
        DependsOn: Match.arrayWith([Match.stringLikeRegexp('InternetPathFunctions1DefaultRoute')]),
      });
    });

    test('`network` is the one to join', () => {
      const app = new App(appProps);
      const network = new SecureNetwork(new Stack(app, 'Networks', EUROPE), 'Network');
      const stack = new Stack(app, 'Stack', EUROPE);
      new lambda.Function(stack, 'Handler', CODE).with(new RestrictedEgress({ network, egress: Egress.toServices(AwsService.SQS) }));

      Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 0);
      Template.fromStack(Stack.of(network)).hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sqs' });
    });

    test('a function in isolated subnets of a network can not ask for hosts afterwards', () => {
      const stack = stackWith(appProps, EUROPE);
      const network = new SecureNetwork(stack, 'Network');
      const fn = new lambda.Function(stack, 'Handler', { ...CODE, vpc: network.vpc });

      expect(() => fn.with(new RestrictedEgress({ egress: Egress.toHosts(['api.example.com']) })))
        .toThrow('`vpcSubnets` is `isolated subnets` (allowed: subnets with a way to the hosts of `egress`)');
    });

    test.each([[false], [true]])('the open group of the L2 is closed in place, and keeps those that admitted it (rules apart: %s)', apart => {
      const stack = stackWith({ ...appProps, context: { ...appProps.context, '@aws-cdk/aws-ec2:securityGroupDisableInlineRules': apart } }, EUROPE);
      const vpc = vpcIn(stack);
      const fn = new lambda.Function(stack, 'Handler', { ...CODE, vpc, allowAllIpv6Outbound: true });
      databaseIn(vpc).connections.allowFrom(fn, ec2.Port.tcp(5432));
      fn.with(new RestrictedEgress());

      const template = Template.fromStack(stack);
      const functionGroup = { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerSecurityGroup'), 'GroupId'] };
      expect(ownRules(stack)).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
      template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', { GroupId: functionGroup, CidrIp: '0.0.0.0/0' }, 0);
      template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', { GroupId: functionGroup, CidrIpv6: '::/0' }, 0);
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
        GroupId: functionGroup, DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DatabaseSecurityGroup'), 'GroupId'] }, FromPort: 5432,
      });
      template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: [functionGroup] } });
    });

    test('the closed group takes rules afterwards', () => {
      const stack = stackWith(appProps, EUROPE);
      const vpc = vpcIn(stack);
      const fn = new lambda.Function(stack, 'Handler', { ...CODE, vpc });
      fn.with(new RestrictedEgress({ egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(1)) }));
      fn.connections.allowTo(ec2.Peer.ipv4('192.0.2.0/24'), ec2.Port.tcp(2));

      expect(ownRules(stack).map(({ CidrIp }) => CidrIp)).toEqual(['10.0.0.0/8', '192.0.2.0/24']);
    });

    test('the counterpart of a rule in another stack is made there', () => {
      const app = new App(appProps);
      const functions = new Stack(app, 'Functions', EUROPE);
      const vpc = vpcIn(functions);
      const fn = new lambda.Function(functions, 'Handler', { ...CODE, vpc });
      const peers = new Stack(app, 'Peers', EUROPE);
      new ec2.SecurityGroup(peers, 'Peer', { vpc }).connections.allowFrom(fn, ec2.Port.tcp(5432));
      fn.with(new RestrictedEgress());

      Template.fromStack(peers).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 5432 });
      expect(functions.dependencies).toEqual([]);
    });

    test.each<[string, lambda.FunctionOptions, Egress, string]>([
      ['a function in a public subnet', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, allowPublicSubnet: true }, Egress.none(), '`vpcSubnets` is `public subnets`'],
      ['a service that the VPC has no endpoint for', {}, Egress.toServices(AwsService.SQS), '`egress` is `AwsService.SQS`'],
      ['hosts in a VPC of the caller', {}, Egress.toHosts(['a.example.com']), '`egress` is `Egress.toHosts(a.example.com)`'],
    ])('%s is an error', (__, options, egress, message) => {
      const stack = stackWith(appProps, EUROPE);
      const fn = new lambda.Function(stack, 'Handler', { ...CODE, vpc: vpcIn(stack), ...options });

      expect(() => fn.with(new RestrictedEgress({ egress }))).toThrow(message);
    });

    test('another egress for a function that has one is an error', () => {
      const fn = new SecureFunction(stackWith(appProps, EUROPE), 'Handler', CODE);

      expect(() => fn.with(new RestrictedEgress({ egress: Egress.toServices(AwsService.SQS) }))).toThrow('`egress` is `a second one`');
      expect(() => fn.with(new RestrictedEgress())).not.toThrow();
    });

    test('across an app, only functions that can be changed are', () => {
      const stack = stackWith(appProps, EUROPE);
      new lambda.Function(stack, 'Handler', CODE);
      lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:111122223333:function:Imported');
      SecureDefaults.set(stack, { egress: Egress.toCidr('10.0.0.0/8', ec2.Port.tcp(443)) });
      Mixins.of(stack.node.root).apply(new RestrictedEgress());

      expect(ownRules(stack)).toEqual([expect.objectContaining({ CidrIp: '10.0.0.0/8' })]);
    });
  });
});

test('names that are rendered late are accepted as hosts', () => {
  const stack = stackWith({}, EUROPE);
  new SecureFunction(stack, 'Handler', { ...CODE, egress: Egress.toHosts([Lazy.string({ produce: () => 'late.example.com' })]) });

  Template.fromStack(stack).hasResourceProperties('AWS::Route53Resolver::FirewallDomainList', { Domains: Match.arrayWith(['late.example.com']) });
});

function acknowledged(fn: lambda.Function): string[] {
  return fn.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').flatMap(({ data }) => Object.keys(data));
}
