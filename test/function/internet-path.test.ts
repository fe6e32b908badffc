import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { addressIn, contains, overlap, prefixOf, RouteTracer } from './route-tracer';
import { InternetPath, InternetPathProps } from '../../src/function/network/internet-path';

/** A documentation address (RFC 5737) that stands for the internet. */
const SOMEWHERE = '203.0.113.7';
/** Where the zones are known there are three in a region, else two. */
const THREE_ZONES = { env: { account: '111122223333', region: 'eu-west-1' } };

function isolatedVpc(stack: Stack, props: ec2.VpcProps = {}, cidrMask?: number): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', {
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: cidrMask ?? 24 }],
    ...props,
  });
}

/** A rendered string with the name of each reference in its place. */
function textOf(value: any): string {
  if (typeof value === 'string') return value;
  return value.Ref ?? value['Fn::GetAtt']?.join('.') ?? value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
}

/** Logical ids below `Path/<name><zone>`, in order of zones. */
function subnetsNamed(tracer: RouteTracer, name: string): string[] {
  return Object.keys(tracer.subnets()).filter(id => id.startsWith(`Path${name}`)).sort();
}

describe.each(FLAG_SETTINGS)('with %s', (_, appProps) => {
  function path(props: Partial<InternetPathProps> = {}, ...hosts: string[]): Template {
    const stack = stackWith(appProps, THREE_ZONES);
    new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack), ...props }).allowTls(...hosts);
    return Template.fromStack(stack);
  }

  describe('routes', () => {
    test.each([1, 2, 3])('lead from each zone to the internet and back over %i NAT gateways', natGateways => {
      const tracer = new RouteTracer(path({ natGateways }));

      const functions = subnetsNamed(tracer, 'Functions');
      expect(functions).toHaveLength(3);
      functions.forEach((subnet, zone) => {
        const [nat, gateway] = tracer.trace(subnet, SOMEWHERE);
        expect(nat).toMatch(`PathPublic${zone % natGateways + 1}NATGateway`);
        expect(gateway).toMatch(/^PathInternetGateway/);
        expect(tracer.trace(tracer.subnetOf(nat), addressIn(tracer.subnets()[subnet]))).toEqual([subnet]);
      });
    });

    test.each([1, 2, 3])('pass the same firewall out and back over %i NAT gateways, when TLS is inspected', natGateways => {
      const tracer = new RouteTracer(path({ natGateways, inspectTls: true }));

      const functions = subnetsNamed(tracer, 'Functions');
      expect(functions).toHaveLength(3);
      functions.forEach((subnet, zone) => {
        const [firewall, nat, gateway] = tracer.trace(subnet, SOMEWHERE);
        expect(firewall).toMatch(`PathTlsFirewallFirewall${zone % natGateways + 1}`);
        expect(nat).toMatch(`PathPublic${zone % natGateways + 1}NATGateway`);
        expect(gateway).toMatch(/^PathInternetGateway/);
        expect(tracer.trace(tracer.subnetOf(nat), addressIn(tracer.subnets()[subnet]))).toEqual([firewall, subnet]);
        expect(tracer.zoneOf(tracer.subnetOf(firewall))).toEqual(tracer.zoneOf(tracer.subnetOf(nat)));
      });
    });

    test('stay inside a zone that has a NAT gateway', () => {
      const tracer = new RouteTracer(path({ natGateways: 3, inspectTls: true }));

      for (const subnet of subnetsNamed(tracer, 'Functions')) {
        const [firewall, nat] = tracer.trace(subnet, SOMEWHERE);
        expect(tracer.zoneOf(tracer.subnetOf(nat))).toEqual(tracer.zoneOf(subnet));
        expect(tracer.zoneOf(tracer.subnetOf(firewall))).toEqual(tracer.zoneOf(subnet));
      }
    });

    test.each([false, true])('of the isolated subnets still lead nowhere (inspectTls: %s)', inspectTls => {
      const tracer = new RouteTracer(path({ inspectTls }));

      const isolated = Object.keys(tracer.subnets()).filter(id => id.startsWith('VpcIsolated'));
      expect(isolated).toHaveLength(3);
      for (const subnet of isolated) expect(tracer.trace(subnet, SOMEWHERE)).toEqual(['nowhere']);
    });

    test('back to a subnet are made when the subnet is', () => {
      const template = path({ inspectTls: true });

      const [subnet] = subnetsNamed(new RouteTracer(template), 'Functions');
      template.hasResourceProperties('AWS::EC2::Route', { DestinationCidrBlock: { 'Fn::GetAtt': [subnet, 'CidrBlock'] } });
    });

    test('are replaced, not added, when inspection begins', () => {
      const ids = (template: Template) => Object.entries(template.findResources('AWS::EC2::Route'))
        .filter(([, { Properties }]) => Properties.DestinationCidrBlock === '0.0.0.0/0').map(([id]) => id);

      expect(ids(path({ inspectTls: true }))).toEqual(expect.arrayContaining(ids(path())));
    });
  });

  test('no subnet gives out public addresses and one NAT gateway is all that is made', () => {
    const template = path();

    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    template.resourceCountIs('AWS::EC2::InternetGateway', 1);
    template.resourceCountIs('AWS::EC2::Subnet', 3 + 3 + 1);
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    template.resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('functions can join the subnets', () => {
    const stack = stackWith(appProps);
    const vpc = isolatedVpc(stack);
    const { subnets } = new InternetPath(stack, 'Path', { vpc });
    new lambda.Function(stack, 'Function', { ...CODE, vpc, vpcSubnets: { subnets } });

    const template = Template.fromStack(stack);
    const joined = subnetsNamed(new RouteTracer(template), 'Functions').map(Ref => ({ Ref }));
    expect(joined).toHaveLength(2);
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: joined } });
  });

  test('gateway endpoints get the routes of the subnets, once, and keep those they had', () => {
    const stack = stackWith(appProps);
    const vpc = isolatedVpc(stack);
    const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    const internetPath = new InternetPath(stack, 'Path', { vpc });
    internetPath.addGatewayEndpoint(endpoint);
    internetPath.addGatewayEndpoint(endpoint);

    const subnets = [...vpc.isolatedSubnets, ...internetPath.subnets];
    expect(subnets).toHaveLength(4);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      RouteTableIds: subnets.map(subnet => stack.resolve(subnet.routeTable.routeTableId)),
    });
  });

  test.each([false, true])('passes all packs of cdk-nag (inspectTls: %s)', inspectTls => {
    const app = new App(appProps);
    const stack = new Stack(app, 'Stack', THREE_ZONES);
    new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack), inspectTls }).allowTls('api.example.com');
    Validations.of(app).addPlugins(
      new AwsSolutionsChecks(app), new HIPAASecurityChecks(app), new NIST80053R4Checks(app), new NIST80053R5Checks(app),
      new PCIDSS321Checks(app), new ServerlessChecks(app),
    );
    // The VPC itself is not ours here and has findings, which fail the synthesis after the report is written.
    expect(() => app.synth()).toThrow();

    const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    const places = (kind: 'violations' | 'suppressedViolations') => pluginReports.flatMap((report: any) => report[kind] ?? [])
      .flatMap((violation: any) => violation.violatingConstructs.map((each: any) => each.constructPath));
    expect(new Set(places('violations'))).toEqual(new Set(['Stack/Vpc/Resource']));
    expect(places('suppressedViolations')).toEqual(Array(3).fill('Stack/Path/Public1/DefaultRoute'));
  });

  describe('the firewall', () => {
    test('lets through the named hosts over TLS, sorted and once each', () => {
      path({ inspectTls: true }, 'b.example.com', '*.a.example.com', 'b.example.com')
        .hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
          Type: 'STATEFUL',
          RuleGroup: {
            StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
            RulesSource: {
              RulesSourceList: {
                GeneratedRulesType: 'ALLOWLIST',
                TargetTypes: ['TLS_SNI'],
                Targets: ['.a.example.com', 'b.example.com'],
              },
            },
          },
        });
    });

    test('drops the rest of an established connection, once its client hello is complete', () => {
      const template = path({ inspectTls: true }, 'api.example.com');

      const [hosts] = Object.keys(template.findResources('AWS::NetworkFirewall::RuleGroup', { Properties: { Type: 'STATEFUL' } }));
      template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
        FirewallPolicy: {
          StatefulDefaultActions: ['aws:drop_established_app_layer', 'aws:alert_established_app_layer'],
          StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'REJECT' },
          StatefulRuleGroupReferences: [{ Priority: 1, ResourceArn: { 'Fn::GetAtt': [hosts, 'RuleGroupArn'] } }],
        },
      });
    });

    test('drops packets without a connection, other than word of too large ones coming in', () => {
      const template = path({ inspectTls: true });

      const [packets] = Object.keys(template.findResources('AWS::NetworkFirewall::RuleGroup', { Properties: { Type: 'STATELESS' } }));
      const [vpc] = Object.keys(template.findResources('AWS::EC2::VPC'));
      template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
        FirewallPolicy: {
          StatelessDefaultActions: ['aws:drop'],
          StatelessFragmentDefaultActions: ['aws:drop'],
          StatelessRuleGroupReferences: [{ Priority: 1, ResourceArn: { 'Fn::GetAtt': [packets, 'RuleGroupArn'] } }],
        },
      });
      const rule = (actions: string[], protocols: number[], destination: unknown) => Match.objectLike({
        RuleDefinition: {
          Actions: actions,
          MatchAttributes: {
            Protocols: protocols,
            Sources: [{ AddressDefinition: '0.0.0.0/0' }],
            Destinations: [{ AddressDefinition: destination }],
          },
        },
      });
      template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
        Type: 'STATELESS',
        RuleGroup: {
          RulesSource: {
            StatelessRulesAndCustomActions: {
              StatelessRules: [
                rule(['aws:forward_to_sfe'], [6], '0.0.0.0/0'),
                rule(['aws:pass'], [1], { 'Fn::GetAtt': [vpc, 'CidrBlock'] }),
              ],
            },
          },
        },
      });
    });

    test('has no empty list of hosts', () => {
      const template = path({ inspectTls: true });

      template.resourcePropertiesCountIs('AWS::NetworkFirewall::RuleGroup', { Type: 'STATEFUL' }, 0);
      template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
        FirewallPolicy: { StatefulRuleGroupReferences: Match.absent() },
      });
    });

    test('logs what it drops and all flows, encrypted and for a year', () => {
      const template = path({ inspectTls: true, natGateways: 2 });

      const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
      const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
      const [delivery] = Object.keys(template.findResources('AWS::Logs::ResourcePolicy'));
      template.hasResourceProperties('AWS::Logs::LogGroup', {
        RetentionInDays: 365,
        KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      });
      const firewalls = Object.keys(template.findResources('AWS::NetworkFirewall::Firewall'));
      expect(firewalls).toHaveLength(2);
      for (const firewall of firewalls) {
        template.hasResource('AWS::NetworkFirewall::LoggingConfiguration', {
          Properties: {
            FirewallArn: { 'Fn::GetAtt': [firewall, 'FirewallArn'] },
            LoggingConfiguration: {
              LogDestinationConfigs: ['ALERT', 'FLOW'].map(LogType => ({
                LogType, LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: { Ref: group } },
              })),
            },
          },
          DependsOn: Match.arrayWith([delivery]),
        });
      }
    });

    test('may write to its log group, and CloudWatch Logs may use the key', () => {
      const stack = stackWith(appProps, THREE_ZONES);
      new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack), inspectTls: true });
      const template = Template.fromStack(stack);

      const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
      const [{ Properties }] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
      const partition = stack.resolve(stack.partition).Ref ?? 'aws';
      expect(JSON.parse(textOf(Properties.PolicyDocument)).Statement).toEqual([{
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `${group}.Arn`,
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:eu-west-1:111122223333:*` },
        },
      }]);
      template.hasResourceProperties('AWS::KMS::Key', {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([{
            Effect: 'Allow',
            Principal: { Service: stack.resolve(`logs.eu-west-1.${stack.urlSuffix}`) },
            Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
            Resource: '*',
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': stack.resolve(`arn:${stack.partition}:logs:eu-west-1:111122223333:*`),
              },
            },
          }]),
        },
      });
    });

    test('uses a key that is given', () => {
      const stack = stackWith(appProps);
      const encryptionKey = new kms.Key(stack, 'Mine');
      new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack), inspectTls: true, encryptionKey });

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::KMS::Key', 1);
      template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
    });

    test('has names that are unique among stacks, and goes when the stack goes', () => {
      const template = path({ inspectTls: true, natGateways: 3 }, 'api.example.com');

      const names = [
        ...Object.values(template.findResources('AWS::NetworkFirewall::Firewall')).map(({ Properties }) => Properties.FirewallName),
        ...Object.values(template.findResources('AWS::NetworkFirewall::RuleGroup')).map(({ Properties }) => Properties.RuleGroupName),
      ];
      expect(new Set(names.map(name => JSON.stringify(name))).size).toBe(5);
      for (const name of names) {
        expect(name['Fn::Join'][1]).toContainEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] });
      }
      template.allResourcesProperties('AWS::NetworkFirewall::Firewall', { DeleteProtection: false });
    });
  });
});

describe('ranges', () => {
  function tracerFor(vpcProps: ec2.VpcProps, cidrMask: number, props: Partial<InternetPathProps> = {}): RouteTracer {
    const stack = stackWith({}, THREE_ZONES);
    new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack, vpcProps, cidrMask), ...props });
    return new RouteTracer(Template.fromStack(stack));
  }

  const PREFIXES = [16, 17, 18, 19, 20, 21, 22, 23, 24];

  test.each(PREFIXES)('of all subnets lie in a VPC of /%i without overlap', prefix => {
    const tracer = tracerFor({ ipAddresses: ec2.IpAddresses.cidr(`10.0.0.0/${prefix}`) }, prefix + 3, { inspectTls: true, natGateways: 3 });

    const ranges = Object.values(tracer.subnets());
    expect(ranges).toHaveLength(12);
    ranges.forEach((range, i) => {
      expect(contains(tracer.vpcRange(), range)).toBe(true);
      expect(prefixOf(range)).toBeLessThanOrEqual(28);
      ranges.slice(i + 1).forEach(other => expect([range, other, overlap(range, other)]).toEqual([range, other, false]));
    });
  });

  test('end with the last address of the VPC, so that the isolated subnets have the rest', () => {
    const tracer = tracerFor({ ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16') }, 24);

    const byId = tracer.subnets();
    expect(subnetsNamed(tracer, 'Functions').map(id => byId[id])).toEqual(['10.20.255.0/24', '10.20.252.0/24', '10.20.249.0/24']);
  });

  test('stay where they are when a zone, a NAT gateway or inspection is added', () => {
    const few = tracerFor({ maxAzs: 2 }, 24).subnets();
    const many = tracerFor({ maxAzs: 3 }, 24, { natGateways: 3, inspectTls: true }).subnets();

    expect(Object.keys(few).filter(id => id.startsWith('Path'))).toHaveLength(3);
    expect(many).toMatchObject(few);
  });

  // In one zone three blocks of /28 are needed, which leaves one in a /26.
  const POOL = { ipv4IpamPoolId: 'ipam-pool-1', ipv4NetmaskLength: 26 };
  const FULL: [string, ec2.IIpAddresses][] = [
    ['a literal range', ec2.IpAddresses.cidr('10.0.0.0/26')],
    ['a range from IPAM', ec2.IpAddresses.awsIpamAllocation(POOL)],
  ];

  test.each(FULL)('fit behind isolated subnets up to the last address, in %s', (_, ipAddresses) => {
    expect(() => tracerFor({ maxAzs: 1, ipAddresses }, 28)).not.toThrow();
  });

  test.each(FULL)('never reach into isolated subnets, in %s', (_, ipAddresses) => {
    expect(() => tracerFor({ maxAzs: 1, ipAddresses }, 27)).toThrow(
      'Stack/Vpc has no room for internet access: the last 3 blocks of /28 of its /26 must be free and subnet '
      + '`Stack/Vpc/IsolatedSubnet1` reaches into them: give its subnets a larger `cidrMask` or the network a larger range of addresses',
    );
  });

  test('of a pool are computed from what the pool gives', () => {
    const stack = stackWith({}, THREE_ZONES);
    const ipAddresses = ec2.IpAddresses.awsIpamAllocation({ ...POOL, ipv4NetmaskLength: 20 });
    new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack, { ipAddresses }, 24) });

    const tracer = new RouteTracer(Template.fromStack(stack), '172.16.16.0/20');
    const byId = tracer.subnets();
    expect(subnetsNamed(tracer, 'Functions').map(id => byId[id])).toEqual(['172.16.31.240/28', '172.16.31.192/28', '172.16.31.144/28']);
    expect(tracer.trace(subnetsNamed(tracer, 'Functions')[2], SOMEWHERE)).toHaveLength(2);
  });

  test('that leave no room for the isolated subnets at all are refused', () => {
    expect(() => tracerFor({ ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/24') }, 26)).toThrow(/no room for internet access/);
  });
});

describe('refuses', () => {
  test.each([0, -1, 1.5, 4])('%d NAT gateways for three zones', natGateways => {
    const stack = stackWith({}, THREE_ZONES);
    expect(() => new InternetPath(stack, 'Path', { vpc: isolatedVpc(stack), natGateways }))
      .toThrow(`\`natGateways\` is \`${natGateways}\` (allowed: whole numbers from 1 to 3, the zones of Stack/Vpc): leave it out for one`);
  });

  test('a network without isolated subnets', () => {
    const stack = stackWith();
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [] });
    expect(() => new InternetPath(stack, 'Path', { vpc })).toThrow('Stack/Vpc has no isolated subnets');
  });

  test('a network with an internet gateway', () => {
    const stack = stackWith();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: [
        { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
      ],
    });
    expect(() => new InternetPath(stack, 'Path', { vpc })).toThrow('Stack/Vpc has an internet gateway already');
  });
});
