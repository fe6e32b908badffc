import { DefaultTokenResolver, IResolvable, IResolveContext, IPostProcessor, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
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
