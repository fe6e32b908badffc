import { sampleScan } from './sample-scan';
import { FORMATS, formatOfFile } from '../../src/report/formats';

test.each(Object.entries(FORMATS))('the format %s is found by its extension', (_, format) => {
  expect(formatOfFile(`out/report${format.extension.toUpperCase()}`)).toBe(format);
});

test('SARIF has two extensions', () => expect(formatOfFile('report.sarif.json')).toBe(FORMATS.sarif));

test('other extensions have no format', () => expect(formatOfFile('report.pdf')).toBeUndefined());

describe('text', () => {
  const { render } = FORMATS.text;

  test('is coloured when asked for', () => {
    expect(render(sampleScan(), { colors: true })).toContain('\u001b[31m');
    expect(render(sampleScan())).not.toContain('\u001b');
  });

  test('says the same in colours', () => {
    expect(render(sampleScan(), { colors: true }).replace(/\u001b\[\d+m/g, '')).toBe(render(sampleScan()));
  });

  test('leaves out what only deployment can decide unless asked for', () => {
    expect(render(sampleScan())).not.toContain('UNDECIDED');
    expect(render(sampleScan(), { undecided: true })).toContain('UNDECIDED');
  });

  test('breaks sentences at the width of the terminal', () => {
    const why = render(sampleScan(), { width: 60 }).split('\n').filter(line => /^ +(Why|Do): |^  has/.test(line));
    expect(Math.max(...why.map(({ length }) => length))).toBeLessThanOrEqual(60);
  });

  test('says that nothing was found', () => {
    expect(render({ ...sampleScan(), findings: [], notices: [] })).toBe('Nothing found\n2 rules checked 7 resources in 1 stack; 1 left open until deployment\n');
  });
});

describe('files', () => {
  const file = (place: string, root: string) => {
    const scan = sampleScan();
    const findings = [{ ...scan.findings[1], source: { file: place, line: 3 } }];
    return JSON.parse(FORMATS.sarif.render({ ...scan, findings }, { root })).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
  };

  test.each([
    ['/app/lib/a.ts', '/app', 'lib/a.ts'],
    ['/app/lib/a.ts', '/app/', 'lib/a.ts'],
    ['/application/a.ts', '/app', 'file:///application/a.ts'],
    ['C:\\app\\lib\\a.ts', 'C:\\app', 'lib/a.ts'],
    ['C:\\other\\a.ts', 'C:\\app', 'file:///C:/other/a.ts'],
    ['lib/a b#c?.ts', '/app', 'lib/a%20b%23c%3F.ts'],
    ['lib/\ud800.ts', '/app', 'lib/%EF%BF%BD.ts'],
  ])('%s below %s is called %s', (place, root, expected) => expect(file(place, root)).toBe(expected));
});
