import { IPolicyValidationContext, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The top-level stacks that a plugin was registered on, whatever else the app has. */
export function registeredStacks({ appConstruct, stackTemplates }: IPolicyValidationContext): Stack[] {
  return stackTemplates.map(({ stackConstructPath }) => constructAt(appConstruct, stackConstructPath)).filter(Stack.isStack);
}

/** What a path leads to, by its ids: a walk through the whole tree would take as long as reading the templates. */
function constructAt(root: IConstruct, path: string): IConstruct | undefined {
  return path.split('/').filter(Boolean).reduce<IConstruct | undefined>((above, id) => above?.node.tryFindChild(id), root);
}

/** Where the assembly is written. */
export function assemblyDirectory({ appConstruct }: IPolicyValidationContext): string {
  return (appConstruct as Stage).outdir;
}
