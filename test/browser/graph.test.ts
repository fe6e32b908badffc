/// <reference lib="dom" />
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { isDeepStrictEqual } from 'util';
import { Browser, Page } from 'playwright-core';
import { launchBrowser } from './launch-browser';
import { AppModel } from '../../src/model/app-model';
import { htmlReport } from '../../src/report/html/page';
import { scan } from '../../src/validation/scan';
import { forEverybody } from '../access/for-everybody';
import { shop } from '../access/shop';
import { modelOf } from '../iam/model-of';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'graph-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

const SHOP = shop();

/** The report on an app in a page of its own, and what the page asked for or complained about. */
async function view(app: AppModel = SHOP, options: Parameters<Browser['newPage']>[0] = {}) {
  const file = path.join(folder, 'report.html');
  fs.writeFileSync(file, htmlReport(scan(app, [])));
  const page = await browser.newPage(options);
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on('request', request => requests.push(request.url()));
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, errors };
}

/** A function that everybody may call, and whose role may read a table; `name` is the id of its construct. */
function small(name = 'Handler'): AppModel {
  const at = (id: string) => ({ Metadata: { 'aws:cdk:path': `App/${id}/Resource` } });
  const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const rights = { Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: arn('Table') }] };
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
  return modelOf({
    Handler: { Type: 'AWS::Lambda::Function', ...at(name), Properties: { Role: arn('Role') } },
    Url: { Type: 'AWS::Lambda::Url', ...at(`${name}/Url`), Properties: { TargetFunctionArn: arn('Handler'), AuthType: 'NONE' } },
    ...forEverybody('Handler'),
    Role: { Type: 'AWS::IAM::Role', ...at(`${name}/Role`), Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: name, PolicyDocument: rights }] } },
    Table: { Type: 'AWS::DynamoDB::Table', ...at('Table') },
  });
}

const node = (page: Page, label: string) => page.locator('#graph .node').filter({ has: page.locator('text', { hasText: new RegExp(`^${label}$`) }) });
const entry = (page: Page, name: string) => page.locator('.list details').filter({ has: page.locator('summary .name', { hasText: new RegExp(`^${name}$`) }) });
const near = (page: Page) => page.locator('#graph .node.near text:not(.kind)').allTextContents();
const opened = (page: Page) => page.locator('.list details[open] > summary .name').allTextContents();
/** Waits until a page is as expected, which entries of the list tell it a moment after they open. */
async function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + 5000;
  while (!isDeepStrictEqual(await read(), expected) && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 20));
  expect(await read()).toEqual(expected);
}

const viewBox = async (page: Page) => (await page.locator('#graph').getAttribute('viewBox'))!.split(' ').map(Number);

describe('the picture', () => {
  test('has a node and an entry of the list for each thing, by what it is', async () => {
    const { page, requests, errors } = await view();
    expect(await page.locator('#graph .node text:not(.kind)').allTextContents()).toEqual([
      'the internet', 'Api', 'Queue', 'Order', 'Report', 'Worker', 'Deployer', 'Order/ServiceRole', 'Report/ServiceRole', 'Worker/ServiceRole', 'Bucket', 'Table', 'Secret',
    ]);
    expect(await page.locator('.list h3').allTextContents()).toEqual(['Attack paths', 'Everybody', 'Triggers', 'Functions', 'Roles', 'Data stores', 'Secrets']);
    expect(await page.locator('#graph .edge').count()).toBe(15);
    expect(requests.filter(url => !url.startsWith('file:'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('has all of it within its frame', async () => {
    const { page } = await view();
    await page.getByRole('button', { name: 'Show all' }).click();
    const outside = await page.evaluate(() => {
      const { x, y, width, height } = document.querySelector<SVGSVGElement>('#graph')!.viewBox.baseVal;
      const parts = [...document.querySelectorAll<SVGGElement>('#graph .node, #graph .edge')].map(each => each.getBBox());
      return parts.filter(box => box.x < x || box.y < y || box.x + box.width > x + width || box.y + box.height > y + height);
    });
    expect(outside).toEqual([]);
  });

  test('keeps its nodes apart from each other, and their texts within them', async () => {
    const { page } = await view();
    const problems = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll<SVGGElement>('#graph .node')].map(each => {
        const outline = each.querySelector<SVGGraphicsElement>(':scope > :not(title)')!.getBBox();
        const texts = [...each.querySelectorAll('text')].map(text => text.getBBox());
        return { name: each.textContent!, outline, isWide: texts.some(({ x, width }) => x < outline.x || x + width > outline.x + outline.width) };
      });
      const meets = (a: DOMRect, b: DOMRect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
      const isProblem = ({ outline, isWide }: typeof boxes[0], at: number) =>
        isWide || boxes.slice(at + 1).some(other => meets(outline, other.outline));
      return boxes.filter(isProblem).map(({ name }) => name);
    });
    expect(problems).toEqual([]);
  });

  test('is focused by a click, with what is around, what the arrows mean, and the entry of the list', async () => {
    const { page } = await view();
    await node(page, 'Report').click();
    await eventually(() => near(page), ['Api', 'Report', 'Report/ServiceRole', 'Table']);
    expect(await page.locator('.how.near').allTextContents()).toEqual(['triggers', 'runs as', 'may BatchGetItem +5']);
    await eventually(() => opened(page), ['Stack/Report/Resource']);
    expect(await entry(page, 'Stack/Report/Resource').textContent()).toContain('has Stack/Api/Resource invoke Stack/Report/Resource Stack/Api/GET--reports/Report/Resource IntegrationUri');
    await page.getByRole('button', { name: 'End focus' }).click();
    await eventually(async () => [await near(page), await opened(page)], [[], []]);
  });

  test('shows an attack path step by step', async () => {
    const { page } = await view();
    await entry(page, 'To Stack/Bucket/Resource').locator('summary').click();
    await eventually(() => near(page), ['the internet', 'Order', 'Order/ServiceRole', 'Bucket']);
    const steps = await page.locator('details[open] > ol > li').allTextContents();
    expect(steps.map(step => step.split('\n')[0])).toEqual([
      expect.stringMatching(/^the internet calls POST \/orders, PUT \/orders Stack\/Order\/Resource/),
      expect.stringMatching(/^Stack\/Order\/Resource runs as Stack\/Order\/ServiceRole\/Resource/),
      expect.stringMatching(/^Stack\/Order\/ServiceRole\/Resource may s3:GetObject\*, s3:GetBucket\*, s3:List\* on Stack\/Bucket\/Resource/),
    ]);
  });

  test('is moved and zoomed by pointer, around where the pointer is, and leaves the wheel alone to the page', async () => {
    const { page } = await view();
    const [x, y, width, height] = await viewBox(page);
    const frame = (await page.locator('#graph').boundingBox())!;
    const scale = Math.min(frame.width / width, frame.height / height);
    await page.mouse.move(frame.x + 20, frame.y + frame.height / 2);
    await page.mouse.down();
    await page.mouse.move(frame.x + 80, frame.y + frame.height / 2 + 30, { steps: 4 });
    await page.mouse.up();
    const [movedX, movedY, ...size] = await viewBox(page);
    // To within the pixel at which what is pressed becomes a drag.
    expect(Math.abs((x - movedX) * scale - 60)).toBeLessThan(20);
    expect(Math.abs((y - movedY) * scale - 30)).toBeLessThan(10);
    expect(size).toEqual([width, height]);
    await page.mouse.wheel(0, -100);
    expect((await viewBox(page))[2]).toBe(width);
    await page.keyboard.down('Control');
    const before = await node(page, 'Queue').boundingBox();
    await page.mouse.move(before!.x + before!.width / 2, before!.y + before!.height / 2);
    await page.mouse.wheel(0, -100);
    await page.waitForFunction(then => Number(document.getElementById('graph')!.getAttribute('viewBox')!.split(' ')[2]) < then, width);
    const after = (await node(page, 'Queue').boundingBox())!;
    expect(Math.abs(after.x + after.width / 2 - before!.x - before!.width / 2)).toBeLessThan(2);
    expect(after.width).toBeGreaterThan(before!.width);
    await page.keyboard.up('Control');
  });

  test('is usable by keyboard alone', async () => {
    const { page } = await view();
    await page.locator('#graph').focus();
    const [x, y, width] = await viewBox(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const [movedX, movedY] = await viewBox(page);
    expect([movedX > x, movedY > y]).toEqual([true, true]);
    await page.keyboard.press('+');
    expect((await viewBox(page))[2]).toBeLessThan(width);
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    expect((await viewBox(page)).slice(0, 2)).toEqual([0, 0]);
    await entry(page, 'Stack/Table/Resource').locator('summary').focus();
    await page.keyboard.press('Enter');
    await eventually(() => near(page), ['Report/ServiceRole', 'Worker/ServiceRole', 'Table']);
    // On to the first link, who comes here, and by it to another entry.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(() => opened(page), ['Stack/Report/ServiceRole/Resource']);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Stack/Report/ServiceRole/Resource');
    await page.keyboard.press('Escape');
    await eventually(async () => [await near(page), await opened(page)], [[], []]);
  });

  test('leads from a finding of words to what has them', async () => {
    const { page } = await view();
    await page.getByLabel('Find').fill('secretsmanager getsecretvalue');
    expect(await page.locator('.list details:visible > summary .name').allTextContents()).toEqual(['To Stack/Secret/Resource', 'Stack/Worker/ServiceRole/Resource', 'Stack/Secret/Resource']);
  });

  test.each(['light', 'dark'] as const)('can be read in %s, each text against its ground, and each outline against the picture', async colorScheme => {
    const { page } = await view(SHOP, { colorScheme });
    const ratios = await page.evaluate(() => {
      const linear = (value: number) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      const luminance = (color: string) => color.match(/[\d.]+/g)!.slice(0, 3).map(value => linear(Number(value) / 255))
        .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
      const ratio = (one: string, other: string) => {
        const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
      };
      const ground = getComputedStyle(document.getElementById('graph')!).backgroundColor;
      const nodes = [...document.querySelectorAll('#graph .node')].map(each => {
        const [outline, text] = [':scope > :not(title)', 'text.kind'].map(selector => getComputedStyle(each.querySelector(selector)!));
        return { what: each.getAttribute('class')!, text: ratio(text.fill, outline.fill), line: ratio(outline.stroke, ground) };
      });
      return [...nodes, ...[...document.querySelectorAll('#graph .edge path')].map(each => ({ what: 'edge', text: 21, line: ratio(getComputedStyle(each).stroke, ground) }))];
    });
    // What WCAG 2.2 asks of text, and of what has to be seen to understand, at level AA.
    expect(ratios.filter(({ text, line }) => text < 4.5 || line < 3)).toEqual([]);
  });

  test('tells kinds apart by their outlines, where colours can not', async () => {
    const { page } = await view();
    const outlines = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('#graph .node')].map(each => {
      const outline = each.querySelector(':scope > :not(title)')!;
      return [each.getAttribute('class')!.replace('node ', ''), `${outline.tagName} ${outline.getAttribute('points')?.split(' ').length ?? ''}`];
    })));
    expect(outlines).toEqual({ 'internet': 'ellipse ', 'trigger': 'polygon 4', 'function': 'rect ', 'role': 'polygon 6', 'data-store': 'path ', 'secret': 'polygon 8' });
  });

  test('fits a narrow screen', async () => {
    const { page } = await view(SHOP, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('shows all where scripts are off, and no tools that do nothing', async () => {
    const { page } = await view(SHOP, { javaScriptEnabled: false });
    expect(await page.locator('#graph .node').count()).toBe(13);
    expect(await page.locator('.list details.node').count()).toBe(13);
    expect(await page.locator('.tools').isVisible()).toBe(false);
  });
});

test.each([
  '</title></svg><script>document.title = "taken over"</script><img src="https://example.com/x">', '"><style>*{display:none}</style>', '\') url(https://example.com/x)', '__proto__',
  'constructor', 'x'.repeat(5000), '\u202egnp.exe', '漢字'.repeat(40),
])('a construct called %j is nothing but a name', async name => {
  const { page, requests, errors } = await view(small(name));
  expect(await page.title()).toBe('Serverless security: Nothing found');
  expect(await page.locator('#graph .node').count()).toBe(4);
  await entry(page, 'To App/Table/Resource').locator('summary').click();
  await eventually(() => page.locator('#graph .node.near').count(), 4);
  expect(await page.locator('#graph .node.function title').textContent()).toBe(`App/${name}/Resource`);
  expect(requests.filter(url => !url.startsWith('file:'))).toEqual([]);
  expect(errors).toEqual([]);
});

test('a page of an app in which nobody can do anything has no picture, and nothing of its script', async () => {
  const { page, errors } = await view(modelOf({ Table: { Type: 'AWS::DynamoDB::Table' } }));
  expect(await page.locator('#graph').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(1);
  expect(errors).toEqual([]);
});

test('of a large app the page shows what tells most, says what it leaves out, and stays small', async () => {
  const { page } = await view(modelOf(Object.assign({}, ...Array.from({ length: 400 }, (_, at) => {
    const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
    const rights = { Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': [`Table${at}`, 'Arn'] } }] };
    return {
      [`Handler${at}`]: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [`Role${at}`, 'Arn'] } } },
      [`Role${at}`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'Rights', PolicyDocument: rights }] } },
      [`Table${at}`]: { Type: 'AWS::DynamoDB::Table' },
      ...at % 100 === 0 ? { [`Url${at}`]: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { 'Fn::GetAtt': [`Handler${at}`, 'Arn'] }, AuthType: 'NONE' } }, ...forEverybody(`Handler${at}`) } : {},
    };
  }))));
  expect(await page.locator('.list details.path > summary .name').allTextContents()).toEqual([0, 100, 200, 300].map(at => `To Stack/Table${at}`));
  // 13 nodes of the four paths; 35 tables with a role and a function each; 2 of a function and its role: 120 of 1,201. With 12, 70 and 1 arrows, of 804.
  expect(await page.locator('#graph .node').count()).toBe(120);
  expect(await page.locator('#left-out').textContent()).toMatch(/^Left out: 1081 more things, 721 more arrows;/);
  expect(fs.statSync(path.join(folder, 'report.html')).size).toBeLessThan(400_000);
});
