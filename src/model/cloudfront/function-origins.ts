import { view } from '../app-model';
import { elementsAt } from '../lambda/trigger';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** From where a distribution gets what it answers, where that leads to functions. */
export interface FunctionOrigin {
  readonly distribution: Resource;
  readonly property: string;
  readonly origin: Value;
  /** A URL or an endpoint of a function, or an API. */
  readonly source: Resource;
}

const SOURCES: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::AppSync::GraphQLApi', 'AWS::Lambda::Url', 'AWS::Lambda::WebFunctionEndpoint',
]);

/** The origins of each distribution that lead to functions of the app. Of a domain name of its own isn't known whose it is. */
export const functionOrigins = view((app): Multimap<Resource, FunctionOrigin> => {
  const origins = new Multimap<Resource, FunctionOrigin>();
  for (const distribution of app.ofType('AWS::CloudFront::Distribution')) {
    for (const [property, origin] of elementsAt(distribution, 'DistributionConfig.Origins')) {
      for (const source of origin.get('DomainName').targets) {
        if (SOURCES.has(source.type)) origins.add(distribution, { distribution, property, origin, source });
      }
    }
  }
  return origins;
});
