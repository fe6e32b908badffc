import * as fs from 'fs';
import * as path from 'path';
import { CfnElement, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { acknowledgementsIn, acknowledges } from './read/acknowledgements';
import { sourcePlace } from './read/source-place';
import { Acknowledgement, SourcePlace, TemplateSource } from './template-source';
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
  const acknowledgements = lazily(() => stacks.length === 0 ? [] : acknowledgementsOf(stacks[0].node.root));
  const add = (stack: Stack) => {
    const parent = stack.nestedStackParent;
    const source = { ...sourceOf(stack, read(stack), parent && sources.get(parent)), acknowledgements };
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
  const resources = isMap(template) && isMap(template.Resources) ? template.Resources : {};
  for (const logicalId in resources) {
    const resource = resources[logicalId];
    if (isMap(resource) && resource.Type === 'AWS::CloudFormation::Stack') return true;
  }
  return false;
}

function sourceOf(stack: Stack, template: unknown, parent: TemplateSource | undefined): TemplateSource {
  const elements = lazily(() => elementsOf(stack));
  return {
    name: stack.node.path || stack.stackName,
    file: fileOf(stack),
    template,
    stackName: parent ? undefined : stack.stackName,
    assembly: Stage.of(stack)?.node.path,
    account: known(stack.account) ?? parent?.account,
    region: known(stack.region) ?? parent?.region,
    nestedIn: parent && { source: parent, logicalId: stack.nestedStackParent!.resolve(stack.nestedStackResource!.logicalId) },
    constructPathOf: logicalId => elements().get(logicalId)?.node.path,
    sourceOf: (logicalId, property) => placeOf(elements().get(logicalId), property),
  };
}

/** Each construct of an app is asked, which `findAll` would list first at the cost of all the rest. */
function acknowledgementsOf({ node }: IConstruct, found: Acknowledgement[] = []): Acknowledgement[] {
  const { metadata, children } = node;
  if (acknowledges(metadata)) found.push(...acknowledgementsIn(node.path, metadata));
  for (const child of children) acknowledgementsOf(child, found);
  return found;
}

function readFile(stack: Stack): unknown {
  return JSON.parse(fs.readFileSync(path.join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8'));
}

/** Stages have folders of their own within the assembly of the app. */
function fileOf(stack: Stack): string {
  const stage = Stage.of(stack);
  const root = stack.node.root;
  return stage && Stage.isStage(root) ? path.join(path.relative(root.outdir, stage.outdir), stack.templateFile) : stack.templateFile;
}

function known(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** A stack's elements by logical id. */
function elementsOf(stack: Stack): Map<string, IConstruct> {
  return new Map(stack.node.findAll()
    .filter(CfnElement.isCfnElement)
    .filter(element => element.stack === stack)
    .map(element => [stack.resolve(element.logicalId), element]));
}

/** Where an element got its property; if it was made too deep within the CDK for a trace to tell, where the construct it belongs to was made. */
function placeOf(element: IConstruct | undefined, property?: string): SourcePlace | undefined {
  if (!element) return undefined;
  const place = sourcePlace(element.node.metadata, property);
  if (place) return place;
  for (const owner of element.node.scopes.slice(0, -1).reverse()) {
    const found = [owner, owner.node.defaultChild].map(each => each && sourcePlace(each.node.metadata)).find(each => each);
    if (found || Stack.isStack(owner)) return found;
  }
  return undefined;
}

function lazily<T>(compute: () => T): () => T {
  let found: T | undefined;
  return () => found ??= compute();
}
