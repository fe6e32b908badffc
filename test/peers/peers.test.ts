import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Finding, PEERS } from './peers';
import { Assembly } from '../deployed/assembly';
import { Cdk } from '../deployed/cdk';

const PAGE = fs.readFileSync(path.join(__dirname, '../../docs/peers.md'), 'utf8');

/** The apps that test/deployed deploys: the example, and one stack for each option; here as they are, with nothing left out. */
const APPS = { example: 'examples/order-service/app.ts', options: 'test/deployed/app.ts' };

let folder: string;
let templates: string[];
let findings: Map<string, Finding[]>;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'peers-'));
  const cdk = new Cdk({});
  const assemblies = Object.entries(APPS).map(([name, app]) => ({ app, assembly: new Assembly(path.join(folder, name)) }));
  await Promise.all(assemblies.map(({ app, assembly }) => cdk.synth(`npx tsx ${app}`, assembly.folder)));
  templates = assemblies.flatMap(({ assembly }) => [...assembly.templates.keys()].map(file => path.join(assembly.folder, file)));
  findings = new Map(await Promise.all(PEERS.map(async peer => [peer.name, await peer.judge(templates)] as const)));
}, 1_800_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Rows of the table below a heading of the page, each as its cells without marks of code. */
function rowsBelow(heading: string): string[][] {
  const [, section] = PAGE.split(`## ${heading}\n`);
  const [, , ...rows] = section.split(/^## /m)[0].split('\n').filter(line => line.startsWith('|'));
  return rows.map(row => row.split('|').slice(1, -1).map(cell => cell.trim().replaceAll('`', '')));
}

const kind = ({ file, logicalId, rule }: Finding) => {
  const { Resources } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { Type, Metadata } = Resources[logicalId];
  return [rule, isOfTheCaller(Metadata?.['aws:cdk:path']) ? 'the caller\'s' : 'the library\'s', Type].join(' | ');
};

/** Functions of the example, below which everything is made by the library; the rest of the example is its own. */
const FUNCTIONS = ['PlaceOrder', 'PublishPaidOrders', 'ShipOrders', 'DailyReport', 'Invoice'];

/** What a test brings has a path that contains `/Callers`. */
function isOfTheCaller(constructPath = ''): boolean {
  if (!constructPath.startsWith('Order')) return constructPath.includes('/Callers');
  return !['SecureServerless', ...FUNCTIONS].some(each => constructPath.includes(`/${each}/`));
}

test('each peer judges each template', () => {
  expect(templates.length).toBeGreaterThan(30);
  expect([...findings.keys()]).toEqual(['cfn-lint', 'checkov', 'cfn-guard']);
});

test('no peer finds an error', () => {
  expect([...findings.values()].flat().filter(({ isError }) => isError)).toEqual([]);
});

test('what they find is what the page lists with reasons: nothing new, nothing that is no longer found', () => {
  const found = [...findings].flatMap(([peer, all]) => all.map(each => `${peer} | ${kind(each)}`));
  const listed = rowsBelow('What they find').map(([peer, rule, whose, type]) => [peer, rule, whose, type].join(' | '));
  expect([...new Set(found)].sort()).toEqual(listed.sort());
});

test('each listed kind has a reason', () => {
  expect(rowsBelow('What they find').filter(([, , , , reason]) => reason !== 'the same' && reason.split(' ').length < 4)).toEqual([]);
});

test('the counts are those of the page', () => {
  const counted = [...findings].map(([peer, all]) => {
    const ofLibrary = all.filter(each => kind(each).includes('the library\'s'));
    const errors = all.filter(({ isError }) => isError);
    const rules = new Set(all.map(({ rule }) => rule));
    return [peer, ...[errors.length, ofLibrary.length, all.length - ofLibrary.length, rules.size].map(String)];
  });
  expect(rowsBelow('Peers by findings')).toEqual(counted);
});

test('a plain function shows that they do look', async () => {
  const file = path.join(folder, 'plain.template.json');
  const Properties = {
    Code: { ZipFile: 'exports.handler = async () => {}' },
    Handler: 'index.handler',
    Role: 'arn:aws:iam::111111111111:role/one',
    Runtime: 'nodejs12.x',
  };
  fs.writeFileSync(file, JSON.stringify({ Resources: { Plain: { Type: 'AWS::Lambda::Function', Properties } } }));
  const found = await Promise.all(PEERS.map(async peer => (await peer.judge([file])).map(({ rule }) => rule)));
  expect(found.map(rules => rules.length > 0)).toEqual([true, true, true]);
}, 600_000);
