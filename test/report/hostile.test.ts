import { parse } from 'papaparse';
import { sampleDiff } from './sample-diff';
import { HOSTILE, hostileScan, sampleScan } from './sample-scan';
import { ACCESS_DIFF_FORMATS } from '../../src/report/access-diff-formats';
import { FORMATS } from '../../src/report/formats';

const render = (format: string, text: string) => FORMATS[format].render(hostileScan(text), { undecided: true });

describe.each(HOSTILE.map(text => [text.slice(0, 40), text]))('%j', (_, text) => {
  test('is no formula of a spreadsheet, and breaks no row', () => {
    const { data, errors, meta } = parse<string[]>(render('csv', text).replace(/\r\n$/, ''), { newline: '\r\n' });
    expect(meta.linebreak).toBe('\r\n');
    expect(errors).toEqual([]);
    expect(new Set(data.map(({ length }) => length))).toEqual(new Set([17]));
    expect(data).toHaveLength(1 + sampleScan().findings.length + 2);
    expect(data.flat().filter(cell => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
  });

  test('is no command of GitHub Actions', () => {
    const lines = render('github', text).trimEnd().split('\n');
    // Five open findings and one notice, each a line.
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice)( [a-z]+=[^:,]*(,[a-z]+=[^:,]*)*)?::/);
  });

  test('controls no terminal', () => {
    expect(render('text', text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  test('is no element and no illegal character of XML', () => {
    const xml = render('junit', text);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(new Set(xml.match(/<\/?[a-z]+/g))).toEqual(new Set(
      ['<testsuites', '</testsuites', '<testsuite', '</testsuite', '<testcase', '</testcase', '<failure', '</failure', '<skipped']));
    expect(xml.match(/<testcase/g)).toHaveLength(9);
  });

  test('is no tag, link, mention or heading in Markdown', () => {
    const markdown = render('markdown', text);
    const outside = markdown.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '').replace(/```ts\n[^]*?\n```/g, '')
      .replace(/\[About this rule\]\(https:\/\/github\.com\/cdk-secure-serverless\/[\w./#-]+\)/g, '');
    expect(outside.replace(/\\</g, '').match(/<\/?[a-z]+/g)?.filter(tag => !/^<\/?(details|summary|b)$/.test(tag)) ?? []).toEqual([]);
    expect(outside).not.toMatch(/(?<!\\)\]\(|@[a-z]|:\/\/|www\.[a-z]/);
    expect(markdown.match(/^#+ .*/gm)).toEqual([expect.stringMatching(/^## Serverless security: 4 new findings/)]);
    expect(markdown.match(/^<details>$/gm)).toHaveLength(markdown.match(/^<\/details>$/gm)!.length);
  });

  test('controls no terminal where it says what access is new', () => {
    expect(ACCESS_DIFF_FORMATS.text(sampleDiff(text), { colors: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  test('is no tag, link, mention or heading in a comment on what access is new', () => {
    const markdown = ACCESS_DIFF_FORMATS.markdown(sampleDiff(text), { colors: false });
    const outside = markdown.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outside.replace(/\\</g, '').match(/<\/?[a-z]+/g)?.filter(tag => !/^<\/?(details|summary|b)$/.test(tag)) ?? []).toEqual([]);
    expect(outside).not.toMatch(/(?<!\\)\]\(|@[a-z]|:\/\/|www\.[a-z]/);
    expect(markdown.match(/^#+ .*/gm)).toEqual(['## Access: 9 changes that give new access; 9 changes that may give some, as deployment decides']);
    expect(markdown.match(/^<details>$/gm)).toHaveLength(18);
    expect(markdown.match(/^<\/details>$/gm)).toHaveLength(18);
  });
});

test('a comment on a pull request stays below what GitHub takes, and says what is missing', () => {
  const scan = sampleScan();
  const open = scan.findings.find(({ constructPath }) => constructPath === 'Orders/A')!;
  const many = { ...scan, findings: Array.from({ length: 1000 }, (_, index) => ({ ...open, constructPath: `Orders/${index}` })) };
  const markdown = FORMATS.markdown.render(many);
  const shown = markdown.match(/^<details>$/gm)!.length;
  expect(markdown.length).toBeLessThanOrEqual(65_536);
  expect(markdown.length).toBeGreaterThan(64_000);
  expect(markdown).toContain(`**${1000 - shown} findings more did not fit into this comment.**`);
});

test.each(['critical', 'high'] as const)('a comment shows what is %s before what is low', severity => {
  const scan = sampleScan();
  const [low, other] = [scan.findings[0], { ...scan.findings[1], severity: severity as typeof scan.findings[1]['severity'] }];
  const markdown = FORMATS.markdown.render({ ...scan, findings: [low, other] });
  expect(markdown.indexOf('Orders/A')).toBeLessThan(markdown.indexOf('engine/waiver-unused'));
});
