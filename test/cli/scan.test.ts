import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';
import { FORMATS } from '../../src/report/formats';
import { CODE } from '../function/fixtures';

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scan-')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);

function file(name: string, content: string): string {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), content);
  return at(name);
}

/** A template with an open function URL, and nothing else that the one rule of these tests looks at. */
const OPEN_URL = `Resources:
  Handler:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, Code: { ZipFile: x }, Role: "arn:aws:iam::111111111111:role/handler" }
  Url:
    Type: AWS::Lambda::Url
    Properties: { AuthType: NONE, TargetFunctionArn: !GetAtt Handler.Arn }
`;
const CLOSED_URL = OPEN_URL.replace('NONE', 'AWS_IAM');
const ONLY = ['--only', 'lambda/url-authenticated'];

describe('scan', () => {
  test('ends with 1 on a finding that fails, and says where', () => {
    const { code, out } = commandLine('scan', file('template.yaml', OPEN_URL), ...ONLY);
    expect(code).toBe(ExitCode.FINDINGS);
    expect(out).toContain('CRITICAL lambda/url-authenticated');
    expect(out).toContain('template.yaml/Url AuthType');
  });

  test('ends with 0 where nothing fails', () => {
    expect(commandLine('scan', file('template.yaml', CLOSED_URL), ...ONLY)).toMatchObject({ code: ExitCode.CLEAN, err: '' });
    expect(commandLine('scan', file('template.yaml', OPEN_URL), ...ONLY, '--fail-on', 'never').code).toBe(ExitCode.CLEAN);
    expect(commandLine('scan', file('template.yaml', OPEN_URL), ...ONLY, '--profile', 'advice').code).toBe(ExitCode.CLEAN);
  });

  test('reads an assembly as the CDK wrote it, by construct paths', () => {
    const app = new App({ outdir: at('cdk.out') });
    new lambda.Function(new Stack(app, 'Orders'), 'Handler', CODE).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    app.synth();
    const { code, out } = commandLine('scan', at('cdk.out'), ...ONLY, '--format', 'json');
    expect(code).toBe(ExitCode.FINDINGS);
    expect(JSON.parse(out).findings.map((finding: any) => finding.constructPath)).toContain('Orders/Handler/FunctionUrl/Resource');
  });

  test('reads all templates of a folder; what it can not read is said with its place, hides nothing, and ends with 2', () => {
    file('one/template.yaml', OPEN_URL);
    file('two/template.json', '{ "Resources": { "Url": { "Type": "AWS::Lambda::Url", } } }');
    const { code, out, err } = commandLine('scan', folder, ...ONLY);
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toMatch(/^two\/template\.json:1:\d+: \S/);
    expect(out).toContain('one/template.yaml/Url');
  });

  test.each([
    ['YAML', 'template.yaml', OPEN_URL, 7, 19],
    ['JSON', 'template.json', JSON.stringify({
      Resources: {
        Handler: { Type: 'AWS::Lambda::Function' },
        Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['Handler', 'Arn'] } } },
      },
    }, undefined, 2), 9, 9],
  ])('says where in a template in %s the property stands', (_, name, content, line, column) => {
    const template = file(name, content);
    expect(commandLine('scan', template, ...ONLY).out).toContain(`${name}/Url AuthType ${template}:${line}:${column}\n`);
    const { runs: [{ results: [{ locations: [{ physicalLocation }] }] }] } = JSON.parse(commandLine('scan', template, ...ONLY, '--format', 'sarif').out);
    expect(physicalLocation).toEqual({ artifactLocation: { uri: `file://${template}` }, region: { startLine: line, startColumn: column } });
  });

  test('loads the parser of YAML for those who have YAML alone', () => {
    const loaded = jest.fn(() => jest.requireActual('yaml'));
    jest.isolateModules(() => {
      jest.doMock('yaml', loaded);
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const isolated = require('./command-line') as typeof import('./command-line');
      const json = file('template.json', JSON.stringify({ Resources: { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } } } }));
      expect(isolated.commandLine('scan', json, ...ONLY, '--format', 'sarif').out).toContain('startColumn');
      expect(loaded).not.toHaveBeenCalled();
      isolated.commandLine('scan', file('template.yaml', OPEN_URL), ...ONLY);
      expect(loaded).toHaveBeenCalled();
    });
    jest.dontMock('yaml');
  });

  test('works on a folder of a thousand templates', () => {
    for (let n = 0; n < 1000; n++) file(`${n % 10}/${n}.yaml`, n === 500 ? OPEN_URL : CLOSED_URL);
    const { code, out } = commandLine('scan', folder, ...ONLY, '--format', 'json');
    const { findings, coverage } = JSON.parse(out);
    expect(code).toBe(ExitCode.FINDINGS);
    expect(findings.map((finding: any) => finding.constructPath)).toEqual(['0/500.yaml/Url']);
    expect(coverage).toMatchObject({ stacks: 1000, resources: 2000 });
  });

  test.each([
    ['a path that is not there', ['/nowhere/at/all'], 'there is no such file or folder'],
    ['a file that is no template', [path.join(__dirname, '../../cdk.json')], 'expected a map with `Resources`'],
    ['an unknown rule', [__dirname, '--only', 'lambda/url-authenticatd'], 'lambda/url-authenticated'],
    ['an unknown option of a rule', [__dirname, '--set', 'sqs/visibility-covers-timeout:factr=2'], '`factor`'],
    ['a value of the wrong type', [__dirname, '--set', 'sqs/visibility-covers-timeout:factor=many'], 'from 1 to 12'],
    ['a setting without a rule', [__dirname, '--set', 'factor'], 'service/rule:option=value'],
    ['an unknown format', [__dirname, '--format', 'pdf'], 'text'],
    ['a report of an unknown format', [__dirname, '--output', 'report.pdf'], '.sarif'],
    ['a day that is none', [__dirname, '--today', 'tomorrow'], '2030-12-31'],
    ['a baseline to write, and no name for it', [__dirname, '--update-baseline'], '--baseline'],
    ['waivers that are not there', [__dirname, '--waivers', '/nowhere'], '/nowhere'],
  ])('ends with 2 on %s, and says what is expected', (_, args, message) => {
    file('template.yaml', CLOSED_URL);
    const given = args.map(arg => arg === __dirname ? folder : arg);
    const { code, err } = commandLine('scan', ...given);
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test.each(Object.entries(FORMATS))('writes %s to a file by its extension, and folders on the way', (_, { extension }) => {
    commandLine('scan', file('template.yaml', OPEN_URL), ...ONLY, '--output', at(`reports/deep/findings${extension}`));
    expect(fs.readFileSync(at(`reports/deep/findings${extension}`), 'utf8')).toContain('lambda/url-authenticated');
  });

  test('takes a baseline: first all is written, then only what is new fails, then what was resolved is said', () => {
    const template = file('template.yaml', OPEN_URL);
    const withBaseline = [...ONLY, '--baseline', at('baseline.json')];
    expect(commandLine('scan', template, ...withBaseline).code).toBe(ExitCode.COULD_NOT_RUN);
    expect(commandLine('scan', template, ...withBaseline, '--update-baseline').code).toBe(ExitCode.CLEAN);
    expect(commandLine('scan', template, ...withBaseline).code).toBe(ExitCode.CLEAN);

    file('template.yaml', `${OPEN_URL}${OPEN_URL.slice(OPEN_URL.indexOf('  Url:')).replace('Url:', 'Second:')}`);
    const { code, out } = commandLine('scan', template, ...withBaseline);
    expect(code).toBe(ExitCode.FINDINGS);
    expect(out).toContain('template.yaml/Second');

    file('template.yaml', CLOSED_URL);
    expect(commandLine('scan', template, ...withBaseline).out).toMatch(/resolved|no longer/);
  });

  test('leaves a malformed baseline as it is, also where it should write it', () => {
    file('baseline.json', '{ "version": 1, "findings": [ }');
    const { code, err } = commandLine('scan', file('template.yaml', OPEN_URL), '--baseline', at('baseline.json'), '--update-baseline');
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toMatch(/baseline\.json:1:\d+: /);
    expect(fs.readFileSync(at('baseline.json'), 'utf8')).toBe('{ "version": 1, "findings": [ }');
  });

  test('writes no baseline where another option is wrong', () => {
    const args = ['--baseline', at('baseline.json'), '--update-baseline', '--output', at('report.pdf')];
    expect(commandLine('scan', file('template.yaml', OPEN_URL), ...args).code).toBe(ExitCode.COULD_NOT_RUN);
    expect(fs.existsSync(at('baseline.json'))).toBe(false);
  });

  test('takes waivers until their day', () => {
    const waivers = file('waivers.yaml', `version: 1
waivers:
  - rule: lambda/url-authenticated
    scope: template.yaml/Url
    reason: the code checks the signature of the webhook
    owner: team-orders
    expires: 2030-07-01
`);
    const args = ['scan', file('template.yaml', OPEN_URL), ...ONLY, '--waivers', waivers];
    expect(commandLine(...args).code).toBe(ExitCode.CLEAN);
    expect(commandLine(...args, '--today', '2030-07-02').code).toBe(ExitCode.FINDINGS);
  });

  test('reports what the CDK and cdk-nag found beside its own', () => {
    const app = new App({ outdir: at('cdk.out'), context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks());
    new lambda.Function(new Stack(app, 'Orders'), 'Handler', CODE);
    jest.spyOn(console, 'error').mockImplementation(() => {});
    app.synth();
    process.exitCode = 0;
    const { out } = commandLine('scan', at('cdk.out'), '--cdk-report', at('cdk.out/validation-report.json'), '--format', 'sarif');
    const rules = JSON.parse(out).runs.flatMap((run: any) => run.results).map((result: any) => result.ruleId);
    expect(rules.filter((id: string) => id.includes('AwsSolutions-'))).not.toEqual([]);
  });
});
