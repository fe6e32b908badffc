import {
  CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The constructs that `value` refers to, in this stack or another.
 *
 * References are read from the tokens themselves: once rendered, one to another stack is an import without an owner.
 */
export function constructsIn(value: unknown, scope: IConstruct): Set<IConstruct> {
  const resolver = new ReferenceReader();
  Tokenization.resolve(value, { scope, resolver, preparing: true });
  return resolver.targets;
}

/**
 * `value` as text in which each reference to a resource is the path of its construct, in angle brackets, and each other
 * intrinsic, such as the region, is left out.
 */
export function textWithPaths(value: unknown, scope: IConstruct): string {
  return flatten(Tokenization.resolve(value, { scope, resolver: new ReferenceReader(), preparing: true }));
}

/**
 * `attribute` of a resource as it is best read from `scope`: from within the stack of the resource it takes a step to resolve, where
 * the CDK takes five since it may be read from any stack and environment. Functions have a dozen, each resolved thrice in a synth.
 */
export function readFrom(scope: IConstruct, attribute: string): string {
  const reference = Tokenization.reverse(attribute, { failConcat: false });
  if (!Reference.isReference(reference) || !CfnResource.isCfnResource(reference.target)) return attribute;
  const { target, displayName } = reference;
  if (target.stack !== Stack.of(scope)) return attribute;
  const known = LOCAL.get(target) ?? new Map<string, string>();
  LOCAL.set(target, known);
  if (!known.has(displayName)) known.set(displayName, Token.asString(new LocalReference(reference)));
  return known.get(displayName)!;
}

/** By resource and name of the attribute, so that the same attribute stays the same text. */
const LOCAL = new WeakMap<IConstruct, Map<string, string>>();

/** A reference to a resource of the same stack; read from another stack after all, it is what it was made from. */
class LocalReference extends Reference {
  private isFinal = false;
  private rendered: unknown;

  constructor(private readonly origin: Reference) {
    super(origin, origin.target, origin.displayName);
  }

  public resolve({ scope, preparing }: IResolveContext): any {
    if (Stack.of(scope) !== Stack.of(this.target)) return this.origin;
    if (preparing) return this.prepare();
    return this.isFinal ? this.rendered ??= Stack.of(scope).resolve(this.origin) : this.origin;
  }

  /** The tree is complete, and is searched for references to other stacks: no logical id changes any more, and nobody reads this value. */
  private prepare(): string {
    this.isFinal = true;
    this.rendered = undefined;
    return this.displayName;
  }
}

export function pathMarker(construct: IConstruct): string {
  return `<${construct.node.path}>`;
}

function flatten(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = (resolved as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'] ?? ['', []];
  return parts.map(flatten).join(separator);
}

class ReferenceReader extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token)) {
      this.targets.add(token.target);
      return pathMarker(token.target);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
