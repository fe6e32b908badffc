import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CfnParameter, CfnResource, Duration, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { pluginReports, queuesAreFifo, REPORTED, useRules, violations } from './fixtures';
import { FailOn, Profile, ServerlessValidator, ServerlessValidatorProps, Severity } from '../../src';
import { Rule } from '../../src/rules/define-rule';
import { CODE } from '../function/fixtures';

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

function queueReader(stack: Stack) {
  const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(30) });
  const reader = new lambda.Function(stack, 'Reader', { ...CODE, timeout: Duration.seconds(20) });
  reader.addEventSource(new SqsEventSource(queue));
  return queue;
}

/** An app of one stack with a queue, and what the validator reports of it. */
function validated(props?: ServerlessValidatorProps, build: (stack: Stack) => void = stack => new sqs.Queue(stack, 'Queue')) {
  const app = new App(REPORTED);
  build(new Stack(app, 'Orders'));
  Validations.of(app).addPlugins(new ServerlessValidator(props));
  return pluginReports(app)[0];
}

const ONLY_VISIBILITY = { only: ['sqs/visibility-covers-timeout'] };

describe('the validator', () => {
  test('finds what a real synth made, through the construct path', () => {
    const app = new App(REPORTED);
    queueReader(new Stack(app, 'Orders'));
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(violations(app)).toContain('sqs/visibility-covers-timeout at Orders/Queue/Resource');
  });

  test('finds what hides in a nested stack', () => {
    const app = new App(REPORTED);
    queueReader(new NestedStack(new Stack(app, 'Orders'), 'Nested'));
    Validations.of(app).addPlugins(new ServerlessValidator(ONLY_VISIBILITY));
    expect(violations(app)).toEqual(['sqs/visibility-covers-timeout at Orders/Nested/Queue/Resource']);
  });

  test('follows references from one stack to another', () => {
    const app = new App(REPORTED);
    const queue = new sqs.Queue(new Stack(app, 'Queues'), 'Queue', { visibilityTimeout: Duration.seconds(30) });
    const reader = new lambda.Function(new Stack(app, 'Readers'), 'Reader', { ...CODE, timeout: Duration.seconds(20) });
    reader.addEventSource(new SqsEventSource(queue));
    Validations.of(app).addPlugins(new ServerlessValidator(ONLY_VISIBILITY));
    expect(violations(app)).toEqual(['sqs/visibility-covers-timeout at Queues/Queue/Resource']);
  });

  test('is one line in an app', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App();
    new sqs.Queue(new Stack(app, 'Orders'), 'Queue');
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(() => app.synth()).toThrow(/`FifoQueue` is `false`, expected `true`[^]*Orders\/Queue\/Resource/);
  });

  test('says nothing of an app that is in order', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    expect(validated({}, stack => new sqs.Queue(stack, 'Queue', { fifo: true }))).toBeUndefined();
  });
});

describe('a violation', () => {
  test('says what, where, why and what to write instead', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    expect(validated().violations).toEqual([{
      ruleName: 'sqs/queues-are-fifo',
      description: '`FifoQueue` is `false`, expected `true`',
      suggestedFix: [
        'Make it a FIFO queue.',
        "new sqs.Queue(this, 'Queue', { fifo: true });",
        'Why it matters (high): Order matters.',
        'Or accept it, with a reason:',
        "Validations.of(construct).acknowledge({ id: 'cdk-secure-serverless::sqs/queues-are-fifo', reason: 'why it has to stay' });",
      ].join('\n'),
      severity: 'error',
      ruleMetadata: { severity: 'high', verdict: 'violated', summary: 'Queues are FIFO queues' },
      violatingConstructs: [expect.objectContaining({
        constructPath: 'Orders/Queue/Resource',
        cloudFormationResource: { templatePath: 'Orders.template.json', logicalId: expect.stringMatching(/^Queue/), propertyPaths: ['Properties.FifoQueue'] },
      })],
    }]);
  });

  test('has the line of the code that made the resource', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const [{ stackTraces }] = validated().violations[0].violatingConstructs;
    expect(stackTraces!.join()).toContain(__filename);
  });

  test('is shared by resources of which the same is said, and only by them', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const { violations: [one, other, ...none] } = validated({}, stack => {
      ['First', 'Second'].forEach(id => new sqs.Queue(stack, id));
      new CfnResource(stack, 'Third', { type: 'AWS::SQS::Queue', properties: { FifoQueue: 'no' } });
    });
    expect(one.violatingConstructs.map(({ constructPath }) => constructPath)).toEqual(['Orders/First/Resource', 'Orders/Second/Resource']);
    expect(other.description).toBe('`FifoQueue` is `no`, expected `true`');
    expect(none).toEqual([]);
  });

  test('tells the way that led to it', () => {
    const { violations: [{ description }] } = validated(ONLY_VISIBILITY, queueReader);
    expect(description).toMatch(/ \(messages go to Orders\/Reader\/Resource, which may take 20 s\)$/);
  });

  test('names a template in the assembly of its stage', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App(REPORTED);
    new sqs.Queue(new Stack(new Stage(app, 'Prod'), 'Orders'), 'Queue');
    Validations.of(app).addPlugins(new ServerlessValidator());
    const [{ violations: [{ violatingConstructs: [{ cloudFormationResource }] }] }] = pluginReports(app);
    expect(fs.existsSync(path.join(app.outdir, cloudFormationResource!.templatePath))).toBe(true);
  });
});

describe('what fails', () => {
  const severities = [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL];
  const failing = (props: ServerlessValidatorProps) => severities.filter(severity => {
    useRules(queuesAreFifo(severity));
    return validated(props).conclusion === 'failure';
  });

  test.each<[string, ServerlessValidatorProps, Severity[]]>([
    ['the recommended profile', {}, severities.slice(0, 2)],
    ['the strict profile', { profile: Profile.STRICT }, severities.slice(0, 4)],
    ['the profile for advice', { profile: Profile.ADVICE }, []],
    ['critical', { failOn: FailOn.CRITICAL }, severities.slice(0, 1)],
    ['high', { failOn: FailOn.HIGH }, severities.slice(0, 2)],
    ['medium', { failOn: FailOn.MEDIUM }, severities.slice(0, 3)],
    ['low', { failOn: FailOn.LOW }, severities.slice(0, 4)],
    ['informational', { failOn: FailOn.INFORMATIONAL }, severities],
    ['never', { failOn: FailOn.NEVER }, []],
    ['failOn before profile', { profile: Profile.ADVICE, failOn: FailOn.CRITICAL }, severities.slice(0, 1)],
    ['report only', { profile: Profile.STRICT, failOn: FailOn.LOW, reportOnly: true }, []],
  ])('by %s', (_, props, expected) => expect(failing(props)).toEqual(expected));

  test('goes by the severity that the user gives a rule', () => {
    useRules(queuesAreFifo(Severity.LOW));
    expect(validated({ rules: { 'sqs/queues-are-fifo': { severity: Severity.HIGH } } }).conclusion).toBe('failure');
  });

  test.each<[string, ServerlessValidatorProps, string[]]>([
    ['left out', {}, []],
    ['reported by the strict profile', { profile: Profile.STRICT }, ['info']],
    ['reported on demand', { reportUndecided: true, failOn: FailOn.INFORMATIONAL }, ['info']],
  ])('is never what only deployment can decide: %s', (_, props, expected) => {
    useRules(queuesAreFifo(Severity.CRITICAL));
    const report = validated(props, stack => {
      new sqs.CfnQueue(stack, 'Queue', { fifoQueue: new CfnParameter(stack, 'Fifo').valueAsString as unknown as boolean });
    });
    expect(report?.violations.map(({ severity }) => severity) ?? []).toEqual(expected);
    expect(report?.conclusion ?? 'success').toBe('success');
  });

  test('is nothing in a unit test that only reports', () => {
    useRules(queuesAreFifo(Severity.CRITICAL));
    const templateWith = (props: ServerlessValidatorProps) => {
      const app = new App();
      const stack = new Stack(app, 'Orders');
      new sqs.Queue(stack, 'Queue');
      Validations.of(app).addPlugins(new ServerlessValidator(props));
      return Template.fromStack(stack);
    };
    expect(() => templateWith({})).toThrow(/expected `true`/);
    templateWith({ reportOnly: true }).resourceCountIs('AWS::SQS::Queue', 1);
  });
});

describe('what the CDK makes for its own work', () => {
  const rule: Rule = queuesAreFifo(Severity.HIGH, {
    id: 'lambda/functions-are-named',
    *check(app) {
      for (const resource of app.ofType('AWS::Lambda::Function')) yield { resource, holds: 'no', message: () => 'no name, expected one' };
    },
  });
  const build = (stack: Stack) => new s3.Bucket(stack, 'Bucket', { removalPolicy: 'destroy' as any, autoDeleteObjects: true });

  test('never fails unless it is said', () => {
    useRules(rule);
    const report = validated({ failOn: FailOn.INFORMATIONAL }, build);
    expect(report.violations.map(({ severity, ruleMetadata }) => [severity, ruleMetadata.severity])).toEqual([['info', 'informational']]);
    expect(report.conclusion).toBe('success');
  });

  test('has a severity of its own', () => {
    useRules(rule);
    expect(validated({ frameworkSeverity: Severity.MEDIUM, failOn: FailOn.MEDIUM }, build).conclusion).toBe('failure');
    expect(validated({ frameworkSeverity: Severity.MEDIUM, failOn: FailOn.HIGH }, build).conclusion).toBe('success');
  });
});

describe('a rule that throws', () => {
  const throwing = queuesAreFifo(Severity.LOW, { id: 'sqs/throws', check: () => { throw new Error('no such thing'); } });
  const acknowledged = (...ids: string[]) => validated({}, stack => {
    Validations.of(stack).acknowledge(...ids.map(id => ({ id: `cdk-secure-serverless::${id}`, reason: 'it is known' })));
    new sqs.Queue(stack, 'Queue');
  });

  test('is an error of its own and hides no other finding', () => {
    useRules(queuesAreFifo(Severity.LOW), throwing);
    const report = validated();
    expect(report.conclusion).toBe('failure');
    expect(report.violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([['engine/rule-failed', 'fatal'], ['sqs/queues-are-fifo', 'warning']]);
    expect(report.violations[0].description).toContain('`sqs/throws` failed with `no such thing`');
    expect(report.violations[0].suggestedFix).not.toContain('acknowledge');
  });

  test('can not be acknowledged away, neither by its own id nor by that of the failure', () => {
    useRules(queuesAreFifo(Severity.LOW), throwing);
    const report = acknowledged('sqs/throws', 'engine/rule-failed', 'sqs/queues-are-fifo');
    expect(report.violations.map(({ ruleName }) => ruleName)).toEqual(['engine/rule-failed']);
    expect(report.suppressedViolations?.map(({ ruleName }) => ruleName)).toEqual(['sqs/queues-are-fifo']);
    expect(report.conclusion).toBe('failure');
  });

  test('fails also where its failure alone is acknowledged', () => {
    useRules(throwing);
    expect(acknowledged('engine/rule-failed').conclusion).toBe('failure');
  });

  test('is silent when it is skipped', () => {
    useRules(throwing);
    expect(validated({ skip: ['sqs/throws'] })).toBeUndefined();
  });
});

describe('an acknowledgement', () => {
  /** Runs the line that the finding shows, as somebody would who pastes it. */
  const paste = (suggestedFix: string, construct: IConstruct) => {
    const line = suggestedFix.split('\n').find(each => each.startsWith('Validations.of('))!;
    new Function('Validations', 'construct', line.replace('why it has to stay', 'order is kept elsewhere'))(Validations, construct);
  };
  const twoQueues = (accept: (first: sqs.Queue, fix: string) => void) => {
    useRules(queuesAreFifo(Severity.HIGH));
    const fix = validated().violations[0].suggestedFix;
    return validated({}, stack => {
      accept(new sqs.Queue(stack, 'First'), fix);
      new sqs.Queue(stack, 'Second');
    });
  };

  test('is the line that the finding shows, with place and reason kept in the report', () => {
    const report = twoQueues((first, fix) => paste(fix, first));
    expect(report.suppressedViolations).toEqual([expect.objectContaining({
      ruleName: 'sqs/queues-are-fifo',
      reason: 'order is kept elsewhere',
      acknowledgedAt: 'Orders/First',
      violatingConstructs: [expect.objectContaining({ constructPath: 'Orders/First/Resource' })],
    })]);
  });

  test('covers one place: the other still fails', () => {
    const report = twoQueues((first, fix) => paste(fix, first));
    expect(report.violations.flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath))).toEqual(['Orders/Second/Resource']);
    expect(report.conclusion).toBe('failure');
  });

  test('lets pass what it covers entirely', () => {
    const report = twoQueues((first, fix) => paste(fix, Stack.of(first)));
    expect(report.violations).toEqual([]);
    expect(report.conclusion).toBe('success');
  });

  test('does not turn a report into a failure', () => {
    useRules(queuesAreFifo(Severity.HIGH), queuesAreFifo(Severity.CRITICAL, { id: 'sqs/other' }));
    const report = validated({ reportOnly: true }, stack => {
      Validations.of(new sqs.Queue(stack, 'Queue')).acknowledge({ id: 'cdk-secure-serverless::sqs/other', reason: 'it is known' });
    });
    expect(report.suppressedViolations).toHaveLength(1);
    expect(report.conclusion).toBe('success');
  });

  test('is a finding if it names no plugin, since it matches nothing', () => {
    const report = twoQueues(first => Validations.of(first).acknowledge({ id: 'sqs/queues-are-fifo', reason: 'order is kept elsewhere' }));
    const [warning, error, ...none] = report.violations;
    expect(none).toEqual([]);
    expect(warning).toMatchObject({ ruleName: 'engine/acknowledgement-without-plugin', severity: 'warning', violatingConstructs: [{ constructPath: 'Orders/First' }] });
    expect(error.violatingConstructs.map(({ constructPath }) => constructPath)).toEqual(['Orders/First/Resource', 'Orders/Second/Resource']);
    expect(warning.description).toContain('expected `cdk-secure-serverless::sqs/queues-are-fifo`');
  });

  test('of another plugin, or of an annotation, is none of ours', () => {
    const report = twoQueues(first => Validations.of(first).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'order is kept elsewhere' }, { id: '@aws-cdk/aws-sqs:something', reason: 'order is kept elsewhere' }));
    expect(report.violations.map(({ ruleName }) => ruleName)).toEqual(['sqs/queues-are-fifo']);
  });
});

describe('what is validated', () => {
  /** An app with a stack of its own, and two stages with one each. */
  const stages = () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App(REPORTED);
    const [test, prod] = ['Test', 'Prod'].map(id => new Stage(app, id));
    const stacks = [app, test, prod].map(scope => new Stack(scope, 'Orders'));
    stacks.forEach(stack => new sqs.Queue(stack, 'Queue'));
    return { app, test, prod, stacks };
  };

  test('is all stages of an app', () => {
    const { app } = stages();
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(violations(app)).toEqual(['Orders', 'Prod/Orders', 'Test/Orders'].map(stack => `sqs/queues-are-fifo at ${stack}/Queue/Resource`));
  });

  test('is the stage that it is registered on', () => {
    const { app, prod } = stages();
    Validations.of(prod).addPlugins(new ServerlessValidator());
    expect(violations(app)).toEqual(['sqs/queues-are-fifo at Prod/Orders/Queue/Resource']);
  });

  test('is each stage that one validator is registered on', () => {
    const { app, test: testing, prod } = stages();
    const validator = new ServerlessValidator();
    [testing, prod].forEach(stage => Validations.of(stage).addPlugins(validator));
    expect(violations(app)).toEqual(['Prod/Orders', 'Test/Orders'].map(stack => `sqs/queues-are-fifo at ${stack}/Queue/Resource`));
  });

  test('is the stack that is its scope, with what others have to do with it', () => {
    const app = new App(REPORTED);
    const [queues, readers] = ['Queues', 'Readers'].map(id => new Stack(app, id));
    const queue = new sqs.Queue(queues, 'Queue', { visibilityTimeout: Duration.seconds(30) });
    new lambda.Function(readers, 'Reader', { ...CODE, timeout: Duration.seconds(20) }).addEventSource(new SqsEventSource(queue));
    queueReader(new Stack(app, 'Other'));
    Validations.of(queues).addPlugins(new ServerlessValidator({ ...ONLY_VISIBILITY, scope: queues }));
    expect(violations(app)).toEqual(['sqs/visibility-covers-timeout at Queues/Queue/Resource']);
  });

  test('is each of several apps by itself', () => {
    const [one, other] = [stages().app, stages().app];
    const validator = new ServerlessValidator({ only: ['sqs/*'] });
    [one, other].forEach(app => Validations.of(app).addPlugins(validator));
    expect(violations(one)).toHaveLength(3);
    expect(violations(other)).toEqual(violations(one));
  });

  test('is what the template says at each synth anew', () => {
    const { app, stacks } = stages();
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(violations(app)).toHaveLength(3);
    (stacks[0].node.findChild('Queue').node.defaultChild as sqs.CfnQueue).fifoQueue = true;
    app.synth({ force: true });
    expect(violations(app)).toHaveLength(2);
  });

  test('is counted', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const report = validated({}, stack => new sqs.Queue(new NestedStack(stack, 'Nested'), 'Queue'));
    expect(report.metadata).toEqual({ stacks: '1', nestedStacks: '1', resources: '2', undecided: '0' });
  });
});

describe('waivers', () => {
  const waiver = { rule: 'sqs/*', scope: 'Orders/Queue', reason: 'order is kept elsewhere', owner: 'team-orders', expires: '2030-12-31' };

  test('cover a finding until they expire', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    expect(validated({ waivers: [waiver], today: '2030-12-31' })).toBeUndefined();
    const expired = validated({ waivers: [waiver], today: '2031-01-01' });
    expect(expired.conclusion).toBe('failure');
    expect(expired.metadata.notices).toContain('expired on 2030-12-31');
  });

  test('can stand in a file', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const waiverFile = file('waivers.yaml', JSON.stringify({ version: 1, waivers: [waiver] }));
    expect(validated({ waiverFile, today: '2030-01-01' })).toBeUndefined();
  });

  test('that are malformed cover nothing, and are findings', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const { conclusion, violations: found } = validated({ waivers: [{ ...waiver, expires: 'some day' }] });
    expect(found.map(({ ruleName }) => ruleName).sort()).toEqual(['engine/waiver-malformed', 'sqs/queues-are-fifo']);
    expect(conclusion).toBe('failure');
  });
});

describe('a baseline', () => {
  test('lets pass what it lists, and nothing else', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const [finding] = JSON.parse(reports({}, 'all.json')['all.json']).findings;
    const { rule, constructPath, fingerprint } = finding;
    const baselineFile = file('baseline.json', JSON.stringify({ version: 1, findings: [{ rule, constructPath, fingerprint }] }));
    expect(validated({ baselineFile })).toBeUndefined();
    const { conclusion, violations: [{ violatingConstructs }] } = validated({ baselineFile }, stack => ['Queue', 'New'].forEach(id => new sqs.Queue(stack, id)));
    expect(violatingConstructs.map(each => each.constructPath)).toEqual(['Orders/New/Resource']);
    expect(conclusion).toBe('failure');
  });

  test('that is malformed is an error at once, with its place', () => {
    const baselineFile = file('baseline.json', '{ "version": 1, "findings": [{ "rule": 7 }] }');
    expect(() => new ServerlessValidator({ baselineFile })).toThrow(/`baselineFile` can not be read: .*baseline\.json:1:/);
  });
});

describe('reports', () => {
  test('are written into the assembly, by the format that their extension says', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const written = reports({}, 'serverless.sarif', 'pages/serverless.html');
    expect(JSON.parse(written['serverless.sarif']).runs[0].results[0].ruleId).toBe('sqs/queues-are-fifo');
    expect(written['pages/serverless.html']).toMatch(/^<!doctype html>[^]*Orders\/Queue\/Resource/i);
  });

  test('mark what is acknowledged, and do not leave it out', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const { 'all.json': text } = reports({}, 'all.json');
    expect(text).toContain('"open"');
    const accepted = reports({ accept: true }, 'all.json')['all.json'];
    expect(accepted).toContain('"acknowledged"');
    expect(accepted).toContain('order is kept elsewhere');
  });

  test('may be there from an earlier synth: the CDK lets no plugin change what it found', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const outdir = temporary();
    const ends: (() => void)[] = [];
    jest.spyOn(process, 'once').mockImplementation((event, listener) => {
      if (event as string === 'exit') ends.push(listener as () => void);
      return process;
    });
    reports({ outdir }, 'all.json');
    const second = reports({ outdir, accept: true }, 'all.json');
    expect(second['all.json']).toContain('"open"');
    ends.forEach(end => end());
    expect(fs.readFileSync(path.join(outdir, 'all.json'), 'utf8')).toContain('"acknowledged"');
  });
});

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'validator-'));

function file(name: string, text: string): string {
  const written = path.join(temporary(), name);
  fs.writeFileSync(written, text);
  return written;
}

/** The texts of reports on a queue, which may be accepted as it is. */
function reports({ outdir, accept }: { outdir?: string; accept?: boolean }, ...names: string[]): Record<string, string> {
  const app = new App({ ...REPORTED, outdir });
  const queue = new sqs.Queue(new Stack(app, 'Orders'), 'Queue');
  if (accept) Validations.of(queue).acknowledge({ id: 'cdk-secure-serverless::sqs/queues-are-fifo', reason: 'order is kept elsewhere' });
  Validations.of(app).addPlugins(new ServerlessValidator({ reports: names }));
  const { directory } = app.synth();
  return Object.fromEntries(names.map(name => [name, fs.readFileSync(path.join(directory, name), 'utf8')]));
}

describe('bad input', () => {
  test('is one error that says all of it', () => {
    useRules(queuesAreFifo(Severity.HIGH, { options: { factor: { type: 'number', description: 'How many times', default: 6, min: 1, max: 12 } } }));
    expect(() => new ServerlessValidator({
      profile: 'lenient' as Profile,
      rules: {
        'sqs/queue-are-fifo': {},
        'sqs/queues-are-fifo': { severity: 'bad' as Severity, options: { factor: 99, fctor: 1 } },
      },
      only: ['lambda/*'],
      skip: ['sqs/queues-are-fifos'],
      reports: ['report.docx'],
      waiverFile: 'nowhere.yaml',
      today: '2030-02-40',
    })).toThrow([
      'ServerlessValidator has 10 faults:',
      '  - `profile` is `lenient`, expected one of `recommended`, `strict`, `advice`',
      '  - `only` has `lambda/*`, which is no rule, expected `sqs/queues-are-fifo`?',
      '  - `skip` has `sqs/queues-are-fifos`, which is no rule, expected `sqs/queues-are-fifo`?',
      '  - `rules` has `sqs/queue-are-fifo`, which is no rule, expected `sqs/queues-are-fifo`?',
      '  - `rules` has `sqs/queues-are-fifo`: `severity` is `bad`, expected one of `critical`, `high`, `medium`, `low`, `informational`',
      '  - `rules` has `sqs/queues-are-fifo`: there is no option `fctor`; there is `factor`',
      '  - `rules` has `sqs/queues-are-fifo`: option `factor` is `99`, expected a number from 1 to 12',
      '  - `waiverFile` is `nowhere.yaml`, where there is no file',
      '  - `today` is `2030-02-40`, expected a day such as `2030-12-31`',
      '  - `reports` has `report.docx`, expected an extension of `.txt`, `.json`, `.sarif`, ',
    ].join('\n'));
  });

  test('names the rule that was meant', () => {
    expect(() => new ServerlessValidator({ skip: ['sqs/visibility-cover-timeout'] })).toThrow('expected `sqs/visibility-covers-timeout`?');
  });
});

describe('settings of rules', () => {
  test('reach the rule', () => {
    const withFactor = (factor: number) => validated({ ...ONLY_VISIBILITY, rules: { 'sqs/visibility-covers-timeout': { options: { factor } } } }, queueReader);
    expect(withFactor(2).violations).toHaveLength(1);
    expect(withFactor(1)).toBeUndefined();
  });

  test.each<[string, ServerlessValidatorProps, string[]]>([
    ['off', { rules: { 'sqs/one': { off: true } } }, ['lambda/three', 'sqs/two']],
    ['only', { only: ['sqs/*'] }, ['sqs/one', 'sqs/two']],
    ['skip', { skip: ['*/t*'] }, ['sqs/one']],
    ['skip before only', { only: ['sqs/*'], skip: ['sqs/one'] }, ['sqs/two']],
  ])('choose which rules run: %s', (_, props, expected) => {
    useRules(...['lambda/three', 'sqs/one', 'sqs/two'].map(id => queuesAreFifo(Severity.HIGH, { id })));
    expect(validated(props).violations.map(({ ruleName }) => ruleName)).toEqual(expected);
  });
});

test('an app that registers the validator loads neither rules nor model before it synthesizes', () => {
  const script = `
    const { ServerlessValidator } = require(${JSON.stringify(path.join(__dirname, '../../src/synth/serverless-validator.ts'))});
    new ServerlessValidator();
    console.log(Object.keys(require.cache).filter(file => /src.(rules.(index|sqs|lambda)|model.(app-model|scope))/.test(file)).length);
    new ServerlessValidator({ only: ['sqs/*'] });
    console.log(Object.keys(require.cache).filter(file => /src.rules.index/.test(file)).length);
  `;
  const out = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: path.join(__dirname, '../..'), encoding: 'utf8' });
  expect(out.trim().split('\n')).toEqual(['0', '1']);
});
