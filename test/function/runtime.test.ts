import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Mixins, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Fact, FactName, IFact } from 'aws-cdk-lib/region-info';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { SecureDefaults, SecureDockerImageFunction, SecureFunction, SecureNodejsFunction, SupportedRuntime, Weakened } from '../../src';
import { isDay, lifecycleOf, RUNTIMES_AS_OF, runsOnArm, successorOf } from '../../src/runtimes/lifecycles';

const REASON = 'the vendor has no newer release yet';
const WARNING = Match.stringLikeRegexp('gets no more patches');

/** The CDK's own; it adds those that a test makes. */
const ALL = [...lambda.Runtime.ALL];

/** A stack that is synthesized on `today`, as far as runtimes are concerned. */
function stackOn(today?: string): Stack {
  return stackWith(today === undefined ? {} : { context: { 'cdk-secure-serverless:today': today } });
}

/** Code with which the L2 takes any runtime. */
const anyCode = () => ({ code: lambda.Code.fromAsset(__dirname), handler: 'index.handler' });

function secure(stack: Stack, runtime: lambda.Runtime, weakened: Weakened[] = []): SecureFunction {
  return new SecureFunction(stack, 'Handler', { ...anyCode(), runtime, weakened });
}

describe('SupportedRuntime', () => {
  test('refuses a runtime from the day on which its patches end', () => {
    expect(() => secure(stackOn('2027-04-29'), lambda.Runtime.NODEJS_22_X)).not.toThrow();
    expect(() => secure(stackOn('2027-04-30'), lambda.Runtime.NODEJS_22_X)).toThrow('`runtime` is `nodejs22.x` (allowed: one that AWS still patches)');
  });

  test('says since when, what AWS will refuse, and where to go', () => {
    expect(() => secure(stackOn(), lambda.Runtime.PYTHON_3_9)).toThrow(
      'no patches since 2025-12-15, AWS refuses to create functions with it from 2027-02-01 and to update them from 2027-03-03; move to `python3.14`');
  });

  test('warns for 180 days before', () => {
    const late = stackOn('2026-11-01');
    secure(late, lambda.Runtime.NODEJS_22_X);
    Annotations.fromStack(late).hasWarning('/Stack/Handler', Match.stringLikeRegexp('`nodejs22.x` gets no more patches from 2027-04-30, 180 days after 2026-11-01: move to `nodejs24.x`'));

    const early = stackOn('2026-10-31');
    secure(early, lambda.Runtime.NODEJS_22_X);
    Annotations.fromStack(early).hasNoWarning('/Stack/Handler', WARNING);
  });

  test('reads no clock: what it says depends on this library and on the app alone', () => {
    jest.useFakeTimers({ now: new Date('2031-01-01') });
    try {
      expect(() => secure(stackOn(), lambda.Runtime.NODEJS_24_X)).not.toThrow();
    } finally {
      jest.useRealTimers();
    }
  });

  test('counts from the defaults in force where they are newer than the table', () => {
    // Deprecated between the day of the table and that of the first set of defaults.
    expect(() => secure(stackOn('2026-10-30'), lambda.Runtime.PYTHON_3_10)).not.toThrow();
    expect(() => secure(stackOn(), lambda.Runtime.PYTHON_3_10)).toThrow('`runtime` is `python3.10`');
  });

  test.each(['tomorrow', '2026-02-30', '22.11.2026', 20261122])('refuses %p for a day', today => {
    const stack = stackWith({ context: { 'cdk-secure-serverless:today': today } });
    expect(() => secure(stack, lambda.Runtime.NODEJS_24_X)).toThrow(`\`context cdk-secure-serverless:today\` is \`${today}\` (allowed: a day such as 2026-11-22)`);
  });

  test('accepts an old runtime with a reason, and writes it down', () => {
    const stack = stackOn();
    secure(stack, lambda.Runtime.NODEJS_18_X, [Weakened.runtime(REASON)]);
    Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
      Properties: { Runtime: 'nodejs18.x' },
      Metadata: { 'cdk-secure-serverless': { weakened: { runtime: REASON } } },
    });
  });

  test('accepts it for a scope, whose defaults say why', () => {
    const stack = stackOn();
    SecureDefaults.set(stack, { weakened: [Weakened.runtime(REASON)] });
    expect(() => secure(stack, lambda.Runtime.NODEJS_18_X)).not.toThrow();
  });

  test('refuses a reason that says nothing', () => {
    expect(() => secure(stackOn(), lambda.Runtime.NODEJS_18_X, [Weakened.runtime('old')])).toThrow('`Weakened.runtime` is `old`');
  });

  test('does not record a reason for a runtime that is supported', () => {
    const stack = stackOn();
    secure(stack, lambda.Runtime.NODEJS_24_X, [Weakened.runtime(REASON)]);
    expect(Template.fromStack(stack).findResources('AWS::Lambda::Function', {
      Metadata: { 'cdk-secure-serverless': { weakened: { runtime: REASON } } },
    })).toEqual({});
  });

  test.each([
    ['a name that it does not know', new lambda.Runtime('nodejs99.x', lambda.RuntimeFamily.NODEJS)],
    ['a name that JavaScript knows', new lambda.Runtime('constructor')],
  ])('has no verdict on %s', (_what, runtime) => {
    const stack = stackOn('2099-01-01');
    secure(stack, runtime);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Runtime: runtime.name });
  });

  test('has no verdict on the runtime in a container image', () => {
    const stack = stackOn('2099-01-01');
    new SecureDockerImageFunction(stack, 'Handler', { code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Images')) });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Runtime: Match.absent() });
  });

  test('looks at custom runtimes too', () => {
    expect(() => secure(stackOn(), lambda.Runtime.PROVIDED_AL2)).toThrow('move to `provided.al2023`');
    expect(() => secure(stackOn(), lambda.Runtime.PROVIDED_AL2023)).not.toThrow();
  });

  describe('and NODEJS_LATEST, which stands for another runtime in another region', () => {
    const OLD: IFact = { region: 'eu-fictional-1', name: FactName.LATEST_NODE_RUNTIME, value: 'nodejs18.x' };
    beforeAll(() => Fact.register(OLD));
    afterAll(() => Fact.unregister(OLD.region, OLD.name));

    const latestIn = (region?: string) => {
      const stack = stackWith({}, { env: { region } });
      new SecureFunction(stack, 'Handler', { ...anyCode(), runtime: lambda.Runtime.NODEJS_LATEST });
      return stack;
    };

    test('looks at what it is there, not at its name', () => {
      expect(() => latestIn(OLD.region)).toThrow('`runtime` is `nodejs18.x`');
      expect(() => latestIn('eu-central-1')).not.toThrow();
    });

    test('has no verdict where the region is known only at deployment', () => {
      Template.fromStack(latestIn()).hasResourceProperties('AWS::Lambda::Function', { Runtime: { 'Fn::FindInMap': Match.anyValue() } });
    });
  });

  describe('applied to existing functions', () => {
    test('refuses what has no reason', () => {
      const fn = new lambda.Function(stackOn(), 'Handler', { ...anyCode(), runtime: lambda.Runtime.NODEJS_16_X });
      expect(() => fn.with(new SupportedRuntime())).toThrow('`runtime` is `nodejs16.x`');
      expect(() => fn.with(new SupportedRuntime({ weakened: [Weakened.runtime(REASON)] }))).not.toThrow();
    });

    test('warns once, however often it is applied', () => {
      const stack = stackOn('2027-01-01');
      new lambda.Function(stack, 'Handler', { ...anyCode(), runtime: lambda.Runtime.NODEJS_22_X });
      Mixins.of(stack.node.root).apply(new SupportedRuntime(), new SupportedRuntime());
      expect(Annotations.fromStack(stack).findWarning('/Stack/Handler', WARNING)).toHaveLength(1);
    });
  });

  test.each(FLAG_SETTINGS)('gives a bundled function without a runtime a supported one, %s', (_flags, appProps) => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'handler-'));
    fs.writeFileSync(path.join(directory, 'package-lock.json'), '{}');
    fs.writeFileSync(path.join(directory, 'index.ts'), 'export const handler = async () => {};');
    const stack = stackWith({ ...appProps, context: { ...appProps.context, 'aws:cdk:bundling-stacks': [] } }, { env: { region: 'eu-central-1' } });
    new SecureNodejsFunction(stack, 'Handler', { entry: path.join(directory, 'index.ts'), depsLockFilePath: path.join(directory, 'package-lock.json') });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x' });
  });

  test('refuses at synth a runtime that no prop named', () => {
    const fn = new SecureFunction(stackOn(), 'Handler', CODE);
    const cfn = fn.node.defaultChild as lambda.CfnFunction;
    cfn.runtime = 'nodejs16.x';
    new SupportedRuntime()._harden(fn, cfn);
    new SupportedRuntime()._harden(fn, cfn);
    expect(fn.node.validate()).toEqual([expect.stringContaining('runtime `nodejs16.x` is deprecated')]);
  });
});

describe('the table of runtimes', () => {
  const known = ALL.filter(({ name }) => lifecycleOf(name));

  test('knows all runtimes of the CDK but those without a date of AWS', () => {
    const unknown = ALL.filter(({ name }) => !lifecycleOf(name)).map(({ name }) => name);
    const undated = ['FROM_IMAGE', 'java8.al2023', 'java11.al2023', 'java17.al2023', 'python3.15'];
    expect(unknown.filter(name => !undated.includes(name))).toEqual([]);
  });

  test.each(known.map(({ name }) => name))('dates %s, and leads to a runtime that is still patched', name => {
    const lifecycle = lifecycleOf(name)!;
    const dates = Object.values(lifecycle).filter(date => date !== undefined);
    expect(dates.filter(date => !isDay(date))).toEqual([]);
    expect(lifecycleOf(successorOf(name)!)!.deprecated > RUNTIMES_AS_OF).toBe(true);
    if (lifecycle.createBlocked) expect(lifecycle.createBlocked <= lifecycle.updateBlocked!).toBe(true);
  });

  test('knows which runtimes are for x86_64 only', () => {
    expect(['python3.14', 'nodejs24.x', 'provided.al2', 'java8.al2'].filter(name => !runsOnArm(name))).toEqual([]);
    expect(['go1.x', 'java8', 'provided', 'python3.7', 'nodejs99.x'].filter(runsOnArm)).toEqual([]);
  });
});
