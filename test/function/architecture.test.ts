import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as assets from 'aws-cdk-lib/aws-ecr-assets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { zipOf } from './zip-writer';
import { ArmArchitecture, SecureDockerImageFunction, SecureFunction, SecureFunctionProps, SecureNodejsFunction } from '../../src';
import { Portability, portabilityOf } from '../../src/function/native-code';
import { architectureFor } from '../../src/function/parts/arm-architecture';

const SCRIPT = Buffer.from('exports.handler = async () => {};\n');
const X86_MACHINE = 62;
const ARM_MACHINE = 183;

/** The header of a program for `machine`; what follows it is of no interest to anybody. */
function elf(machine: number): Buffer {
  const program = Buffer.alloc(2_000, 'x');
  program.write('\x7fELF\x02\x01\x01', 'latin1');
  program.writeUInt16LE(machine, 18);
  return program;
}

let made = 0;
const ROOT = fs.mkdtempSync(path.join(os.tmpdir(), 'architecture-'));
afterAll(() => fs.rmSync(ROOT, { recursive: true }));

function directoryOf(files: Record<string, Buffer>): string {
  const directory = path.join(ROOT, `code${made++}`);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.writeFileSync(path.join(directory, name), content);
  }
  return directory;
}

function fileOf(name: string, content: Buffer): string {
  return path.join(directoryOf({ [name]: content }), name);
}

function templateOf(props: Partial<SecureFunctionProps> | ((stack: Stack) => Partial<SecureFunctionProps>), region?: string): Template {
  const stack = stackWith({}, { env: { region } });
  new SecureFunction(stack, 'Handler', { ...CODE, ...typeof props === 'function' ? props(stack) : props });
  return Template.fromStack(stack);
}

const ON_ARM = { Architectures: ['arm64'] };
const LEFT_ALONE = { Architectures: Match.absent() };

describe.each(FLAG_SETTINGS)('inline code, %s', (_flags, appProps) => {
  test('runs on arm64, and the L2 knows', () => {
    const stack = stackWith(appProps);
    const fn = new SecureFunction(stack, 'Handler', CODE);
    expect(fn.architecture).toBe(lambda.Architecture.ARM_64);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', ON_ARM);
  });
});

describe('an architecture of the caller stays', () => {
  test('x86_64', () => templateOf({ architecture: lambda.Architecture.X86_64 }).hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'] }));

  test('x86_64, by the prop that the L2 had before', () => {
    const props = { architectures: [lambda.Architecture.X86_64] } as Partial<SecureFunctionProps>;
    templateOf(props).hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'] });
  });
});

describe('an asset', () => {
  test.each<[string, () => string, object]>([
    ['a directory of scripts', () => directoryOf({ 'index.js': SCRIPT, 'lib/a.js': SCRIPT, 'empty.txt': Buffer.alloc(0) }), ON_ARM],
    ['a program for arm64', () => directoryOf({ 'index.js': SCRIPT, 'bin/tool': elf(ARM_MACHINE) }), ON_ARM],
    ['a program for x86_64', () => directoryOf({ 'index.js': SCRIPT, 'node_modules/deep/down/bin/tool': elf(X86_MACHINE) }), LEFT_ALONE],
    ['programs for both', () => directoryOf({ a: elf(ARM_MACHINE), b: elf(X86_MACHINE) }), LEFT_ALONE],
    ['a module for another system', () => directoryOf({ 'build/addon.node': Buffer.from('cffaedfe0c000001', 'hex') }), LEFT_ALONE],
    ['a library that is none', () => directoryOf({ 'libx.so': Buffer.from('INPUT(libx.so.1)') }), LEFT_ALONE],
    ['a .zip of scripts', () => fileOf('code.zip', zipOf({ 'index.js': SCRIPT })), ON_ARM],
    ['a .zip with a program for x86_64', () => fileOf('code.zip', zipOf({ 'index.js': SCRIPT, 'bin/tool': elf(X86_MACHINE) })), LEFT_ALONE],
    ['a .zip with a stored program for x86_64', () => fileOf('code.zip', zipOf({ tool: elf(X86_MACHINE) }, 'store')), LEFT_ALONE],
    ['a .zip with a program for arm64', () => fileOf('code.zip', zipOf({ bootstrap: elf(ARM_MACHINE) })), ON_ARM],
    ['a .zip with another inside', () => fileOf('code.zip', zipOf({ 'inner.zip': zipOf({ 'index.js': SCRIPT }) })), LEFT_ALONE],
    ['a .zip that is none', () => fileOf('code.zip', Buffer.from('not a zip')), LEFT_ALONE],
    ['a directory with a .jar of bytecode', () => directoryOf({ 'lib/app.jar': zipOf({ 'App.class': Buffer.from('cafebabe00000041', 'hex') }) }), ON_ARM],
    ['a directory with a .jar that brings a library', () => directoryOf({ 'lib/db.jar': zipOf({ 'native/libdb.so': elf(X86_MACHINE) }) }), LEFT_ALONE],
  ])('with %s', (_what, make, expected) => {
    templateOf({ code: lambda.Code.fromAsset(make()) }).hasResourceProperties('AWS::Lambda::Function', expected);
  });

  test('as a real tool packs it', () => {
    const directory = directoryOf({ 'index.js': SCRIPT, 'sub/tool': elf(X86_MACHINE), 'plain/index.js': SCRIPT });
    const pack = (name: string, ...what: string[]) => {
      execFileSync('python3', ['-m', 'zipfile', '-c', name, ...what], { cwd: directory });
      return path.join(directory, name);
    };
    templateOf({ code: lambda.Code.fromAsset(pack('native.zip', 'index.js', 'sub')) }).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
    templateOf({ code: lambda.Code.fromAsset(pack('plain.zip', 'index.js', 'plain')) }).hasResourceProperties('AWS::Lambda::Function', ON_ARM);
  });

  test('with so many files that looking at each takes too long', () => {
    const many = (count: number) => zipOf(Object.fromEntries([...Array(count).keys()].map(n => [`${n}.js`, SCRIPT])));
    expect(portabilityOf(fileOf('code.zip', many(5_000)))).toBe(Portability.ANYWHERE);
    expect(portabilityOf(fileOf('code.zip', many(5_001)))).toBe(Portability.UNKNOWN);
  });

  test('with a link to a directory', () => {
    const directory = directoryOf({ 'index.js': SCRIPT });
    fs.symlinkSync(directoryOf({ tool: elf(X86_MACHINE) }), path.join(directory, 'linked'));
    templateOf({ code: lambda.Code.fromAsset(directory) }).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });

  test('that something else bundles', () => {
    const directory = directoryOf({ 'index.js': SCRIPT });
    const bundling = {
      image: lambda.Runtime.PYTHON_3_14.bundlingImage,
      local: { tryBundle: (output: string) => { fs.writeFileSync(path.join(output, 'index.js'), SCRIPT); return true; } },
    };
    templateOf({ code: lambda.Code.fromAsset(directory, { bundling }) }).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });
});

describe('code that is elsewhere stays on the architecture that it has', () => {
  test.each<[string, (stack: Stack) => lambda.Code]>([
    ['in a bucket', stack => lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Bucket', 'code'), 'code.zip', { objectVersion: '1' })],
    ['named by parameters', () => lambda.Code.fromCfnParameters()],
  ])('%s', (_where, code) => {
    templateOf(stack => ({ code: code(stack) })).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });
});

describe('a runtime', () => {
  const code = () => lambda.Code.fromAsset(directoryOf({ bootstrap: SCRIPT }));

  test.each([lambda.Runtime.PROVIDED_AL2023, lambda.Runtime.JAVA_25, lambda.Runtime.NODEJS_LATEST, lambda.Runtime.RUBY_4_0])('$name runs on arm64', runtime => {
    templateOf({ code: code(), runtime }).hasResourceProperties('AWS::Lambda::Function', ON_ARM);
  });

  test.each([new lambda.Runtime('brainf99', lambda.RuntimeFamily.OTHER)])('$name is unknown', runtime => {
    templateOf({ code: code(), runtime }).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });
});

describe('layers', () => {
  const layer = (compatibleArchitectures?: lambda.Architecture[]) => (stack: Stack) => ({
    layers: [new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset(directoryOf({ a: SCRIPT })), compatibleArchitectures })],
  });

  test.each<[string, (stack: Stack) => Partial<SecureFunctionProps>, object]>([
    ['for arm64', layer([lambda.Architecture.ARM_64]), ON_ARM],
    ['for both', layer([lambda.Architecture.X86_64, lambda.Architecture.ARM_64]), ON_ARM],
    ['for x86_64', layer([lambda.Architecture.X86_64]), LEFT_ALONE],
    ['that say nothing', layer(), LEFT_ALONE],
    ['known by ARN alone', stack => ({
      layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-central-1:111122223333:layer:x:1')],
    }), LEFT_ALONE],
    ['of Insights', () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_333_0 }), ON_ARM],
    ['of Insights from before arm64', () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_54_0 }), LEFT_ALONE],
    ['of Insights by ARN', () => ({
      insightsVersion: lambda.LambdaInsightsVersion.fromInsightVersionArn('arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsightsExtension:1'),
    }), LEFT_ALONE],
    ['of parameters and secrets', () => ({
      paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103),
    }), ON_ARM],
    ['of OpenTelemetry', () => ({
      adotInstrumentation: {
        layerVersion: lambda.AdotLayerVersion.fromJavaScriptSdkLayerVersion(lambda.AdotLambdaLayerJavaScriptSdkVersion.LATEST),
        execWrapper: lambda.AdotLambdaExecWrapper.REGULAR_HANDLER,
      },
    }), ON_ARM],
  ])('%s', (_what, props, expected) => {
    templateOf(props).hasResourceProperties('AWS::Lambda::Function', expected);
    const inRegion = templateOf(props, 'eu-central-1');
    inRegion.hasResourceProperties('AWS::Lambda::Function', expected);
  });

  test('that AWS offers for x86_64 alone in the region of the stack', () => {
    const props = { paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103) };
    templateOf(props, 'us-gov-west-1').hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });

  test('are asked about without a trace in the template', () => {
    const template = templateOf({ paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103) });
    const attributes = Object.values(template.findMappings('*')).flatMap(mapping => Object.values(mapping)).flatMap(row => Object.keys(row as object));
    expect(attributes.length).toBeGreaterThan(0);
    expect(attributes.filter(attribute => attribute.includes('x86'))).toEqual([]);
  });
});

describe('bundled functions', () => {
  test('run on arm64', () => {
    const directory = directoryOf({ 'index.ts': SCRIPT, 'package-lock.json': Buffer.from('{}') });
    const stack = stackWith({ context: { 'aws:cdk:bundling-stacks': [] } });
    new SecureNodejsFunction(stack, 'Handler', { entry: path.join(directory, 'index.ts'), depsLockFilePath: path.join(directory, 'package-lock.json') });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', ON_ARM);
  });

  test('run on arm64 however the bundle looks', () => {
    expect(architectureFor(stackWith(), { bundling: { minify: true, loader: { '.txt': 'text' }, nodeModules: [] } })).toEqual({ architecture: lambda.Architecture.ARM_64 });
  });

  test.each<[string, nodejs.BundlingOptions]>([
    ['modules are installed beside the bundle', { nodeModules: ['sharp'] }],
    ['commands run beside the bundling', { commandHooks: { beforeBundling: () => [], beforeInstall: () => [], afterBundling: () => [] } }],
    ['native modules are bundled', { loader: { '.node': 'file' } }],
    ['native modules are bundled by argument', { esbuildArgs: { '--loader:.node': 'copy' } }],
    ['an image of the caller bundles', { dockerImage: lambda.Runtime.NODEJS_24_X.bundlingImage }],
    ['it happens in a container', { forceDockerBundling: true }],
  ])('stay where %s', (_what, bundling) => {
    expect(architectureFor(stackWith(), { bundling })).toEqual({});
  });
});

describe('a container image', () => {
  test('stays as it was built', () => {
    const stack = stackWith();
    new SecureDockerImageFunction(stack, 'FromRepository', { code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Images')) });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', LEFT_ALONE);
  });

  test.each([
    [assets.Platform.LINUX_ARM64, ON_ARM],
    [assets.Platform.LINUX_AMD64, LEFT_ALONE],
    [undefined, LEFT_ALONE],
  ])('for %p', (platform, expected) => {
    const directory = directoryOf({ Dockerfile: Buffer.from('FROM public.ecr.aws/lambda/nodejs:24') });
    templateOf({ code: lambda.Code.fromAssetImage(directory, { platform }), runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE })
      .hasResourceProperties('AWS::Lambda::Function', expected);
  });
});

test.each([
  [assets.Platform.LINUX_ARM64, ON_ARM],
  [assets.Platform.custom('linux/arm64/v8'), ON_ARM],
  [assets.Platform.LINUX_AMD64, LEFT_ALONE],
  [undefined, LEFT_ALONE],
])('a SecureDockerImageFunction runs where its image for %p does', (platform, expected) => {
  const directory = directoryOf({ Dockerfile: Buffer.from('FROM public.ecr.aws/lambda/nodejs:24') });
  const stack = stackWith();
  new SecureDockerImageFunction(stack, 'Handler', { code: lambda.DockerImageCode.fromImageAsset(directory, { platform }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', expected);
});

describe('ArmArchitecture on existing functions', () => {
  const withMetadata = () => new Stack(new App({ context: { 'aws:cdk:enable-asset-metadata': true } }), 'Stack');

  test('moves inline code', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', CODE);
    Mixins.of(stack.node.root).apply(new ArmArchitecture(), new ArmArchitecture());
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', ON_ARM);
  });

  test.each<[string, Record<string, Buffer>, object]>([
    ['moves scripts', { 'index.js': SCRIPT }, ON_ARM],
    ['leaves programs for x86_64', { tool: elf(X86_MACHINE) }, LEFT_ALONE],
  ])('%s', (_what, files, expected) => {
    const stack = withMetadata();
    new lambda.Function(stack, 'Handler', { ...CODE, code: lambda.Code.fromAsset(directoryOf(files)) }).with(new ArmArchitecture());
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', expected);
  });

  test.each<[string, (stack: Stack) => Partial<lambda.FunctionProps>, object]>([
    ['an architecture of its own', () => ({ architecture: lambda.Architecture.X86_64 }), { Architectures: ['x86_64'] }],
    ['layers', () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_333_0 }), LEFT_ALONE],
    ['code that nothing is known of', () => ({ code: lambda.Code.fromAsset(directoryOf({ 'index.js': SCRIPT })) }), LEFT_ALONE],
    ['a runtime for x86_64', () => ({ runtime: lambda.Runtime.PYTHON_3_7 }), LEFT_ALONE],
  ])('leaves a function with %s', (_what, props, expected) => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, ...props(stack) }).with(new ArmArchitecture());
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', expected);
  });
});
