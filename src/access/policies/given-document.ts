import { AccessStatement, givenStatements } from './given-statements';
import { Statement } from '../../iam/statement';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Scope } from '../../model/scope';
import { names } from '../names/names';

/** The statements of a policy that stands in no template, with the names of one. */
export function givenDocument(app: AppModel, scope: Scope, document: unknown): readonly AccessStatement[] {
  const resource = new Resource(scope, 'Reference', { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } });
  const list = resource.get('PolicyDocument.Statement');
  const property = 'PolicyDocument.Statement';
  return list.items.flatMap(raw => givenStatements(new Statement({ resource, property }, raw, 'yes'), names(app)));
}
