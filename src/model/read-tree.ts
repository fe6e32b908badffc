import * as fs from 'fs';
import * as path from 'path';
import { CfnElement, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateSource } from './template-source';
import { isMap } from './value';

/** A template and where it was read; nothing where there is none to read. */
type ReadTemplate = (stack: Stack) => unknown;

/**
 * The templates of `stacks` and of all stacks nested in them. The CDK's validation context lists top-level stacks alone: what
 * hides in a nested stack is found through the construct tree.
 *
 * @param read how to get at the template of a stack; by default, from the file that synthesis wrote
 */
export function readTree(stacks: readonly Stack[], read: ReadTemplate = readFile): TemplateSource[] {
  const sources = new Map<Stack, TemplateSource>();
  const add = (stack: Stack) => {
    const parent = stack.nestedStackParent;
    const source = sourceOf(stack, read(stack), parent && sources.get(parent));
    sources.set(stack, source);
    if (hasNestedStacks(source.template)) stacksBelow(stack).filter(nested => nested.nestedStackParent === stack).forEach(add);
  };
  stacks.forEach(add);
  return [...sources.values()];
}

/** The stacks below a construct, or itself, whatever stage they are in. */
export function stacksBelow(root: IConstruct): Stack[] {
  return root.node.findAll().filter(Stack.isStack);
}

/** Whether a walk through the tree below a stack, which takes as long as reading its template, can find anything. */
function hasNestedStacks(template: unknown): boolean {
  const resources = isMap(template) && isMap(template.Resources) ? Object.values(template.Resources) : [];
  return resources.some(resource => isMap(resource) && resource.Type === 'AWS::CloudFormation::Stack');
}

function sourceOf(stack: Stack, template: unknown, parent: TemplateSource | undefined): TemplateSource {
  const paths = lazily(() => constructPaths(stack));
  return {
    name: stack.node.path || stack.stackName,
    file: stack.templateFile,
    template,
    stackName: parent ? undefined : stack.stackName,
    assembly: Stage.of(stack)?.node.path,
    account: known(stack.account) ?? parent?.account,
    region: known(stack.region) ?? parent?.region,
    nestedIn: parent && { source: parent, logicalId: stack.nestedStackParent!.resolve(stack.nestedStackResource!.logicalId) },
    constructPathOf: logicalId => paths().get(logicalId),
  };
}

function readFile(stack: Stack): unknown {
  return JSON.parse(fs.readFileSync(path.join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8'));
}

function known(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** The paths of a stack's elements by logical id, for apps that leave them out of the templates. */
function constructPaths(stack: Stack): Map<string, string> {
  return new Map(stack.node.findAll()
    .filter(CfnElement.isCfnElement)
    .filter(element => element.stack === stack)
    .map(element => [stack.resolve(element.logicalId), element.node.path]));
}

function lazily<T>(compute: () => T): () => T {
  let found: T | undefined;
  return () => found ??= compute();
}
