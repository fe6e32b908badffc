import { App, Aspects, CfnParameter, CfnResource, Mixins, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Concurrency, ConcurrencyBudget, LimitedConcurrency, LimitedConcurrencyProps, SecureDefaults, SecureFunction } from '../../src';

const REASON = 'The queue in front of it bounds it already';
const EUROPE = { account: '111122223333', region: 'eu-central-1' };
const AMERICA = { account: '111122223333', region: 'us-east-1' };

/** How many executions the one function of `stack` has reserved. */
function hasReserved(stack: Stack, executions: unknown): void {
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: executions });
}

describe.each(FLAG_SETTINGS)('the limit of a function (%s)', (_, appProps) => {
  test.each<[string, Partial<ConstructorParameters<typeof SecureFunction>[2]>, unknown]>([
    ['is 10 unless something is said', {}, 10],
    ['is what `Concurrency.reserved` says', { concurrency: Concurrency.reserved(3) }, 3],
    ['is what `reservedConcurrentExecutions` of the L2 says', { reservedConcurrentExecutions: 4 }, 4],
    ['may be 0, which stops the function', { concurrency: Concurrency.reserved(0) }, 0],
    ['may be 0 through the L2', { reservedConcurrentExecutions: 0 }, 0],
    ['is left out with a reason', { concurrency: Concurrency.unreserved(REASON) }, Match.absent()],
  ])('%s', (__, props, expected) => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', { ...CODE, ...props });
    hasReserved(stack, expected);
  });

  test('may be a token', () => {
    const stack = stackWith(appProps);
    const executions = new CfnParameter(stack, 'Executions', { type: 'Number' }).valueAsNumber;
    new SecureFunction(stack, 'Handler', { ...CODE, concurrency: Concurrency.reserved(executions) });
    hasReserved(stack, { Ref: 'Executions' });
  });

  test('comes from the defaults of the scope', () => {
    const stack = stackWith(appProps);
    SecureDefaults.set(stack, { concurrency: Concurrency.reserved(7) });
    new SecureFunction(stack, 'Handler', CODE);
    hasReserved(stack, 7);
  });

  test('that is left out leaves its reason in the template', () => {
    const stack = stackWith(appProps);
    new SecureFunction(stack, 'Handler', { ...CODE, concurrency: Concurrency.unreserved(REASON) });

    Template.fromStack(stack).hasResource('AWS::Lambda::Function', {
      Metadata: { 'cdk-secure-serverless': { weakened: { concurrency: REASON } } },
    });
  });

  test('comes with provisioned executions on an alias of the current version', () => {
    const stack = stackWith(appProps);
    const fn = new SecureFunction(stack, 'Handler', { ...CODE, concurrency: Concurrency.provisioned({ reserved: 20, provisioned: 5 }) });

    hasReserved(stack, 20);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Alias', 1);
    template.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionName: stack.resolve(fn.functionName),
      FunctionVersion: stack.resolve(fn.currentVersion.version),
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 },
    });
    expect(LimitedConcurrency.aliasOf(fn)).toBe(fn.node.findChild('Aliaslive'));
  });
});

describe('provisioned executions', () => {
  test('take another name of the alias', () => {
    const stack = stackWith();
    const concurrency = Concurrency.provisioned({ reserved: 2, provisioned: 2, alias: 'prod' });
    new SecureFunction(stack, 'Handler', { ...CODE, concurrency });

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', { Name: 'prod' });
  });

  test('go to an alias that the function has already', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', CODE);
    const alias = fn.addAlias('live');
    const mixin = new LimitedConcurrency({ concurrency: Concurrency.provisioned({ reserved: 2, provisioned: 1 }) });
    fn.with(mixin).with(mixin);

    expect(LimitedConcurrency.aliasOf(fn)).toBe(alias);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Alias', 1);
    template.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } });
  });

  test('are on no alias of a function without them', () => {
    const stack = stackWith();
    expect(LimitedConcurrency.aliasOf(new SecureFunction(stack, 'Handler', CODE))).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Version', 0);
  });

  test('may be tokens', () => {
    const stack = stackWith();
    const executions = new CfnParameter(stack, 'Executions', { type: 'Number' }).valueAsNumber;
    new SecureFunction(stack, 'Handler', { ...CODE, concurrency: Concurrency.provisioned({ reserved: 2, provisioned: executions }) });

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: { Ref: 'Executions' } },
    });
  });
});

describe('the mixin', () => {
  test.each<[string, number | undefined, Concurrency | undefined, unknown]>([
    ['reserves the default', undefined, undefined, 10],
    ['keeps a reservation', 25, undefined, 25],
    ['keeps a reservation of 0', 0, undefined, 0],
    ['replaces a reservation where it is told to', 25, Concurrency.reserved(5), 5],
    ['drops a reservation where it is told to', 25, Concurrency.unreserved(REASON), Match.absent()],
  ])('%s', (_, existing, concurrency, expected) => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, reservedConcurrentExecutions: existing });
    Mixins.of(stack.node.root).apply(new LimitedConcurrency({ concurrency }));
    hasReserved(stack, expected);
  });

  test('keeps a reservation where the default is none', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { concurrency: Concurrency.unreserved(REASON) });
    new lambda.Function(stack, 'Handler', { ...CODE, reservedConcurrentExecutions: 25 }).with(new LimitedConcurrency());

    hasReserved(stack, 25);
    Template.fromStack(stack).hasResource('AWS::Lambda::Function', { Metadata: Match.absent() });
  });
});

describe('what is wrong with a limit is said at once', () => {
  test.each<[string, Concurrency, RegExp]>([
    ['negative', Concurrency.reserved(-1), /`concurrency` is `-1` \(allowed: a whole number from 0\)/],
    ['fractional', Concurrency.reserved(1.5), /`concurrency` is `1.5`/],
    ['NaN', Concurrency.reserved(NaN), /`concurrency` is `NaN`/],
    ['nothing provisioned', Concurrency.provisioned({ reserved: 5, provisioned: 0 }), /`concurrency.provisioned` is `0` \(allowed: a whole number from 1\)/],
    ['provisioned from nothing', Concurrency.provisioned({ reserved: 0, provisioned: 1 }), /`concurrency.reserved` is `0` \(allowed: a whole number from 1\)/],
    ['more provisioned than reserved', Concurrency.provisioned({ reserved: 5, provisioned: 6 }), /`concurrency.provisioned` is `6` .*the 5 that are reserved/],
    ['an alias with blanks', Concurrency.provisioned({ reserved: 5, provisioned: 5, alias: 'a b' }), /`concurrency.alias` is `a b`/],
    ['an alias of digits', Concurrency.provisioned({ reserved: 5, provisioned: 5, alias: '12' }), /`concurrency.alias` is `12`/],
    ['no reason', Concurrency.unreserved('because'), /`Concurrency.unreserved` is `because`/],
  ])('%s', (_, concurrency, fault) => {
    const make = (id: string, given: Concurrency | undefined) => new SecureFunction(stackWith(), id, { ...CODE, concurrency: given });
    expect(() => make('Handler', concurrency)).toThrow(fault);
    expect(() => new lambda.Function(stackWith(), 'Handler', CODE).with(new LimitedConcurrency({ concurrency }))).toThrow(fault);
  });

  test('in defaults', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { concurrency: Concurrency.reserved(-1) });
    expect(() => new SecureFunction(stack, 'Handler', CODE)).toThrow(/`concurrency` is `-1`/);
  });

  test('both ways of saying it, each with its value', () => {
    const props = { ...CODE, concurrency: Concurrency.reserved(2), reservedConcurrentExecutions: -3 };
    expect(() => new SecureFunction(stackWith(), 'Handler', props)).toThrow(/2 faults.*\n.*one of `concurrency` and `reserved.*\n.*`reservedConcurrentExecutions` is `-3`/);
  });

  test('provisioned executions of a function with SnapStart', () => {
    const concurrency = Concurrency.provisioned({ reserved: 2, provisioned: 1 });
    const props = { ...CODE, runtime: lambda.Runtime.PYTHON_3_13, snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS };
    expect(() => new SecureFunction(stackWith(), 'Handler', { ...props, concurrency })).toThrow(/`snapStart` is `set`/);
    expect(() => new lambda.Function(stackWith(), 'Handler', props).with(new LimitedConcurrency({ concurrency }))).toThrow(/`snapStart` is `set`/);
    expect(() => new SecureFunction(stackWith(), 'Handler', { ...props, concurrency: Concurrency.reserved(2) })).not.toThrow();
  });
});

describe('the budget of an account', () => {
  /** A function with this part alone, so that nothing else is made or checked. */
  function limited(stack: Stack, id: string, props: LimitedConcurrencyProps): void {
    new lambda.Function(stack, id, CODE).with(new LimitedConcurrency(props));
  }

  /** An app with one stack and functions with the given reservations. */
  function appWith(...reservations: number[]): App {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: EUROPE });
    reservations.forEach((each, index) => limited(stack, `Handler${index}`, { reservedConcurrentExecutions: each }));
    return app;
  }

  /** What a secure function makes of a stack with functions of other origin. */
  function watch(scope: Stack, executions = 0): void {
    limited(scope, 'Watching', { reservedConcurrentExecutions: executions });
  }

  test('lets 900 of 1000 be reserved, and no more', () => {
    expect(() => appWith(500, 400).synth()).not.toThrow();
    expect(() => appWith(500, 401).synth()).toThrow(/`901` executions are reserved in account 111122223333, region eu-central-1, expected at most `900`/);
  });

  test('names the five largest consumers, largest first, and what to change', () => {
    expect(() => appWith(1, 200, 300, 150, 250, 100).synth()).toThrow(new RegExp([
      'the quota is 1000, of which Lambda keeps 100 unreserved',
      'Concurrency.reserved\\(...\\)`, or ask AWS for a higher quota',
      'ConcurrencyBudget.of\\(app\\).allow\\(\\{ quota \\}\\)` or context `cdk-secure-serverless:accountConcurrency`',
      'largest of 6: Stack/Handler2 300, Stack/Handler4 250, Stack/Handler1 200, Stack/Handler3 150, Stack/Handler5 100$',
    ].join('.*'), 'm'));
  });

  test('is checked for a single stack under test, too', () => {
    const stack = appWith(901).node.findChild('Stack') as Stack;
    expect(() => Template.fromStack(stack)).toThrow(/`901` executions/);
  });

  test('counts plain functions, L1s, generic resources, overrides, nested stacks and other stacks', () => {
    const app = new App();
    const one = new Stack(app, 'One', { env: EUROPE });
    watch(one, 1);
    new lambda.Function(new Stack(app, 'Two', { env: EUROPE }), 'Plain', { ...CODE, reservedConcurrentExecutions: 200 });
    const l1 = { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/x' };
    new lambda.CfnFunction(one, 'L1', { ...l1, reservedConcurrentExecutions: 100 });
    new CfnResource(one, 'Generic', { type: 'AWS::Lambda::Function', properties: { ReservedConcurrentExecutions: 100 } });
    new CfnResource(one, 'Sam', { type: 'AWS::Serverless::Function', properties: { ReservedConcurrentExecutions: 100 } });
    // eslint-disable-next-line no-restricted-syntax -- what an app may do, and the budget has to see
    new lambda.CfnFunction(one, 'Overridden', l1).addPropertyOverride('ReservedConcurrentExecutions', 100);
    new lambda.CfnFunction(one, 'Deleted', { ...l1, reservedConcurrentExecutions: 900 }).addPropertyDeletionOverride('ReservedConcurrentExecutions');
    const nested = new NestedStack(new NestedStack(one, 'Nested'), 'Deeper');
    new lambda.Function(nested, 'Handler', { ...CODE, reservedConcurrentExecutions: 300 });
    new CfnResource(one, 'Other', { type: 'AWS::Other::Thing', properties: { ReservedConcurrentExecutions: 900 } });

    expect(() => app.synth()).toThrow(/^.*`901` executions.*One\/Nested\/Deeper\/Handler 300, Two\/Plain 200/m);
  });

  test('sees a reservation that an aspect changed', () => {
    const app = appWith(1);
    Aspects.of(app).add({ visit: each => { if ('reservedConcurrentExecutions' in each) Object.assign(each, { reservedConcurrentExecutions: 901 }); } });
    expect(() => app.synth()).toThrow(/`901` executions/);
  });

  test('counts provisioned executions of functions without a reservation alone', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: EUROPE });
    watch(stack, 400);
    const plain = new lambda.Function(stack, 'Plain', CODE);
    new lambda.Alias(stack, 'Warm', { aliasName: 'warm', version: plain.currentVersion, provisionedConcurrentExecutions: 501 });
    limited(stack, 'Provisioned', { concurrency: Concurrency.provisioned({ reserved: 1, provisioned: 1 }) });

    expect(() => app.synth()).toThrow(/`902` executions.*largest of 3: Stack\/Plain 501, Stack\/Watching 400, Stack\/Provisioned 1$/m);
  });

  test('is one for each account and region', () => {
    const app = new App();
    for (const env of [EUROPE, AMERICA, { ...EUROPE, account: '444455556666' }]) watch(new Stack(app, `S${env.account}${env.region}`, { env }), 900);
    expect(() => app.synth()).not.toThrow();
  });

  test('is one for each stage where the account is unknown, and one for all where it is known', () => {
    const staged = (env?: { account: string; region: string }) => {
      const app = new App();
      for (const name of ['Test', 'Live']) watch(new Stack(new Stage(app, name), 'Stack', { env }), 500);
      return app;
    };
    expect(() => staged().synth()).not.toThrow();
    expect(() => staged(EUROPE).synth()).toThrow(/`1000` executions.*Test\/Stack\/Watching 500, Live\/Stack\/Watching 500/);
  });

  test('is one for all stacks of a stage where the account is unknown', () => {
    const app = new App();
    for (const name of ['One', 'Two']) watch(new Stack(app, name), 451);
    expect(() => app.synth()).toThrow(/`902` executions are reserved in account \(unknown\), region \(unknown\)/);
  });

  test('says which reservations it can not know', () => {
    const app = appWith(901);
    const stack = app.node.findChild('Stack') as Stack;
    const executions = new CfnParameter(stack, 'Executions', { type: 'Number' }).valueAsNumber;
    limited(stack, 'Unknown', { reservedConcurrentExecutions: executions });
    expect(() => app.synth()).toThrow(/`901` executions are reserved in .* and 1 unknown before deployment \(Stack\/Unknown\), expected/);
  });

  test('lets a reservation that it can not know pass', () => {
    const stack = stackWith();
    watch(stack, new CfnParameter(stack, 'Executions', { type: 'Number' }).valueAsNumber);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  test.each([10, 50, 100])('lets nothing be reserved where the quota is %d, and says what to write', quota => {
    const reserving = appWith(1);
    ConcurrencyBudget.of(reserving).allow({ quota });
    expect(() => reserving.synth()).toThrow(new RegExp(
      `\`1\` executions.*at most \`0\`: the quota is ${quota}, of which Lambda keeps ${quota} unreserved, so nothing can be reserved there: write \`Concurrency.unreserved\\(reason\\)\``));

    const stopped = appWith(0);
    ConcurrencyBudget.of(stopped).allow({ quota });
    expect(() => stopped.synth()).not.toThrow();
  });

  test('takes the quota of the most specific entry', () => {
    const app = appWith(1000);
    const budget = ConcurrencyBudget.of(app);
    budget.allow({ quota: 500 });
    budget.allow({ region: 'eu-central-1', quota: 600 });
    expect(() => app.synth()).toThrow(/at most `500`/);
    budget.allow({ account: '111122223333', quota: 700 });
    expect(() => app.synth({ force: true })).toThrow(/at most `600`/);
    budget.allow({ account: '444455556666', region: 'eu-central-1', quota: 5000 });
    expect(() => app.synth({ force: true })).toThrow(/at most `600`/);
    budget.allow({ account: '111122223333', region: 'eu-central-1', quota: 1100 });
    expect(() => app.synth({ force: true })).not.toThrow();
  });

  test.each<[string, unknown, boolean]>([
    ['a number', 1001, true],
    ['text, as the command line hands it over', '1001', true],
    ['a number that is too small', 1000, false],
    ['a map by account and region', { '111122223333/eu-central-1': 1001, '111122223333': 1000 }, true],
    ['a map by account', { '111122223333': '1001', 'eu-central-1': 1000 }, true],
    ['a map by region', { 'eu-central-1': 1001 }, true],
    ['a map without the account', { 444455556666: 1001 }, false],
  ])('takes the quota from context: %s', (_, quota, passes) => {
    const app = new App({ context: { 'cdk-secure-serverless:accountConcurrency': quota } });
    watch(new Stack(app, 'Stack', { env: EUROPE }), 901);
    if (passes) expect(() => app.synth()).not.toThrow();
    else expect(() => app.synth()).toThrow(/`901` executions/);
  });

  test.each([0, -1, 1.5, NaN])('refuses a quota of %d', quota => {
    const app = appWith(1);
    ConcurrencyBudget.of(app).allow({ quota });
    expect(() => app.synth()).toThrow(`the concurrency quota of account 111122223333, region eu-central-1 is \`${quota}\`: expected a whole number from 1`);
  });

  test('says nothing in an app without a part of ours', () => {
    const app = new App();
    new lambda.Function(new Stack(app, 'Stack'), 'Handler', { ...CODE, reservedConcurrentExecutions: 2000 });
    expect(() => app.synth()).not.toThrow();
  });

  test('is checked once, however many functions there are', () => {
    const app = appWith(500, 300, 200);
    const stack = app.node.findChild('Stack');
    expect([app, stack, ...stack.node.children].flatMap(each => each.node.validate()).filter(each => each.includes('executions'))).toHaveLength(1);
  });
});
