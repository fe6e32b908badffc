import { AccessStatement, givenStatements } from './given-statements';
import { permittedFunction, policiesOn } from '../../iam/resource-policies';
import { Statement } from '../../iam/statement';
import { trustOf } from '../../iam/trust';
import { AppModel, view } from '../../model/app-model';
import { functionsNamed } from '../../model/lambda/function-of';
import { Resource } from '../../model/resource';
import { Names, names } from '../names/names';

/** What the policies on a resource say, wherever they stand; of a role, whom it trusts. */
export function resourcePolicyOf(app: AppModel, resource: Resource): readonly AccessStatement[] {
  const known = byResource(app).get(resource) ?? read(app, resource);
  byResource(app).set(resource, known);
  return known;
}

const byResource = view(() => new Map<Resource, readonly AccessStatement[]>());

function read(app: AppModel, resource: Resource): readonly AccessStatement[] {
  const all = names(app);
  const statements = resource.type === 'AWS::IAM::Role' ? trustOf(app, resource) : policiesOn(app, resource);
  const given = statements.flatMap(statement => givenStatements(statement, all, impliedBy(app, statement, all)));
  return resource.type === 'AWS::ApiGateway::RestApi' ? given.map(each => unabbreviated(each, all.arnOf(resource))) : given;
}

/** What a permission is about: the function, or the version or alias that it names. */
function impliedBy(app: AppModel, { origin }: Statement, all: Names): readonly string[] | undefined {
  if (origin.resource.type !== 'AWS::Lambda::Permission') return undefined;
  return functionsNamed(app, permittedFunction(origin.resource)).map(({ fn, qualifier }) => all.arnOf(qualifier ?? fn));
}

/**
 * Policies of APIs may leave out what is the same for all of their resources.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
function unabbreviated(statement: AccessStatement, api: string): AccessStatement {
  if (!statement.resources) return statement;
  const named = statement.resources.named.map(text => text.startsWith('execute-api:/') ? `${api}${text.slice('execute-api:'.length)}` : text);
  return { ...statement, resources: { ...statement.resources, named } };
}
