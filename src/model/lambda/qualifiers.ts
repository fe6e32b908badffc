import { functionsNamed } from './function-of';
import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';

/** The versions that the templates publish of a function. */
export function versionsOf(app: AppModel, fn: Resource): readonly Resource[] {
  return published(app).get(fn).filter(({ type }) => type === 'AWS::Lambda::Version');
}

/** The aliases of a function. */
export function aliasesOf(app: AppModel, fn: Resource): readonly Resource[] {
  return published(app).get(fn).filter(({ type }) => type === 'AWS::Lambda::Alias');
}

const published = view(app => {
  const byFunction = new Multimap<Resource, Resource>();
  for (const resource of app.ofType('AWS::Lambda::Version', 'AWS::Lambda::Alias')) {
    for (const { fn } of functionsNamed(app, resource.get('FunctionName'))) byFunction.add(fn, resource);
  }
  return byFunction;
});
