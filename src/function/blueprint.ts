import { IPropertyInjector, InjectionContext, PropertyInjectors } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults, SecureDefaultsProps } from './defaults';
import { isFrameworkManaged } from './function-kinds';
import { harden, HardenableProps, hardenExisting, isHardened, isHardenedFunction, l2Props } from './hardening';
import { isSecurable } from './parts/securable-function';

/**
 * Hardens every `lambda.Function`, `NodejsFunction` and `DockerImageFunction` of an app, a stage or a stack as
 * `SecureFunction` would, those of other libraries included and those made before it alike.
 *
 * Functions that the CDK makes for its own use are left as they are: they can't be fixed by half.
 */
export class SecureFunctionBlueprint {
  /**
   * @param defaults what to do where a function's own props say nothing; kept for the scope as `SecureDefaults.set` does
   */
  constructor(private readonly defaults: SecureDefaultsProps = {}) {}

  /**
   * Hardens the functions below `scope`, now and from now on. A property injector for functions that is in force there
   * already goes first; ours takes its result.
   */
  public applyTo(scope: IConstruct): void {
    SecureDefaults.set(scope, this.defaults);
    const id = lambda.Function.PROPERTY_INJECTION_ID;
    PropertyInjectors.of(scope).add(new FunctionInjector(id, injectorInForce(scope, id)));
    scope.node.findAll().filter(isOpenToHardening).forEach(hardenExisting);
    scope.node.addValidation({ validate: () => missedBelow(scope) });
  }
}

/** Hands hardened props to the L2, and a hook for what has to wait until the L2 has made its resource. */
class FunctionInjector implements IPropertyInjector {
  constructor(public readonly constructUniqueId: string, private readonly inner: IPropertyInjector | undefined) {}

  public inject(originalProps: any, context: InjectionContext): any {
    const props: HardenableProps = this.inner?.inject(originalProps, context) ?? originalProps;
    if (isHardened(props) || isFrameworkManaged(context.scope, context.id, (props as { code?: lambda.Code }).code)) return props;
    const hardened = l2Props(context.scope, context.id, props) as HardenableProps & Pick<lambda.FunctionProps, 'code'>;
    return { ...hardened, code: hardeningWhenBound(hardened.code, props) };
  }
}

/**
 * The code of a function, which hardens the function too: the L2 hands its resource to the code once that is made, and
 * nothing else of another library's function can be reached at that time.
 */
function hardeningWhenBound(code: lambda.Code, props: HardenableProps): lambda.Code {
  return Object.create(code, {
    bindToResource: {
      value(this: lambda.Code, ...args: Parameters<lambda.Code['bindToResource']>): void {
        code.bindToResource.apply(this, args);
        harden(args[0].node.scope as lambda.Function, props);
      },
    },
  });
}

function injectorInForce(scope: IConstruct, id: string): IPropertyInjector | undefined {
  return [...scope.node.scopes].reverse()
    .filter(PropertyInjectors.hasPropertyInjectors)
    .map(each => PropertyInjectors.of(each as unknown as IConstruct).for(id))
    .find(injector => injector !== undefined);
}

function isOpenToHardening(construct: IConstruct): construct is lambda.Function {
  return isSecurable(construct)
    && !isHardenedFunction(construct)
    && !isFrameworkManaged(construct.node.scope!, construct.node.id);
}

/** The nearest injector wins in the CDK, so one that is set below us later takes our place. */
function missedBelow(scope: IConstruct): string[] {
  return scope.node.findAll().filter(isOpenToHardening).map(fn =>
    `${fn.node.path} is not hardened, since a property injector nearer to it replaces SecureFunctionBlueprint: `
    + 'apply the blueprint to that scope too, after the other injector');
}
