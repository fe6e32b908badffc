import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AppModel } from '../../../src/model/app-model';
import { readPath } from '../../../src/model/read/read-path';
import { sourcePlace } from '../../../src/model/read/source-place';
import { readTree, stacksBelow } from '../../../src/model/read-tree';

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-path-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): string {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const QUEUE = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
const names = (given: string) => readPath(given).sources.map(({ name }) => name);
const at = (name: string) => path.join(folder, name);

describe('a file', () => {
  test('is a template in JSON or YAML, whatever its name', () => {
    write({
      'a.json': QUEUE,
      'b.yml': 'Resources:\n  Queue: {Type: AWS::SQS::Queue}',
      'c.template': QUEUE,
      'd.template': 'Resources: {Q: {Type: "A::B::C"}}',
      'e': QUEUE,
    });
    for (const name of ['a.json', 'b.yml', 'c.template', 'd.template', 'e']) {
      expect(readPath(at(name))).toEqual({
        sources: [{ name, file: name, template: expect.objectContaining({ Resources: expect.anything() }), sourceOf: expect.any(Function) }],
        faults: [],
      });
    }
  });

  test.each<[string, unknown, object]>([
    ['malformed JSON', '{"Resources": {\n]}', { file: 'a.json', line: 2, column: 1, message: '`]` is unexpected, expected a key in quotes or `}`' }],
    ['no template', { name: 'package' }, { file: expect.stringMatching(/a\.json$/), message: 'not a template, expected a map with `Resources`' }],
    ['a list', [], { file: 'a.json', message: 'not a template, expected a map with `Resources`' }],
    ['empty', '', { file: 'a.json', line: 1, column: 1, message: 'the text ends, expected a value' }],
  ])('is a fault if it is %s', (_, content, fault) => {
    write({ 'a.json': content });
    expect(readPath(at('a.json'))).toEqual({ sources: [], faults: [fault] });
  });

  test('is a fault if it is missing', () => {
    expect(readPath(at('missing.json'))).toEqual({ sources: [], faults: [{ file: at('missing.json'), message: 'there is no such file or folder' }] });
  });
});

describe('a folder', () => {
  test('gives each template below it, in the order of names, and skips what is none', () => {
    write({
      'z.json': QUEUE,
      'b/a.yaml': 'Resources: {Queue: {Type: AWS::SQS::Queue}}',
      'b/c.template': QUEUE,
      'package.json': { name: 'x', Resources: 'none' },
      'values.yaml': 'Resources: {limits: {cpu: 1}}',
      'chart.yaml': '{{ if .Values.x }}\nResources: a',
      'node_modules/x/t.json': QUEUE,
      '.hidden/t.json': QUEUE,
      'asset.abc/t.json': QUEUE,
      'readme.md': 'Resources: {}',
    });
    fs.symlinkSync(folder, at('b/loop'));
    expect(names(folder)).toEqual(['b/a.yaml', 'b/c.template', 'z.json']);
  });

  test('collects all faults and hides nothing', () => {
    write({ 'a.yaml': 'Resources:\n  A: {\n', 'b.json': QUEUE, 'c.json': '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": }', 'd.json': '{// no template' });
    const { sources, faults } = readPath(folder);
    expect(sources.map(({ name }) => name)).toEqual(['b.json']);
    expect(faults).toEqual([
      expect.objectContaining({ file: 'a.yaml', line: 3, column: 1 }),
      { file: 'c.json', line: 1, column: 57, message: '`}` is unexpected, expected a value' },
    ]);
  });

  test('says that it found nothing', () => {
    expect(readPath(folder).faults).toEqual([{ file: folder, message: 'no template and no cloud assembly in this folder' }]);
  });

  test('reads a nested template through its parent, once for each', () => {
    write({
      'main.yaml': 'Resources:\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./parts/part.json, Parameters: {P: 1}}}\n'
        + '  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/part.json, Parameters: {P: 2}}}\n'
        + '  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://x/part.json}}',
      'parts/part.json': { Parameters: { P: {} }, Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { Ref: 'P' } } } } },
      'circle.json': { Resources: { Self: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'circle.json' } }, ...QUEUE.Resources } },
    });
    const { sources, faults } = readPath(at('main.yaml'));
    expect(faults).toEqual([]);
    expect(AppModel.of(sources).ofType('AWS::SQS::Queue').map(queue => [String(queue), queue.get('DelaySeconds').number]))
      .toEqual([['main.yaml/A/Queue', 1], ['main.yaml/B/Queue', 2]]);
    expect(names(folder)).toEqual(['circle.json', 'main.yaml', 'main.yaml/A', 'main.yaml/B']);
    expect(names(at('circle.json'))).toEqual(['circle.json']);
  });

  test('tells how far it has come', () => {
    write({ 'a.json': QUEUE, 'b/b.json': QUEUE, 'c.json': {} });
    const seen: unknown[] = [];
    readPath(folder, (read, found, file) => seen.push([read, found, file]));
    expect(seen).toEqual([[1, 3, 'a.json'], [2, 3, 'b/b.json'], [3, 3, 'c.json']]);
  });

  test('takes a thousand templates', () => {
    for (let index = 0; index < 1000; index++) write({ [`t${index % 10}/${index}.json`]: QUEUE });
    expect(readPath(folder).sources).toHaveLength(1000);
  });
});

class Inner extends NestedStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Queue(this, 'Queue', { visibilityTimeout: Duration.seconds(7) });
    if (id === 'Inner') new Inner(this, 'Innermost');
  }
}

/** An app with a stack, a stage and nested stacks in both, whose queues have the same logical ids. */
function synthesize(context: Record<string, unknown> = {}, outdir = folder): App {
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true, ...context } });
  for (const scope of [app, new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } })]) {
    const stack = new Stack(scope, 'Main');
    const queue = new Queue(stack, 'Queue');
    (queue.node.defaultChild as CfnQueue).delaySeconds = 3;
    new Inner(stack, 'Inner');
  }
  app.synth();
  return app;
}

/** Rewrites a JSON file below the folder. */
function edit(name: string, change: (content: any) => void): void {
  const content = JSON.parse(fs.readFileSync(at(name), 'utf8'));
  change(content);
  fs.writeFileSync(at(name), JSON.stringify(content));
}

const QUEUES = [
  'Main/Inner/Innermost/Queue/Resource', 'Main/Inner/Queue/Resource', 'Main/Queue/Resource',
  'Prod/Main/Inner/Innermost/Queue/Resource', 'Prod/Main/Inner/Queue/Resource', 'Prod/Main/Queue/Resource',
];

function queues(given = folder): string[] {
  const { sources, faults } = readPath(given);
  expect(faults).toEqual([]);
  return AppModel.of(sources).ofType('AWS::SQS::Queue').map(String).sort();
}

describe('a cloud assembly', () => {
  test('gives its stacks, those of its stages and those nested in them, with what is known of their environments', () => {
    synthesize();
    const { sources, faults } = readPath(folder);
    expect(faults).toEqual([]);
    expect(sources.map(({ name, stackName, assembly, account, region, nestedIn }) =>
      [name, stackName, assembly, account, region, nestedIn?.source.name])).toEqual([
      ['Main', 'Main', '', undefined, undefined, undefined],
      ['Main/Inner', undefined, '', undefined, undefined, 'Main'],
      ['Main/Inner/Innermost', undefined, '', undefined, undefined, 'Main/Inner'],
      ['Prod/Main', 'Prod-Main', 'Prod', '111122223333', 'eu-west-1', undefined],
      ['Prod/Main/Inner', undefined, 'Prod', '111122223333', 'eu-west-1', 'Prod/Main'],
      ['Prod/Main/Inner/Innermost', undefined, 'Prod', '111122223333', 'eu-west-1', 'Prod/Main/Inner'],
    ]);
    expect(sources[4].file).toMatch(/^assembly-Prod\/ProdMainInner.*\.nested\.template\.json$/);
    expect(queues()).toEqual(QUEUES);
  });

  test('may be named by its manifest, or lie in a folder', () => {
    synthesize({}, at('app/cdk.out'));
    expect(queues(at('app/cdk.out/manifest.json'))).toEqual(QUEUES);
    expect(queues()).toEqual(QUEUES);
  });

  test('keeps apps apart that lie in one folder', () => {
    synthesize({}, at('a/cdk.out'));
    synthesize({}, at('b/cdk.out'));
    const { sources } = readPath(folder);
    expect(new Set(sources.map(({ name }) => name)).size).toBe(12);
    expect(new Set(sources.map(({ assembly }) => assembly))).toEqual(new Set(['a/cdk.out', 'a/cdk.out#Prod', 'b/cdk.out', 'b/cdk.out#Prod']));
  });

  test.each<[string, Record<string, unknown>, () => void]>([
    ['paths in the metadata of stacks alone', { 'aws:cdk:enable-path-metadata': false }, () => {}],
    ['paths in the tree alone', { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:disable-logicalId-metadata': true }, () => {}],
    ['metadata within the manifest', { 'aws:cdk:enable-path-metadata': false }, () => {
      for (const below of ['', 'assembly-Prod/']) {
        edit(`${below}manifest.json`, ({ artifacts }) => Object.values<any>(artifacts).forEach(artifact => {
          if (!artifact.additionalMetadataFile) return;
          artifact.metadata = JSON.parse(fs.readFileSync(at(below + artifact.additionalMetadataFile), 'utf8'));
          delete artifact.additionalMetadataFile;
        }));
      }
    }],
    ['asset metadata in templates, and no asset manifests', { 'aws:cdk:enable-asset-metadata': true }, () => {
      for (const below of ['', 'assembly-Prod/']) {
        edit(`${below}manifest.json`, manifest => {
          manifest.version = '1.10.0';
          manifest.artifacts = Object.fromEntries(Object.entries<any>(manifest.artifacts).filter(([, { type }]) => type !== 'cdk:asset-manifest'));
        });
      }
    }],
    ['assets as parameters, which old versions of the CDK wrote', { '@aws-cdk/core:newStyleStackSynthesis': false }, () => {
      expect(fs.readFileSync(at('Main.template.json'), 'utf8')).toMatch(/"Ref": "AssetParameters[0-9a-f]{64}S3Bucket/);
    }],
  ])('can be read with %s', (_, context, change) => {
    synthesize(context);
    change();
    expect(queues()).toEqual(QUEUES);
  });

  test('with a missing or malformed part still gives the others', () => {
    synthesize();
    fs.rmSync(at('Main.template.json'));
    fs.writeFileSync(at('assembly-Prod/manifest.json'), '{');
    const { sources, faults } = readPath(folder);
    expect(sources).toEqual([]);
    expect(faults).toEqual([
      { file: 'Main.template.json', message: 'there is no such file or folder' },
      { file: 'assembly-Prod/manifest.json', line: 1, column: 2, message: 'the text ends, expected a key in quotes or `}`' },
    ]);
  });

  test.each([{ artifacts: { a: null, b: 1, c: { type: 'aws:cloudformation:stack' }, d: { type: 'cdk:cloud-assembly', properties: 3 } } }, { artifacts: [] }, []])(
    'with a manifest of anything is a fault and no crash: %j', manifest => {
      write({ 'manifest.json': manifest });
      expect(readPath(at('manifest.json')).faults).not.toEqual([]);
    });
});

describe('the place in the code', () => {
  const line = (text: string) => fs.readFileSync(__filename, 'utf8').split('\n').findIndex(each => each.includes(text)) + 1;
  afterEach(() => { delete process.env.CDK_DEBUG; });

  /** What is read from the assembly, and what from the constructs. */
  function places(app: App, name: string, property?: string) {
    const stacks = stacksBelow(app).filter(stack => !stack.nestedStackParent);
    return [readPath(folder).sources, readTree(stacks)].map(sources =>
      AppModel.of(sources).resources.find(each => String(each) === name)!.sourcePlace(property)).map(place => [place?.file, place?.line]);
  }

  test('is where the resource was made', () => {
    const app = synthesize();
    expect(places(app, 'Main/Queue/Resource', 'DelaySeconds')).toEqual(Array(2).fill([__filename, line("new Queue(stack, 'Queue')")]));
    expect(places(app, 'Prod/Main/Inner/Queue/Resource')).toEqual(Array(2).fill([__filename, line("new Queue(this, 'Queue', {")]));
  });

  test('is where the property was last set, if the CDK traced it', () => {
    process.env.CDK_DEBUG = 'true';
    const app = synthesize();
    expect(places(app, 'Main/Queue/Resource', 'DelaySeconds')).toEqual(Array(2).fill([__filename, line('delaySeconds = 3')]));
    expect(places(app, 'Main/Queue/Resource', 'KmsMasterKeyId')).toEqual(Array(2).fill([__filename, line("new Queue(stack, 'Queue')")]));
  });

  test('is unknown if traces are off', () => {
    expect(places(synthesize({ 'aws:cdk:disable-creation-stack-traces': true }), 'Main/Queue/Resource')).toEqual(Array(2).fill([undefined, undefined]));
  });

  test.each<[string, unknown]>([
    ['new Orders (/app/lib/orders.ts:12:5)', { file: '/app/lib/orders.ts', line: 12, column: 5 }],
    ['    at /app/bin.ts:3:4', { file: '/app/bin.ts', line: 3, column: 4 }],
    ['at async main (file:///app/bin.mjs:3:4)', { file: '/app/bin.mjs', line: 3, column: 4 }],
    ['<module> (app.py:12)', { file: 'app.py', line: 12 }],
    ['main (C:\\app\\bin.ts:3:4)', { file: 'C:\\app\\bin.ts', line: 3, column: 4 }],
    ['new Function (/app/node_modules/aws-cdk-lib/aws-lambda/lib/function.js:1:9)', undefined],
    ['processTicks (node:internal/process/task_queues:95:5)', undefined],
    ['...new Queue2 in aws-cdk-lib...', undefined],
    ['(no user code in 10 frames, use --stack-trace-limit to capture more)', undefined],
  ])('is read from a frame as %j', (frame, expected) => {
    expect(sourcePlace([{ type: 'aws:cdk:creationStack', data: [frame] }])).toEqual(expected);
    expect(sourcePlace([{ type: 'aws:cdk:logicalId', data: 'Id', trace: ['...', frame] }])).toEqual(expected);
  });
});
