/// <reference lib="dom" />
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { Browser, Page } from 'playwright-core';
import { launchBrowser } from './launch-browser';
import { htmlReport } from '../../src/report/html/page';
import { Severity } from '../../src/rules/severity';
import { Scan } from '../../src/validation/scan';
import { findingOf, ruleOf, scanOf } from '../report/scan-of';

const HOSTILE = '</code></script><script>document.title = "taken over"</script><img src="https://example.com/x">';

const open = ruleOf('lambda/url-authenticated', { severity: Severity.CRITICAL });
const slow = ruleOf('sqs/visibility-covers-timeout', { severity: Severity.MEDIUM, fix: 'visibilityTimeout: Duration.minutes(6)' });
const SCAN = scanOf([
  findingOf(slow, 'Data/Orders', {
    functionPath: 'Service/Worker',
    message: 'messages reappear after `30` s',
    reasons: [
      { constructPath: 'Service/Mapping', property: 'FunctionName', text: 'messages go to the worker' },
    ],
  }),
  findingOf(open, 'Edge/Url', { functionPath: 'Edge/Webhook', message: 'anybody may call it' }),
  findingOf(open, 'Edge/Old', { status: 'waived', reason: 'ends in March', message: 'anybody may call the old one' }),
  findingOf(open, `Edge/${HOSTILE}`, { message: `value is \`${HOSTILE}\``, value: HOSTILE, verdict: 'undecided' }),
]);

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true });
});

/** The report in a page of its own, and what the page asked for or complained about. */
async function view(scan: Scan, options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; requests: string[]; errors: string[] }> {
  const file = path.join(folder, 'report.html');
  fs.writeFileSync(file, htmlReport(scan));
  const page = await browser.newPage(options);
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on('request', request => requests.push(request.url()));
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, errors };
}

const shown = (page: Page) => page.locator('.finding .where').allTextContents();

describe('the page', () => {
  test('shows what is open, the worst first, and nothing that was decided', async () => {
    const { page } = await view(SCAN);
    expect(await shown(page)).toEqual(['Edge/Url', 'Data/Orders']);
    expect(await page.locator('#findings h2').allTextContents()).toEqual(['critical (1)', 'medium (1)']);
    expect(await page.getByRole('status').textContent()).toBe('2 of 4 shown');
    expect(await page.locator('h1').textContent()).toBe('2 findings');
  });

  test('shows what was waived on request, with its reason', async () => {
    const { page } = await view(SCAN);
    await page.getByLabel('waived').check();
    expect(await shown(page)).toEqual(['Edge/Url', 'Edge/Old', 'Data/Orders']);
    await page.getByText('anybody may call the old one', { exact: false }).click();
    expect(await page.locator('.decision').textContent()).toContain('ends in March');
  });

  test('filters by severity, by words in any place, and by stack', async () => {
    const { page } = await view(SCAN);
    await page.getByLabel('critical 1').uncheck();
    expect(await shown(page)).toEqual(['Data/Orders']);
    await page.getByLabel('critical 1').check();
    await page.getByLabel('Search').fill('minutes(6) reappear');
    expect(await shown(page)).toEqual(['Data/Orders']);
    await page.getByLabel('Search').fill('');
    await page.locator('[name=stack]').selectOption('Edge');
    expect(await shown(page)).toEqual(['Edge/Url']);
  });

  test('groups by function, stack and rule', async () => {
    const { page } = await view(SCAN);
    const headings = async (by: string) => {
      await page.getByLabel('Group by').selectOption(by);
      return page.locator('#findings h2').allTextContents();
    };
    expect(await headings('function')).toEqual(['Edge/Webhook (1)', 'Service/Worker (1)']);
    expect(await headings('stack')).toEqual(['Data (1)', 'Edge (1)']);
    expect(await headings('rule')).toEqual(['lambda/url-authenticated (1)', 'sqs/visibility-covers-timeout (1)']);
  });

  test('is usable by keyboard alone: skip link, filters, and a finding opened to its way and its code', async () => {
    const { page } = await view(SCAN);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.getByText('Messages reappear after').locator('xpath=ancestor::summary').focus();
    await page.keyboard.press('Enter');
    const detail = page.locator('.finding[open] .detail');
    expect(await detail.textContent()).toContain('Messages go to the worker Service/Mapping FunctionName');
    expect(await detail.locator('pre').allTextContents()).toEqual([
      'visibilityTimeout: Duration.minutes(6)',
      "Validations.of(construct).acknowledge({ id: 'cdk-secure-serverless::sqs/visibility-covers-timeout', reason: 'why it has to stay' });",
    ]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The clipboard answers when it has taken the text.
    await page.locator('.finding[open] .copy').filter({ hasText: /Copied|Marked/ }).first().waitFor();
  });

  test('loads nothing from elsewhere, and lets nothing that stands in a template run', async () => {
    const { page, requests, errors } = await view(SCAN);
    await page.getByLabel('undecided').check();
    expect(await page.locator('.finding').filter({ hasText: 'taken over' }).count()).toBe(1);
    expect(await page.title()).toBe('Serverless security: 2 findings');
    expect(requests.filter(url => !url.startsWith('file:'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('can be read in %s, each text against its ground', async colorScheme => {
    const { page } = await view(SCAN, { colorScheme });
    const ratios = await page.evaluate(() => {
      const rgb = (color: string) => color.match(/[\d.]+/g)!.slice(0, 3).map(Number);
      const linear = (value: number) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      const luminance = (color: string) => rgb(color).map(value => linear(value / 255))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
      const ground = (element: Element | null): string => {
        const color = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
        return element && /, 0\)$/.test(color) ? ground(element.parentElement) : color;
      };
      return ['.what', '.where', '.severity.critical', '.severity.medium', '.severity.high', '#shown', 'legend', 'a'].map(selector => {
        const element = document.querySelector(selector)!;
        const [light, dark] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => b - a);
        return { selector, ratio: (light + 0.05) / (dark + 0.05) };
      });
    });
    // What WCAG 2.2 asks of text at level AA.
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 23, 27)');
  });

  test('fits a narrow screen', async () => {
    const { page } = await view(SCAN, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('shows all findings where scripts are off', async () => {
    const { page } = await view(SCAN, { javaScriptEnabled: false });
    expect(await page.locator('.finding').count()).toBe(4);
  });

  test('says so when nothing was found, and what was looked at', async () => {
    const { page } = await view(scanOf([], { rules: [{ rule: open, severity: open.severity, options: {} }] }));
    expect(await page.locator('h1').textContent()).toBe('Nothing found');
    expect(await page.locator('tbody th').allTextContents()).toEqual(['lambda/url-authenticated']);
    expect(await page.locator('#coverage').textContent()).toMatch(/2 stacks.*1 nested stacks.*40 resources/s);
  });
});
