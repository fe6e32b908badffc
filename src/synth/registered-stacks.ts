import { IPolicyValidationContext, Stack, Stage } from 'aws-cdk-lib';
import { stacksBelow } from '../model/read-tree';

/** The top-level stacks that a plugin was registered on, whatever else the app has. */
export function registeredStacks({ appConstruct, stackTemplates }: IPolicyValidationContext): Stack[] {
  const paths = new Set(stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
  return stacksBelow(appConstruct).filter(stack => paths.has(stack.node.path));
}

/** Where the assembly is written. */
export function assemblyDirectory({ appConstruct }: IPolicyValidationContext): string {
  return (appConstruct as Stage).outdir;
}
