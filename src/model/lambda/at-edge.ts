import { triggers } from './triggers';
import { AppModel, view } from '../app-model';
import { Resource } from '../resource';

/**
 * Whether a function runs at the edge, by what triggers it or by its role: where that is asked, there is no VPC, no X-Ray, no log group of
 * one's own and no environment.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function isAtEdge(app: AppModel, fn: Resource): boolean {
  return edgeFunctions(app).has(fn);
}

const edgeFunctions = view(app => new Set(app.ofType('AWS::Lambda::Function')
  .filter(fn => triggers(app).of(fn).some(({ service }) => service === 'cloudfront') || trustsEdge(fn))));

function trustsEdge(fn: Resource): boolean {
  const statements = fn.get('Role').target?.get('AssumeRolePolicyDocument.Statement').items ?? [];
  return statements.some(statement => statement.get('Principal.Service').items.some(service => service.is('edgelambda.amazonaws.com') === 'yes'));
}
