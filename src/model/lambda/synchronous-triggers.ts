import { elementsAt, TriggerReader, TriggerService, Wait, waits } from './trigger';
import { Resource } from '../resource';
import { Value } from '../value';

/** What waits for the answer of a function, apart from APIs and state machines. */
export const SYNCHRONOUS_TRIGGERS: Record<string, TriggerReader> = {
  'AWS::AppSync::DataSource': at('appsync', 'LambdaConfig.LambdaFunctionArn', waits(30, 'fails the request')),
  'AWS::Lambda::Url': at('url', 'TargetFunctionArn'),
  'AWS::Pipes::Pipe': at('pipes', 'Target'),
  'AWS::Connect::IntegrationAssociation': at('connect', 'IntegrationArn', waits(8, 'takes the error branch of the flow')),

  *'AWS::AppSync::GraphQLApi'(api) {
    yield { service: 'authorizer', names: api.get('LambdaAuthorizerConfig.AuthorizerUri'), property: 'LambdaAuthorizerConfig.AuthorizerUri' };
    for (const [property, provider] of elementsAt(api, 'AdditionalAuthenticationProviders')) {
      const below = 'LambdaAuthorizerConfig.AuthorizerUri';
      yield { service: 'authorizer', names: provider.get(below), property: `${property}.${below}` };
    }
  },

  *'AWS::Cognito::UserPool'(pool) {
    for (const [trigger, value] of pool.get('LambdaConfig').entries) {
      const property = `LambdaConfig.${trigger}`;
      const names = trigger.startsWith('Custom') || trigger.endsWith('Config') ? Value.either([value.get('LambdaArn'), value], trigger) : value;
      // Whoever sends the mail or message itself isn't waited for.
      const wait = trigger.endsWith('Sender') ? {} : { wait: waits(5, 'tries again, twice, and then fails the sign-in') };
      yield { service: 'cognito', names, property, ...wait };
    }
  },

  *'AWS::ElasticLoadBalancingV2::TargetGroup'(group) {
    for (const [property, target] of elementsAt(group, 'Targets')) yield { service: 'elb', names: target.get('Id'), property: `${property}.Id` };
  },

  *'AWS::VpcLattice::TargetGroup'(group) {
    for (const [property, target] of elementsAt(group, 'Targets')) yield { service: 'vpc-lattice', names: target.get('Id'), property: `${property}.Id` };
  },

  *'AWS::KinesisFirehose::DeliveryStream'(stream) {
    for (const [destination, configuration] of stream.properties.entries.filter(([name]) => name.endsWith('DestinationConfiguration'))) {
      for (const [path, processor] of elementsAt(configuration, 'ProcessingConfiguration.Processors', `${destination}.`)) {
        for (const [property, parameter] of elementsAt(processor, 'Parameters', `${path}.`)) {
          if (parameter.get('ParameterName').text !== 'LambdaArn') continue;
          yield { service: 'firehose', names: parameter.get('ParameterValue'), property, wait: waits(300, 'retries, and then skips the records') };
        }
      }
    }
  },

  *'AWS::CloudFront::Distribution'(distribution) {
    const behaviors = [
      ['DistributionConfig.DefaultCacheBehavior', distribution.get('DistributionConfig.DefaultCacheBehavior')] as const,
      ...elementsAt(distribution, 'DistributionConfig.CacheBehaviors'),
    ];
    for (const [path, behavior] of behaviors) {
      for (const [property, association] of elementsAt(behavior, 'LambdaFunctionAssociations', `${path}.`)) {
        const viewer = association.get('EventType').text?.startsWith('viewer') ?? false;
        yield {
          service: 'cloudfront',
          names: association.get('LambdaFunctionARN'),
          property: `${property}.LambdaFunctionARN`,
          wait: waits(viewer ? 5 : 30, 'can\'t be deployed with a longer one'),
        };
      }
    }
  },

  *'AWS::S3ObjectLambda::AccessPoint'(point) {
    for (const [path, configuration] of elementsAt(point, 'ObjectLambdaConfiguration.TransformationConfigurations')) {
      const below = 'ContentTransformation.AwsLambda.FunctionArn';
      yield { service: 'object-lambda', names: configuration.get(below), property: `${path}.${below}`, wait: waits(60, 'fails the request') };
    }
  },

  *'AWS::Lex::BotAlias'(alias) {
    for (const [property, locale] of elementsAt(alias, 'BotAliasLocaleSettings')) {
      const names = locale.get('BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn');
      yield { service: 'lex', names, property, wait: waits(30, 'fails the turn of the conversation') };
    }
  },

  *'AWS::Bedrock::Agent'(agent) {
    for (const [property, group] of elementsAt(agent, 'ActionGroups')) {
      yield { service: 'bedrock', names: group.get('ActionGroupExecutor.Lambda'), property: `${property}.ActionGroupExecutor.Lambda` };
    }
  },
};

/** The handler of a custom resource, which CloudFormation reaches through Lambda's queue for asynchronous events. */
export function* customResource(resource: Resource) {
  const timeout = resource.get('ServiceTimeout');
  const wait = timeout.isSet === 'no' ? {} : { wait: { seconds: timeout, then: 'rolls the deployment back' } };
  yield { service: 'cloudformation' as const, names: resource.get('ServiceToken'), property: 'ServiceToken', ...wait };
}

function at(service: TriggerService, property: string, wait?: Wait): TriggerReader {
  return function* (resource) {
    yield { service, names: resource.get(property), property, ...wait ? { wait } : {} };
  };
}
