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

/** `value` as text in which each reference is the path of the construct it leads to, in angle brackets. */
export function textWithPaths(value: unknown, scope: IConstruct): string {
  return String(Tokenization.resolve(value, { scope, resolver: new ReferenceReader(), preparing: true }));
}

export function pathMarker(construct: IConstruct): string {
  return `<${construct.node.path}>`;
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
