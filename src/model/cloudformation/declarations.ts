import { AppModel, compare, view } from '../app-model';
import { Resource } from '../resource';
import { isMap } from '../value';

/**
 * The outputs of all templates, in the form of resources: they have a construct, a logical id and properties like those, and whoever
 * may describe a stack reads them.
 */
export const outputs = view(app => declared(app, 'Outputs', 'Output'));

/** The parameters of all templates, in the form of resources. */
export const parameters = view(app => declared(app, 'Parameters', 'Parameter'));

function declared(app: AppModel, section: string, type: string): readonly Resource[] {
  return app.scopes.flatMap(scope => Object.entries(scope.section(section))
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([logicalId, raw]) => isMap(raw) ? [new Resource(scope, logicalId, { Type: type, Condition: raw.Condition, Properties: raw })] : [])
    .filter(each => each.exists !== 'no'));
}
