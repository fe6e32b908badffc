import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/**
 * Installs the oldest aws-cdk-lib that the library works with into the local repository of Maven, as a package of this machine:
 * `tsx projenrc/maven-floor.ts <version>`.
 *
 * The generated POM asks for a range of versions. Maven looks ranges up in the index of a registry, which may be older than the packages.
 */
const [version] = process.argv.slice(2);
const INSTALLED = path.join(os.homedir(), '.m2/repository/software/amazon/awscdk/aws-cdk-lib', 'maven-metadata-local.xml');

function maven(...args: string[]): void {
  execFileSync('mvn', ['--quiet', '--batch-mode', ...args], { stdio: 'inherit' });
}

if (!fs.existsSync(INSTALLED) || !fs.readFileSync(INSTALLED, 'utf8').includes(`<version>${version}</version>`)) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'maven-floor-'));
  for (const type of ['jar', 'pom']) {
    maven('dependency:copy', `-Dartifact=software.amazon.awscdk:aws-cdk-lib:${version}:${type}`, `-DoutputDirectory=${folder}`);
  }
  maven('install:install-file', `-Dfile=${folder}/aws-cdk-lib-${version}.jar`, `-DpomFile=${folder}/aws-cdk-lib-${version}.pom`);
  fs.rmSync(folder, { recursive: true });
}
