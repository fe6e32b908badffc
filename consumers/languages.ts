import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { XMLParser } from 'fast-xml-parser';
import { App } from './app';
import { goResults, jestResults, junitResults, Result } from './results';

/** How people of one language install a package and test an app. */
export interface Language {
  readonly title: string;
  readonly runner: string;

  /**
   * What is done with the examples of README and docstrings, and the name by which `jsii-rosetta` knows the language. Then a test of the
   * name `examples` does it to what is in the folder `examples`.
   */
  readonly examples?: { readonly are: string; readonly language: string };

  /** Installs the packed library and all else that the app depends on. */
  install(app: App): Promise<void>;

  /** Which version of aws-cdk-lib was installed. */
  cdk(app: App): Promise<string>;

  test(app: App): Promise<Result[]>;
}

const NPM_INSTALL = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--silent'];

const MAVEN = ['--batch-mode', '--no-transfer-progress'];
/** Where Maven would look for the package first, and find that of an earlier run. */
const OLD_JARS = path.join(os.homedir(), '.m2/repository/io/github/cdk-secure-serverless');

const GO_MODULE = 'github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless';

/** Those that take longest come first. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  go: {
    title: 'Go',
    runner: 'go test',
    examples: { are: 'parsed', language: 'go' },
    install: async app => {
      fs.cpSync(path.join(app.artefacts, 'go/cdksecureserverless'), path.join(app.folder, 'cdksecureserverless'), { recursive: true });
      await app.run('go', 'mod', 'edit', `-replace=${GO_MODULE}=./cdksecureserverless`);
      await app.run('go', 'mod', 'download');
    },
    cdk: async app => (await app.run('go', 'list', '-m', '-f', '{{.Version}}', 'github.com/aws/aws-cdk-go/awscdk/v2')).trim().replace('v', ''),
    test: async app => goResults(await app.test('go', 'test', '-mod=mod', '-json', './...')),
  },

  java: {
    title: 'Java',
    runner: 'JUnit',
    examples: { are: 'compiled', language: 'java' },
    install: async app => {
      fs.rmSync(OLD_JARS, { recursive: true, force: true });
      await app.run('mvn', ...MAVEN, ...artefactsOf(app), 'test-compile');
    },
    // Which the package can't raise: the POM manages the version.
    cdk: async app => new XMLParser().parse(app.read('pom.xml')).project.properties['aws-cdk.version'],
    test: async app => {
      await app.test('mvn', ...MAVEN, ...artefactsOf(app), 'test');
      const reports = path.join(app.folder, 'target/surefire-reports');
      return fs.readdirSync(reports).filter(file => file.endsWith('.xml')).flatMap(file => junitResults(app.read(`target/surefire-reports/${file}`)));
    },
  },

  python: {
    title: 'Python',
    runner: 'pytest',
    examples: { are: 'run', language: 'python' },
    install: async app => {
      await app.run('python3', '-m', 'venv', '.venv');
      await app.run('.venv/bin/pip', 'install', '--quiet', '--requirement', 'requirements.txt', app.artefact('python', '.whl'));
    },
    cdk: async app => (await app.run('.venv/bin/python', '-c', 'from importlib.metadata import version; print(version("aws-cdk-lib"))')).trim(),
    test: async app => {
      await app.test('.venv/bin/pytest', '--junitxml=results.xml');
      return junitResults(app.read('results.xml'));
    },
  },

  typescript: {
    title: 'TypeScript',
    runner: 'jest',
    install: async app => {
      await app.run('npm', ...NPM_INSTALL, app.artefact('js', '.tgz'));
      await app.run('npx', 'tsc', '--noEmit');
    },
    cdk: async app => installedByNpm(app),
    test: async app => {
      await app.test('npx', 'jest', '--silent', '--json', '--outputFile=results.json');
      return jestResults(app.read('results.json'));
    },
  },

  javascript: {
    title: 'JavaScript',
    runner: 'node --test',
    install: async app => {
      await app.run('npm', ...NPM_INSTALL, app.artefact('js', '.tgz'));
    },
    cdk: async app => installedByNpm(app),
    test: async app => {
      await app.test('node', '--test', '--test-reporter=junit', '--test-reporter-destination=results.xml');
      return junitResults(app.read('results.xml'));
    },
  },
};

function artefactsOf(app: App): string[] {
  return [`-Dartefacts=file://${path.join(app.artefacts, 'java')}`];
}

function installedByNpm(app: App): string {
  return (JSON.parse(app.read('node_modules/aws-cdk-lib/package.json')) as { version: string }).version;
}
