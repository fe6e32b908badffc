import { Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { ActiveTracing, SecureDefaults, SecureFunction, SecureFunctionProps, TerminatedRecursion, Weakened } from '../../src';

const REASON = 'traced by the mesh around it';

const TRACE = Match.objectLike({ Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Effect: 'Allow', Resource: '*' });

function templateOf(props: Partial<SecureFunctionProps> = {}): Template {
  const stack = stackWith();
  new SecureFunction(stack, 'Handler', { ...CODE, ...props });
  return Template.fromStack(stack);
}

function tracingStatements(template: Template): unknown[] {
  const documents = [
    ...Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties.PolicyDocument),
    ...Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) =>
      (Properties.Policies ?? []).map(({ PolicyDocument }: any) => PolicyDocument)),
  ];
  return documents.flatMap(({ Statement }) => Statement).filter(({ Action }) => [Action].flat().some(action => action.startsWith('xray:')));
}

describe.each(FLAG_SETTINGS)('ActiveTracing, %s', (_flags, appProps) => {
  test('traces each request, by a statement in the role itself', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', CODE);

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    template.hasResourceProperties('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: Match.arrayWith([TRACE]) } }] });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('traces an existing function, over a whole app and twice as if once', () => {
    const stack = stackWith(appProps);
    new lambda.Function(stack, 'Handler', CODE);
    Mixins.of(stack.node.root).apply(new ActiveTracing(), new ActiveTracing());

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    expect(tracingStatements(template)).toHaveLength(1);
  });
});

describe('ActiveTracing', () => {
  test('leaves no policy of its own behind where the caller asks for what is the default', () => {
    templateOf({ tracing: lambda.Tracing.ACTIVE }).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('does not grant again what the L2 has granted', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, tracing: lambda.Tracing.ACTIVE }).with(new ActiveTracing());
    const template = Template.fromStack(stack);
    expect(tracingStatements(template)).toHaveLength(1);
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['xray:PutTraceSegments']) })] } });
  });

  test('grants tracing to a role of the caller', () => {
    const stack = stackWith();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new SecureFunction(stack, 'Handler', { ...CODE, role });
    expect(tracingStatements(Template.fromStack(stack))).toEqual([{ Action: expect.anything(), Effect: 'Allow', Resource: '*', Sid: 'Trace' }]);
  });

  test.each([
    ['no tracing', lambda.Tracing.DISABLED, Match.absent(), 0],
    ['only what callers trace', lambda.Tracing.PASS_THROUGH, { Mode: 'PassThrough' }, 1],
  ])('accepts %s with a reason, and writes it down', (_what, tracing, config, statements) => {
    const template = templateOf({ tracing, weakened: [Weakened.tracing(REASON)] });
    template.hasResource('AWS::Lambda::Function', {
      Properties: { TracingConfig: config },
      Metadata: { 'cdk-secure-serverless': { weakened: { tracing: REASON } } },
    });
    expect(tracingStatements(template)).toHaveLength(statements);
  });

  test.each([lambda.Tracing.DISABLED, lambda.Tracing.PASS_THROUGH])('refuses %s without a reason', tracing => {
    expect(() => templateOf({ tracing })).toThrow(`\`tracing\` is \`${tracing}\` (allowed: Active)`);
  });

  test('refuses to overrule what an existing function says, without a reason', () => {
    const fn = new lambda.Function(stackWith(), 'Handler', { ...CODE, tracing: lambda.Tracing.PASS_THROUGH });
    expect(() => fn.with(new ActiveTracing())).toThrow('`tracing` is `PassThrough`');
  });

  test('refuses a reason that says nothing', () => {
    expect(() => templateOf({ tracing: lambda.Tracing.DISABLED, weakened: [Weakened.tracing('no')] })).toThrow('`Weakened.tracing` is `no`');
  });

  test('is off for all functions of a scope whose defaults say why, unless a function asks for it', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { weakened: [Weakened.tracing(REASON)] });
    new SecureFunction(stack, 'Untraced', { ...CODE, description: 'untraced' });
    new SecureFunction(stack, 'Traced', { ...CODE, description: 'traced', tracing: lambda.Tracing.ACTIVE });

    const weakened = { 'cdk-secure-serverless': { weakened: { tracing: REASON } } };
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Lambda::Function', { Properties: { Description: 'untraced', TracingConfig: Match.absent() }, Metadata: weakened });
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'traced', TracingConfig: { Mode: 'Active' } });
    expect(Object.keys(template.findResources('AWS::Lambda::Function', { Metadata: weakened }))).toHaveLength(1);
  });

  test('goes together with the instrumentation of OpenTelemetry', () => {
    const template = templateOf({
      adotInstrumentation: {
        layerVersion: lambda.AdotLayerVersion.fromJavaScriptSdkLayerVersion(lambda.AdotLambdaLayerJavaScriptSdkVersion.LATEST),
        execWrapper: lambda.AdotLambdaExecWrapper.REGULAR_HANDLER,
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      TracingConfig: { Mode: 'Active' },
      Layers: [Match.anyValue()],
      Environment: { Variables: Match.objectLike({ AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' }) },
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(tracingStatements(template)).toHaveLength(1);
  });

  test('goes together with snapshots', () => {
    templateOf({
      code: lambda.Code.fromInline('def handler(event, context): pass'),
      runtime: lambda.Runtime.PYTHON_3_14,
      snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS,
    }).hasResourceProperties('AWS::Lambda::Function', { SnapStart: { ApplyOn: 'PublishedVersions' }, TracingConfig: { Mode: 'Active' } });
  });

  test('has nothing to say of functions that are made elsewhere', () => {
    const imported = lambda.Function.fromFunctionName(new Stack(), 'Imported', 'elsewhere');
    expect(new ActiveTracing().supports(imported)).toBe(false);
    expect(() => new ActiveTracing().applyTo(imported)).not.toThrow();
  });
});

describe('TerminatedRecursion', () => {
  test('writes down that Lambda stops a loop', () => {
    templateOf().hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Terminate' });
  });

  test('applies to an existing function, and keeps what it says already', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', CODE).with(new TerminatedRecursion(), new TerminatedRecursion());
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Terminate' });
  });

  test('accepts a loop with a reason, and writes it down', () => {
    templateOf({ recursiveLoop: lambda.RecursiveLoop.ALLOW, weakened: [Weakened.recursion('works through pages of 100')] })
      .hasResource('AWS::Lambda::Function', {
        Properties: { RecursiveLoop: 'Allow' },
        Metadata: { 'cdk-secure-serverless': { weakened: { recursion: 'works through pages of 100' } } },
      });
  });

  test('does not record a reason for what nobody weakened', () => {
    const template = templateOf({ weakened: [Weakened.recursion('works through pages of 100')] });
    template.hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Terminate' });
    expect(template.findResources('AWS::Lambda::Function', {
      Metadata: { 'cdk-secure-serverless': { weakened: { recursion: Match.anyValue() } } },
    })).toEqual({});
  });

  test('refuses a loop without a reason, on new functions and existing ones', () => {
    expect(() => templateOf({ recursiveLoop: lambda.RecursiveLoop.ALLOW })).toThrow('`recursiveLoop` is `Allow` (allowed: Terminate)');
    const existing = new lambda.Function(stackWith(), 'Handler', { ...CODE, recursiveLoop: lambda.RecursiveLoop.ALLOW });
    expect(() => existing.with(new TerminatedRecursion())).toThrow('`recursiveLoop` is `Allow` (allowed: Terminate)');
  });
});
