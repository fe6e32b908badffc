import { Resource } from './assembly';

// What the emulator can't do. docs/deployed.md has a row for each, with what was checked instead.

/** Types that it refuses. */
export const REFUSED_TYPES = [
  'AWS::Lambda::CodeSigningConfig',
  'AWS::NetworkFirewall::Firewall',
  'AWS::NetworkFirewall::FirewallPolicy',
  'AWS::NetworkFirewall::LoggingConfiguration',
  'AWS::NetworkFirewall::RuleGroup',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Route53Resolver::FirewallRuleGroup',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
];

/** Properties with which it refuses a resource. */
export const REFUSED_WITH: Record<string, string> = {
  'AWS::CloudWatch::Alarm': 'Metrics',
};

/** Properties without which the rest of a resource can be created: what they name is in another account, or refused. */
export const LEFT_OUT_PROPERTIES: Record<string, readonly string[]> = {
  'AWS::Lambda::Function': ['CodeSigningConfigArn', 'Layers'],
};

/** Properties that it takes without a word, and has nowhere afterwards. */
export const LOST_PROPERTIES: Record<string, readonly string[]> = {
  'AWS::ApiGatewayV2::Stage': ['DefaultRouteSettings'],
  'AWS::EC2::NatGateway': ['AllocationId'],
  'AWS::EC2::VPCEndpoint': ['PolicyDocument', 'PrivateDnsEnabled', 'SecurityGroupIds'],
  'AWS::Logs::LogGroup': ['DataProtectionPolicy'],
};

/** Functions whose image can't be built or run without Docker: they are created, and not invoked. */
export const NOT_RUN = ['OrderService/Documents/Invoice'];

/** Policies that it does not follow: what a nested stack is to retain goes with the stack. */
export const NOT_RETAINED = 'AWS::CloudFormation::Stack DeletionPolicy of resources in it';

/** All of it, as the page lists it. */
export const LEFT_OUT: readonly string[] = [
  ...REFUSED_TYPES,
  ...Object.entries(REFUSED_WITH).map(([type, property]) => `${type} with ${property}`),
  ...[LEFT_OUT_PROPERTIES, LOST_PROPERTIES].flatMap(each => Object.entries(each))
    .flatMap(([type, properties]) => properties.map(property => `${type} ${property}`)),
  ...NOT_RUN,
  NOT_RETAINED,
];

export function isLeftOut({ Type, Properties = {} }: Resource): boolean {
  return REFUSED_TYPES.includes(Type) || REFUSED_WITH[Type] in Properties;
}

export function isPropertyLeftOut({ Type }: Resource, property: string): boolean {
  return LEFT_OUT_PROPERTIES[Type]?.includes(property) ?? false;
}
