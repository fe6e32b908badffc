import { execFile } from 'child_process';
import * as path from 'path';
import { PythonEnvironment } from '../python-environment';

const PYTHON = new PythonEnvironment(path.join(__dirname, 'requirements.txt'));
const GUARD = path.dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));

/** What a peer says against a resource of a template. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly logicalId: string;
  readonly isError: boolean;
}

/** Judges templates that it knows nothing of. */
export interface Peer {
  readonly name: string;
  judge(templates: readonly string[]): Promise<Finding[]>;
}

/** Of the CloudFormation team: schemas of AWS, and what only deployment would tell. */
const cfnLint: Peer = {
  name: 'cfn-lint',
  async judge(templates) {
    const matches = JSON.parse(await output(PYTHON.program('cfn-lint'), ['--format', 'json', '--', ...templates]));
    return matches.map(({ Rule, Level, Filename, Location }: any) => ({
      rule: Rule.Id, file: Filename, logicalId: Location.Path[1], isError: Level === 'Error',
    }));
  },
};

/** All of its checks for CloudFormation. It has no levels offline: what fails, fails. */
const checkov: Peer = {
  name: 'checkov',
  async judge(templates) {
    const { results } = JSON.parse(await output(PYTHON.program('checkov'), [
      '--framework', 'cloudformation', '--output', 'json', '--quiet', '--compact', '--skip-download', '--file', ...templates,
    ]));
    return results.failed_checks.map(({ check_id, file_abs_path, resource }: any) => ({
      rule: check_id, file: file_abs_path, logicalId: resource.split('.').at(-1), isError: false,
    }));
  },
};

/** Proactive controls of AWS Control Tower, by cfn-guard as cdklabs builds and publishes both. */
const cfnGuard: Peer = {
  name: 'cfn-guard',
  async judge(templates) {
    const reports = JSON.parse(await output(guardProgram(), [
      'validate', '--structured', '--output-format', 'json', '--show-summary', 'none',
      '--rules', path.join(GUARD, 'rules', 'control-tower', 'cfn-guard'), '--data', ...templates,
    ]));
    return reports.flatMap(({ name, not_compliant: broken }: any) => broken.flatMap(({ Rule }: any) =>
      [...new Set(resourcesIn(Rule.checks))].map(logicalId => ({ rule: Rule.name, file: name, logicalId, isError: false }))));
  },
};

export const PEERS: readonly Peer[] = [cfnLint, checkov, cfnGuard];

function guardProgram(): string {
  const platform = { darwin: 'macos', linux: 'ubuntu' }[process.platform as string];
  return path.join(GUARD, 'bin', platform!, process.arch === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
}

/** Logical ids in the paths of what a rule of Guard looked at. */
function resourcesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const [, section, logicalId] = key === 'path' && typeof inner === 'string' ? inner.split('/') : [];
    return section === 'Resources' && logicalId ? [logicalId] : resourcesIn(inner);
  });
}

/** What a program prints that ends with an error where it found something. */
async function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => execFile(program, args, { maxBuffer: 512 * 1024 * 1024 }, (_, stdout, stderr) =>
    stdout.trim() ? resolve(stdout) : reject(new Error(`${path.basename(program)} printed nothing:\n${stderr}`))));
}
