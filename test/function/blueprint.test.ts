import { App, CustomResource, Duration, IPropertyInjector, Mixins, PropertyInjectors, RemovalPolicy, Stack, Stage, custom_resources } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import {
  BoundedTimeout, Concurrency, Egress, LimitedConcurrency, ScopedExecutionRole, SecureDefaults, SecureFunction, SecureFunctionBlueprint,
} from '../../src';

/** What no plain function has. */
const HARDENED = { Timeout: Match.anyValue(), ReservedConcurrentExecutions: Match.anyValue(), TracingConfig: { Mode: 'Active' } };
const hardened = (template: Template) => Object.keys(template.findResources('AWS::Lambda::Function', { Properties: HARDENED }));

/** A construct of another library that makes a function of its own. */
class ThirdParty extends Construct {
  public readonly fn: lambda.Function;

  constructor(scope: Construct, id: string, props?: Partial<lambda.FunctionProps>) {
    super(scope, id);
    this.fn = new lambda.Function(this, 'Handler', { ...CODE, ...props });
  }
}

describe.each(FLAG_SETTINGS)('the blueprint, %s', (_, appProps) => {
  test('gives a plain function the same template as SecureFunction', () => {
    const template = (create: (stack: Stack) => void) => {
      const stack = stackWith(appProps);
      create(stack);
      return Template.fromStack(stack).toJSON();
    };
    const byBlueprint = template(stack => {
      new SecureFunctionBlueprint().applyTo(stack);
      new lambda.Function(stack, 'Handler', { ...CODE, environment: { TABLE: 'orders' } });
    });
    const byConstruct = template(stack => new SecureFunction(stack, 'Handler', { ...CODE, environment: { TABLE: 'orders' } }));
    expect(byBlueprint).toEqual(byConstruct);
  });

  test('reaches functions of other libraries, bundled and image functions', () => {
    const app = new App(appProps);
    new SecureFunctionBlueprint().applyTo(app);
    const stack = new Stack(app, 'Stack');
    new ThirdParty(stack, 'ThirdParty');
    new nodejs.NodejsFunction(stack, 'Bundled', { code: CODE.code, handler: 'index.handler', runtime: CODE.runtime });
    new lambda.DockerImageFunction(stack, 'Image', { code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders')) });
    expect(hardened(Template.fromStack(stack))).toHaveLength(3);
  });

  test('hardens the functions that are there already', () => {
    const stack = stackWith(appProps);
    const { fn } = new ThirdParty(stack, 'ThirdParty');
    new SecureFunctionBlueprint().applyTo(stack);
    const template = Template.fromStack(stack);
    expect(hardened(template)).toEqual([stack.resolve((fn.node.defaultChild as lambda.CfnFunction).logicalId)]);
    template.resourcePropertiesCountIs('AWS::IAM::Role', { ManagedPolicyArns: Match.anyValue() }, 0);
  });

  test('does not harden a SecureFunction twice', () => {
    const count = (prepare: (stack: Stack) => void) => {
      const stack = stackWith(appProps);
      prepare(stack);
      new SecureFunction(stack, 'Handler', CODE);
      return Object.keys(Template.fromStack(stack).toJSON().Resources).length;
    };
    expect(count(stack => new SecureFunctionBlueprint().applyTo(stack))).toBe(count(() => {}));
  });
});

describe('scope', () => {
  test('a stage is hardened and the rest of the app is not', () => {
    const app = new App();
    const inside = new Stack(new Stage(app, 'Prod'), 'Stack');
    const outside = new Stack(app, 'Outside');
    new SecureFunctionBlueprint().applyTo(inside.node.scope!);
    for (const stack of [inside, outside]) new lambda.Function(stack, 'Handler', CODE);
    expect(hardened(Template.fromStack(inside))).toHaveLength(1);
    expect(hardened(Template.fromStack(outside))).toHaveLength(0);
  });

  test('defaults given to the blueprint hold for its scope, nearer ones win', () => {
    const app = new App();
    new SecureFunctionBlueprint({ timeout: Duration.seconds(4), concurrency: Concurrency.reserved(2) }).applyTo(app);
    const stack = new Stack(app, 'Stack');
    SecureDefaults.set(stack, { concurrency: Concurrency.reserved(3) });
    new lambda.Function(stack, 'Handler', CODE);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Timeout: 4, ReservedConcurrentExecutions: 3 });
  });

  test('applied to app and stack, it hardens once', () => {
    const app = new App();
    new SecureFunctionBlueprint().applyTo(app);
    const stack = new Stack(app, 'Stack');
    new SecureFunctionBlueprint().applyTo(stack);
    new lambda.Function(stack, 'Handler', CODE);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', { Policies: Match.arrayEquals([Match.anyValue()]) });
    expect(hardened(template)).toHaveLength(1);
  });
});

describe('next to other injectors', () => {
  const describing = (description: string): IPropertyInjector => ({
    constructUniqueId: lambda.Function.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, description }),
  });

  test('one that is there already goes first', () => {
    const app = new App();
    PropertyInjectors.of(app).add(describing('owned by payments'));
    const stack = new Stack(app, 'Stack');
    new SecureFunctionBlueprint().applyTo(stack);
    new lambda.Function(stack, 'Handler', CODE);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { ...HARDENED, Description: 'owned by payments' });
  });

  test('one that later takes the place of the blueprint is an error that names the function', () => {
    const app = new App();
    new SecureFunctionBlueprint().applyTo(app);
    const stack = new Stack(app, 'Stack');
    PropertyInjectors.of(stack).add(describing('owned by payments'));
    new lambda.Function(stack, 'Handler', CODE);
    expect(() => Template.fromStack(stack)).toThrow(/Stack\/Handler is not hardened, since a property injector nearer to it/);
  });

  test('the blueprint applied after it composes with it', () => {
    const app = new App();
    new SecureFunctionBlueprint().applyTo(app);
    const stack = new Stack(app, 'Stack');
    PropertyInjectors.of(stack).add(describing('owned by payments'));
    new SecureFunctionBlueprint().applyTo(stack);
    new lambda.Function(stack, 'Handler', CODE);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { ...HARDENED, Description: 'owned by payments' });
  });
});

describe('functions of the CDK itself', () => {
  test('are left exactly as they are', () => {
    const build = (harden: boolean) => {
      const stack = stackWith();
      if (harden) new SecureFunctionBlueprint({ egress: Egress.unrestricted('not the subject of this test') }).applyTo(stack);
      const onEventHandler = new lambda.Function(stack, 'OnEvent', CODE);
      const provider = new custom_resources.Provider(stack, 'Provider', { onEventHandler });
      new CustomResource(stack, 'Resource', { serviceToken: provider.serviceToken });
      new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
      return Template.fromStack(stack).findResources('AWS::Lambda::Function');
    };
    const before = build(false);
    const after = build(true);
    const changed = Object.keys(before).filter(id => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
    expect(changed).toEqual([expect.stringMatching(/^OnEvent/)]);
    expect(Object.keys(before).length).toBeGreaterThan(2);
  });
});

test('mixins over an app give each function one concern and leave the rest alone', () => {
  const stack = stackWith();
  new ThirdParty(stack, 'One');
  new ThirdParty(stack, 'Two', { timeout: Duration.seconds(7) });
  lambda.Function.fromFunctionName(stack, 'Imported', 'elsewhere');
  Mixins.of(stack.node.root).apply(new BoundedTimeout(), new LimitedConcurrency(), new ScopedExecutionRole());
  const template = Template.fromStack(stack);
  template.resourcePropertiesCountIs('AWS::Lambda::Function', { Timeout: 10, ReservedConcurrentExecutions: 10, TracingConfig: Match.absent() }, 1);
  template.resourcePropertiesCountIs('AWS::Lambda::Function', { Timeout: 7, ReservedConcurrentExecutions: 10, TracingConfig: Match.absent() }, 1);
});

