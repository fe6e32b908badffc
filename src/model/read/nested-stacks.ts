import * as path from 'path';
import { TemplateSource } from '../template-source';
import { isMap } from '../value';
import { nestedStackPath } from './construct-metadata';
import { TemplateFiles } from './template-files';

/** Where the template of a nested stack is, if that can be told from its resource. */
export type TemplateLocation = (resource: Record<string, unknown>, parent: TemplateSource) => string | undefined;

/** Adds to a source what is known of its constructs. `constructPath` is that of the stack, whose name may be longer to be unique. */
type Complete = (source: TemplateSource, constructPath: string) => TemplateSource;

/**
 * `source` and all stacks nested in it, each once for each resource that makes it.
 *
 * @param locate where the template of a nested stack is
 * @param complete adds to a source what else is known of it
 */
export function withNestedStacks(
  source: TemplateSource, files: TemplateFiles, locate: TemplateLocation, complete: Complete = each => each,
): TemplateSource[] {
  const found: TemplateSource[] = [];
  const add = (parent: TemplateSource, above: readonly string[]) => {
    found.push(parent);
    for (const [logicalId, resource] of stackResources(parent.template)) {
      const file = locate(resource, parent);
      // A template that nests itself would never end.
      if (file === undefined || above.includes(file)) continue;
      files.expect(1);
      const template = files.named(file);
      if (!template) continue;
      const name = nameOfNested(parent, logicalId, resource);
      add(complete({
        name: files.unique(name, file),
        file: files.nameOf(file),
        template,
        assembly: parent.assembly,
        account: parent.account,
        region: parent.region,
        nestedIn: { source: parent, logicalId },
      }, name), [...above, file]);
    }
  };
  add(source, [path.join(files.root, source.file ?? '')]);
  return found;
}

function stackResources(template: unknown): [string, Record<string, unknown>][] {
  const resources = isMap(template) && isMap(template.Resources) ? template.Resources : {};
  return Object.entries(resources).flatMap(([logicalId, resource]) =>
    isMap(resource) && resource.Type === 'AWS::CloudFormation::Stack' ? [[logicalId, resource]] : []);
}

function nameOfNested(parent: TemplateSource, logicalId: string, { Metadata }: Record<string, unknown>): string {
  const given = isMap(Metadata) ? Metadata['aws:cdk:path'] : undefined;
  const pathOfResource = typeof given === 'string' ? given : parent.constructPathOf?.(logicalId);
  return pathOfResource !== undefined && nestedStackPath(pathOfResource) || `${parent.name}/${logicalId}`;
}
