import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { commandLine } from './command-line';
import { ServerlessValidator, Severity } from '../../src';
import { ExitCode } from '../../src/cli/exit-code';
import { Rule } from '../../src/rules/define-rule';
import { queuesAreFifo, REPORTED, useRules } from '../synth/fixtures';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'acknowledgements-'));
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
  process.exitCode = 0;
});

const FIFO = 'cdk-secure-serverless::sqs/queues-are-fifo';
const REASON = 'order is kept elsewhere';
const at = (name: string) => path.join(folder, name);
const queue = (scope: Construct, id = 'Queue') => new sqs.Queue(scope, id);
const accept = (construct: IConstruct, id = FIFO, reason = REASON) => Validations.of(construct).acknowledge({ id, reason });

interface Outcome {
  readonly fails: boolean;
  /** Each finding as `status rule at construct: reason`. */
  readonly findings: readonly string[];
}

function outcome(fails: boolean, report: string): Outcome {
  return {
    fails,
    findings: JSON.parse(report).findings.map(({ status, rule, constructPath, reason }: any) =>
      `${status} ${rule} at ${constructPath}${reason === undefined ? '' : `: ${reason}`}`),
  };
}

function scanned(given = at('cdk.out'), ...args: string[]): Outcome {
  const { code, out, err } = commandLine('scan', given, '--format', 'json', ...args);
  expect([err, code]).toEqual(['', code === ExitCode.FINDINGS ? code : ExitCode.CLEAN]);
  return outcome(code === ExitCode.FINDINGS, out);
}

/** What the validator says of an app as it is synthesized, and what the command line says of what was written. */
function bothWays(build: (app: App) => void, rules: readonly Rule[] = [queuesAreFifo(Severity.HIGH)]): { synth: Outcome; scan: Outcome } {
  useRules(...rules);
  const app = new App({ ...REPORTED, outdir: at('cdk.out') });
  Validations.of(app).addPlugins(new ServerlessValidator({ reports: ['serverless.json'] }));
  build(app);
  app.synth();
  const { pluginReports } = JSON.parse(fs.readFileSync(at('cdk.out/validation-report.json'), 'utf8'));
  const fails = pluginReports.some(({ conclusion }: any) => conclusion === 'failure');
  return { synth: outcome(fails, fs.readFileSync(at('cdk.out/serverless.json'), 'utf8')), scan: scanned() };
}

const open = (...paths: string[]) => paths.map(each => `open sqs/queues-are-fifo at ${each}`);
const accepted = (...paths: string[]) => paths.map(each => `acknowledged sqs/queues-are-fifo at ${each}: ${REASON}`);

describe('the scan of an assembly finds what the synth finds', () => {
  test.each<[string, (app: App) => void, string[]]>([
    ['on a resource', app => {
      const stack = new Stack(app, 'S');
      accept(queue(stack, 'First').node.defaultChild!);
      queue(stack, 'Second');
    }, [...accepted('S/First/Resource'), ...open('S/Second/Resource')]],
    ['on the construct that makes it', app => {
      const stack = new Stack(app, 'S');
      accept(queue(stack, 'First'));
      queue(stack, 'FirstOfAll');
    }, [...accepted('S/First/Resource'), ...open('S/FirstOfAll/Resource')]],
    ['on a construct without a resource of its own', app => {
      const construct = new Construct(new Stack(app, 'S'), 'Orders');
      accept(construct);
      queue(new Construct(construct, 'Inner'));
    }, accepted('S/Orders/Inner/Queue/Resource')],
    ['on a stack, with those nested in it', app => {
      const stack = new Stack(app, 'S');
      accept(stack);
      queue(stack);
      queue(new NestedStack(new NestedStack(stack, 'Nested'), 'Deeper'));
      queue(new Stack(app, 'T'));
    }, [...accepted('S/Queue/Resource', 'S/Nested/Deeper/Queue/Resource'), ...open('T/Queue/Resource')]],
    ['on a nested stack', app => {
      const stack = new Stack(app, 'S');
      const nested = new NestedStack(stack, 'Nested');
      accept(nested);
      [stack, nested].forEach(each => queue(each));
    }, [...open('S/Queue/Resource'), ...accepted('S/Nested/Queue/Resource')]],
    ['within a nested stack', app => {
      const nested = new NestedStack(new Stack(app, 'S'), 'Nested');
      accept(queue(nested, 'First'));
      queue(nested, 'Second');
    }, [...accepted('S/Nested/First/Resource'), ...open('S/Nested/Second/Resource')]],
    ['on a stack below which there is another', app => {
      const stack = new Stack(app, 'S');
      accept(stack);
      queue(new Stack(new Construct(stack, 'Parts'), 'T'));
    }, accepted('S/Parts/T/Queue/Resource')],
    ['in one of two stages', app => {
      const [test, prod] = ['Test', 'Prod'].map(id => new Stack(new Stage(app, id), 'S'));
      [test, prod].forEach(each => queue(each));
      accept(test);
    }, [...open('Prod/S/Queue/Resource'), ...accepted('Test/S/Queue/Resource')]],
    ['in a stage within a stage', app => {
      accept(queue(new Stack(new Stage(new Stage(app, 'Prod'), 'Orders'), 'S')));
    }, accepted('Prod/Orders/S/Queue/Resource')],
    ['with other reasons further in', app => {
      const stack = new Stack(app, 'S');
      const inner = queue(stack);
      accept(stack, FIFO, 'it is known');
      accept(inner, FIFO, 'nobody waits');
      accept(inner);
    }, accepted('S/Queue/Resource')],
    ['by other ids: those of a rule like it, of other plugins and of the pack', app => {
      const first = queue(new Stack(app, 'S'));
      ['cdk-secure-serverless::sqs/queues-are', 'cdk-secure-serverless::sqs/*', 'AwsSolutions::AwsSolutions-SQS3', 'Other::sqs/queues-are-fifo',
        'SecureServerless::sqs/queues-are-fifo', 'SecureServerless::SecureServerless-sqs/queues-are-fifo', '@aws-cdk/aws-sqs:something'].forEach(id => accept(first, id));
    }, open('S/Queue/Resource')],
    ['without the name of the plugin, which is said', app => {
      const nested = new NestedStack(new Stack(app, 'S'), 'Nested');
      accept(queue(nested), 'sqs/queues-are-fifo');
    }, ['open engine/acknowledgement-without-plugin at S/Nested/Queue', ...open('S/Nested/Queue/Resource')]],
    ['without the name of the plugin, which is accepted', app => {
      const first = queue(new Stack(app, 'S'));
      accept(first, 'sqs/queues-are-fifo');
      accept(first, 'cdk-secure-serverless::engine/acknowledgement-without-plugin');
    }, [`acknowledged engine/acknowledgement-without-plugin at S/Queue: ${REASON}`, ...open('S/Queue/Resource')]],
  ])('accepted %s', (_, build, expected) => {
    const { synth, scan } = bothWays(build);
    expect([...scan.findings].sort()).toEqual([...expected].sort());
    expect(scan.fails).toBe(expected.some(each => each.startsWith('open sqs/')));
    expect(scan).toEqual(synth);
  });

  test('accepted on a rule that throws, which is never accepted', () => {
    const throwing = queuesAreFifo(Severity.LOW, { id: 'sqs/throws', check: () => { throw new Error('no such thing'); } });
    const { synth, scan } = bothWays(app => {
      const stack = new Stack(app, 'S');
      ['engine/rule-failed', 'sqs/throws', 'sqs/queues-are-fifo'].forEach(id => accept(stack, `cdk-secure-serverless::${id}`));
      queue(stack);
    }, [throwing, queuesAreFifo(Severity.HIGH)]);
    expect(scan).toEqual({ fails: true, findings: ['open engine/rule-failed at S', ...accepted('S/Queue/Resource')] });
    expect(scan).toEqual(synth);
  });

  test('whether the templates name the paths of constructs, as those that `cdk` writes, or not', () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const outcomes = [true, false].map(paths => {
      const app = new App({ outdir: at(String(paths)), context: { 'aws:cdk:enable-path-metadata': paths } });
      const nested = new NestedStack(new Stack(app, 'S'), 'Nested');
      accept(queue(nested));
      const { directory } = app.synth();
      const template = fs.readFileSync(path.join(directory, nested.templateFile), 'utf8');
      expect(template.includes('aws:cdk:path')).toBe(paths);
      return scanned(directory);
    });
    expect(outcomes).toEqual(Array(2).fill({ fails: false, findings: accepted('S/Nested/Queue/Resource') }));
  });

  test('but for what is accepted above all stacks, which the CDK writes nowhere', () => {
    const above: ((app: App) => Construct)[] = [app => app, app => new Stage(app, 'Above'), app => new Construct(app, 'Above')];
    const outcomes = above.map((scopeIn, index) => {
      fs.rmSync(at('cdk.out'), { recursive: true, force: true });
      const { synth, scan } = bothWays(app => {
        const scope = scopeIn(app);
        accept(scope);
        queue(new Stack(scope, 'S'));
      });
      return { index, synth: synth.fails, scan: scan.fails };
    });
    expect(outcomes).toEqual([0, 1, 2].map(index => ({ index, synth: false, scan: true })));
  });
});

describe('an assembly', () => {
  /** An assembly of one queue that is accepted, or not. */
  function assembly(name: string, isAccepted = true, scopeIn: (stack: Stack) => Construct = stack => stack): string {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App({ outdir: at(name) });
    const first = queue(scopeIn(new Stack(app, 'S')));
    if (isAccepted) accept(first);
    return app.synth().directory;
  }

  function edit(file: string, change: (content: any) => void): void {
    const content = JSON.parse(fs.readFileSync(file, 'utf8'));
    change(content);
    fs.writeFileSync(file, JSON.stringify(content));
  }

  test.each<[string, string, (stack: Stack) => Construct]>([
    ['read before it', 'S', stack => stack],
    ['read after it', 'S', stack => stack],
    ['read after it, in nested stacks', 'S/Nested', stack => new NestedStack(stack, 'Nested')],
  ])('accepts nothing for another app whose constructs have the same paths, %s', (order, stack, scopeIn) => {
    const names = order === 'read before it' ? ['b', 'a'] : ['a', 'b'];
    assembly(names[0], true, scopeIn);
    assembly(names[1], false, scopeIn);
    expect([...scanned(folder).findings].sort()).toEqual([...accepted(`${stack}/Queue/Resource`), ...open(`${stack}/Queue/Resource`)]);
  });

  test('accepts nothing for a template that lies beside it', () => {
    assembly('accepts');
    fs.writeFileSync(at('S'), JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }));
    fs.renameSync(at('S'), at('S.json'));
    expect(scanned(folder).findings).toEqual([...accepted('S/Queue/Resource'), ...open('S.json/Queue')]);
  });

  test('may have metadata in its manifest, as older ones do', () => {
    const directory = assembly('cdk.out');
    const metadata = JSON.parse(fs.readFileSync(path.join(directory, 'S.metadata.json'), 'utf8'));
    fs.rmSync(path.join(directory, 'S.metadata.json'));
    edit(path.join(directory, 'manifest.json'), ({ artifacts: { S: artifact } }) => {
      delete artifact.additionalMetadataFile;
      artifact.metadata = metadata;
    });
    expect(scanned(directory)).toEqual({ fails: false, findings: accepted('S/Queue/Resource') });
  });

  test.each<[string, unknown]>([
    ['nothing', null], ['a text', FIFO], ['a list', [FIFO]], ['a number', 7], ['no ids', {}], ['an id of nothing', { '': REASON }], ['a map of maps', { a: { toString: 1 } }],
  ])('accepts nothing by an acknowledgement that is %s', (_, data) => {
    const directory = assembly('cdk.out');
    edit(path.join(directory, 'S.metadata.json'), metadata => { metadata['/S/Queue'] = [null, { type: 7 }, { type: Validations.ACKNOWLEDGED_RULES_METADATA_KEY, data }]; });
    expect(scanned(directory)).toEqual({ fails: true, findings: open('S/Queue/Resource') });
  });
});

describe('beside an acknowledgement', () => {
  /** An assembly of two queues, of which the first is accepted. */
  const twoQueues = () => {
    useRules(queuesAreFifo(Severity.HIGH));
    const app = new App({ outdir: at('cdk.out') });
    const stack = new Stack(app, 'S');
    accept(queue(stack, 'First'));
    queue(stack, 'Second');
    app.synth();
  };

  test('a baseline has what nobody accepted', () => {
    twoQueues();
    const baseline = at('baseline.json');
    const { fails, findings } = scanned(at('cdk.out'), '--baseline', baseline, '--update-baseline');
    expect(fails).toBe(false);
    expect(findings.map(each => each.split(' ')[0])).toEqual(['acknowledged', 'baseline']);
    expect(JSON.parse(fs.readFileSync(baseline, 'utf8')).findings.map((each: any) => each.constructPath)).toEqual(['S/Second/Resource']);
  });

  test('a waiver of the same is neither unused nor in its way', () => {
    twoQueues();
    fs.writeFileSync(at('waivers.json'), JSON.stringify({
      version: 1, waivers: [{ rule: 'sqs/*', scope: 'S/First', reason: 'also this', owner: 'team-orders', expires: 'never' }],
    }));
    expect(scanned(at('cdk.out'), '--waivers', at('waivers.json')).findings).toEqual([...accepted('S/First/Resource'), ...open('S/Second/Resource')]);
  });
});
