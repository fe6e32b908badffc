import { App, Stack } from 'aws-cdk-lib';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { Resource } from '../../src/model/resource';

/** A model of one template with these resources. */
export function modelOf(resources: Readonly<Record<string, object>>, sections: object = {}): AppModel {
  return AppModel.of([{ name: 'Stack', stackName: 'Stack', template: { Resources: resources, ...sections } }]);
}

/** A model of what an app synthesizes to. */
export function synthesized(build: (stack: Stack, app: App) => void): AppModel {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  build(new Stack(app, 'Stack'), app);
  app.synth();
  return AppModel.of(readTree(stacksBelow(app).filter(stack => !stack.nestedStackParent)));
}

/** The resource at a construct path. */
export function at(app: AppModel, path: string): Resource {
  const found = app.resources.find(({ constructPath }) => constructPath === path);
  if (!found) throw new Error(`nothing at ${path}, but at ${app.resources.map(String).join(', ')}`);
  return found;
}
