import { Aws, Fn } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FLAG_SETTINGS, stackWith } from './fixtures';
import { DnsFirewall } from '../../src/function/network/dns-firewall';

const LIST = 'AWS::Route53Resolver::FirewallDomainList';
const RULES = 'AWS::Route53Resolver::FirewallRuleGroup';

describe.each(FLAG_SETTINGS)('with %s', (_, appProps) => {
  function firewall(...calls: string[][]): Template {
    const stack = stackWith(appProps);
    const dns = new DnsFirewall(stack, 'Dns', { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }) });
    for (const domains of calls) dns.allow(...domains);
    return Template.fromStack(stack);
  }

  test('what was allowed comes first, all else is blocked', () => {
    const template = firewall(['api.example.com']);

    const [allowed] = Object.keys(template.findResources(LIST, { Properties: { Domains: ['api.example.com'] } }));
    const [everything] = Object.keys(template.findResources(LIST, { Properties: { Domains: ['*'] } }));
    template.hasResourceProperties(RULES, {
      FirewallRules: [
        Match.objectLike({ Priority: 100, Action: 'ALLOW', FirewallDomainListId: { 'Fn::GetAtt': [allowed, 'Id'] } }),
        Match.objectLike({ Priority: 200, Action: 'BLOCK', FirewallDomainListId: { 'Fn::GetAtt': [everything, 'Id'] } }),
      ],
    });
  });

  test('where an allowed alias leads need not be allowed itself', () => {
    firewall(['api.example.com']).hasResourceProperties(RULES, {
      FirewallRules: [Match.objectLike({ FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' }), Match.anyValue()],
    });
  });

  test('a blocked name has no data, which says nothing about allowed names below it', () => {
    firewall().hasResourceProperties(RULES, {
      FirewallRules: [{ Action: 'BLOCK', BlockResponse: 'NODATA', FirewallDomainListId: Match.anyValue(), Priority: 200 }],
    });
  });

  test('with nothing allowed, neither an empty list nor a rule for it is rendered', () => {
    const template = firewall();

    template.resourceCountIs(LIST, 1);
    template.hasResourceProperties(LIST, { Domains: ['*'] });
    template.hasResourceProperties(RULES, { FirewallRules: [Match.objectLike({ Action: 'BLOCK' })] });
  });

  test('the rules apply to the VPC and can be removed with it', () => {
    const template = firewall();

    const [vpc] = Object.keys(template.findResources('AWS::EC2::VPC'));
    const [rules] = Object.keys(template.findResources(RULES));
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      FirewallRuleGroupId: { 'Fn::GetAtt': [rules, 'Id'] },
      VpcId: { Ref: vpc },
      Priority: 101,
      MutationProtection: Match.absent(),
    });
  });

  test('names are sorted and rendered once, whatever the order of calls', () => {
    const template = firewall(['b.example.com', '*.a.example.com'], ['c.example.com', 'b.example.com']);

    template.hasResourceProperties(LIST, { Domains: ['*.a.example.com', 'b.example.com', 'c.example.com'] });
    expect(template.toJSON()).toEqual(firewall(['c.example.com'], ['*.a.example.com', 'b.example.com']).toJSON());
  });

  test('names with tokens are compared by what they render to', () => {
    const other = Fn.ref('AWS::Region'); // a token of its own that renders like Aws.REGION
    const template = firewall([`sqs.${Aws.REGION}.${Aws.URL_SUFFIX}`], [`sqs.${other}.${Aws.URL_SUFFIX}`]);

    template.hasResourceProperties(LIST, {
      Domains: [{ 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] }],
    });
  });
});
