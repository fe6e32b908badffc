import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { BAD_NAME, BAD_TITLE, scanOf, THROWS } from './scans';
import { applyBaseline, baselineText, readBaseline } from '../../src/validation/baseline';
import { loadBaseline, updateBaseline } from '../../src/validation/baseline-file';
import { dataOf } from '../../src/validation/finding';
import { MalformedFile } from '../../src/validation/located-document';
import { Scan } from '../../src/validation/scan';
import { applyWaivers, waiversInCode } from '../../src/validation/waivers';

/** `now`, seen by somebody who took a baseline `then`. */
const since = (then: Scan, now: Scan) => applyBaseline(now, readBaseline(baselineText(then), 'baseline.json'));

function listed({ findings }: Scan) {
  return findings.map(({ status, rule, constructPath }) => `${status} ${rule.id} ${constructPath}`);
}

describe('a baseline', () => {
  test('covers what was there, and nothing else', () => {
    const outcome = since(scanOf({ Orders: { Old: 'bad' } }), scanOf({ Orders: { Old: 'bad', New: 'bad' } }));
    expect(listed(outcome)).toEqual(['open test/bad-name Orders/New', 'baseline test/bad-name Orders/Old']);
    expect(outcome.findings[1].reason).toBe('was there when the baseline was taken');
    expect(outcome.notices).toEqual([]);
  });

  test('does not cover another value, rule, construct or stack', () => {
    const then = scanOf({ Orders: { Queue: 'bad' } });
    expect(listed(since(then, scanOf({ Orders: { Queue: 'very bad' } })))).toEqual(['open test/bad-name Orders/Queue']);
    expect(listed(since(then, scanOf({ Orders: { Queue: 'bad' } }, [BAD_TITLE])))).toEqual(['open test/bad-title Orders/Queue']);
    expect(listed(since(then, scanOf({ Orders: { Other: 'bad' } })))).toEqual(['open test/bad-name Orders/Other']);
    expect(listed(since(then, scanOf({ Billing: { Queue: 'bad' } })))).toEqual(['open test/bad-name Billing/Queue']);
  });

  test('names what was resolved', () => {
    expect(since(scanOf({ Orders: { Queue: 'bad' } }), scanOf({ Orders: { Queue: 'good' } })).notices).toEqual([
      'the baseline has `test/bad-name` at `Orders/Queue` (`QueueName`), which is resolved: update the baseline',
    ]);
  });

  test('takes nothing for resolved that nobody looked for', () => {
    const then = scanOf({ Orders: { Queue: 'bad' } }, [{ ...BAD_NAME, id: 'sqs/visibility-covers-timeout' }]);
    expect(since(then, scanOf({ Orders: {} }, [BAD_TITLE])).notices).toEqual([]);
  });

  test('takes nothing for resolved whose rule failed', () => {
    const then = scanOf({ Orders: { Queue: 'bad' } }, [{ ...BAD_NAME, id: THROWS.id }]);
    expect(since(then, scanOf({ Orders: {} }, [THROWS])).notices).toEqual([]);
  });

  test('covers one finding an entry: a second one of the same kind is new', () => {
    const then = scanOf({ Orders: { Queue: 'bad' } });
    const twice = { ...then, findings: [...then.findings, ...then.findings.map(dataOf)] };
    expect(listed(since(then, twice))).toEqual(['baseline test/bad-name Orders/Queue', 'open test/bad-name Orders/Queue']);
    expect(listed(since(twice, twice))).toEqual(['baseline test/bad-name Orders/Queue', 'baseline test/bad-name Orders/Queue']);
    expect(since(twice, then).notices).toHaveLength(1);
  });

  test('of the undecided does not cover the violated, but the other way round', () => {
    const violated = scanOf({ Orders: { Queue: 'bad' } });
    const undecided: Scan = { ...violated, findings: violated.findings.map(finding => ({ ...dataOf(finding), verdict: 'undecided' })) };
    expect(listed(since(undecided, violated))).toEqual(['open test/bad-name Orders/Queue']);
    expect(listed(since(undecided, undecided))).toEqual(['baseline test/bad-name Orders/Queue']);
    expect(listed(since(violated, undecided))).toEqual(['baseline test/bad-name Orders/Queue']);
  });

  test('never covers what the engine says of itself', () => {
    const scan = scanOf({ Orders: {} }, [THROWS]);
    expect(listed(since(scan, scan))).toEqual(['open engine/rule-failed Orders']);
    expect(readBaseline(baselineText(scan), 'f')).toEqual([]);
  });

  test('leaves decisions alone, and what was decided about is not resolved', () => {
    const scan = scanOf({ Orders: { Queue: 'bad' } });
    const waived = applyWaivers(scan, waiversInCode([{ rule: 'test/*', scope: 'Orders', reason: 'known', owner: 'me', expires: 'never' }]), '2030-01-01');
    const outcome = since(scan, waived);
    expect(outcome.findings.map(dataOf)).toEqual(waived.findings.map(dataOf));
    expect(outcome.notices).toEqual([]);
    expect(readBaseline(baselineText(waived), 'f')).toEqual([]);
  });
});

describe('the text of a baseline', () => {
  test('has one entry a line, sorted, whatever order the findings have', () => {
    const scan = scanOf({ Orders: { B: 'bad', A: undefined } });
    const text = baselineText(scan);
    expect(text).toBe(`{
"version": 1,
"findings": [
{"rule":"test/bad-name","constructPath":"Orders/A","property":"QueueName","value":"\${parameter Name}","verdict":"undecided","fingerprint":"${scan.findings[0].fingerprint}"},
{"rule":"test/bad-name","constructPath":"Orders/B","property":"QueueName","value":"bad","fingerprint":"${scan.findings[1].fingerprint}"}
]
}
`);
    expect(baselineText({ ...scan, findings: [...scan.findings].reverse() })).toBe(text);
  });

  test('without findings can be read', () => expect(readBaseline(baselineText(scanOf({})), 'f')).toEqual([]));

  test('cuts long values, which the fingerprint has whole', () => {
    const [one, other] = ['x', 'y'].map(last => scanOf({ Orders: { Queue: `${'a'.repeat(500)}${last}bad` } }));
    const [{ value }] = readBaseline(baselineText(one), 'f');
    expect(value).toBe(`${'a'.repeat(100)}...`);
    expect(listed(since(one, other))).toEqual(['open test/bad-name Orders/Queue']);
  });

  test('keeps entries of rules that did not run, and drops the resolved', () => {
    const then = scanOf({ Orders: { Queue: 'bad' } }, [{ ...BAD_NAME, id: 'sqs/visibility-covers-timeout' }, BAD_NAME]);
    const kept = readBaseline(baselineText(scanOf({ Orders: {} }), readBaseline(baselineText(then), 'f')), 'f');
    expect(kept.map(({ rule }) => rule)).toEqual(['sqs/visibility-covers-timeout']);
  });

  test('keeps what is still there', () => {
    const scan = scanOf({ Orders: { Queue: 'bad' } });
    expect(baselineText(since(scan, scan), readBaseline(baselineText(scan), 'f'))).toBe(baselineText(scan));
  });
});

describe('a malformed baseline', () => {
  const faults = (text: string) => {
    try {
      return readBaseline(text, 'baseline.json');
    } catch (error) {
      expect((error as Error).name).toBe('MalformedFile');
      return (error as MalformedFile).message.split('\n');
    }
  };
  const ENTRY = '{"rule":"a/b","constructPath":"c","fingerprint":"0123456789abcdef0123456789abcdef"}';

  test.each([
    ['', ['baseline.json:1:1: the text ends, expected a value']],
    ['{\n"version": 1,\n', ['baseline.json:3:1: the text ends, expected a key in quotes']],
    ['{\n"version": 1,\n<<<<<<< HEAD\n', ['baseline.json:3:1: `<` is unexpected, expected a key in quotes']],
    ['[]', ['baseline.json:1:1: the file is no map, expected `version` and `findings`']],
    ['{"findings": []}', ['baseline.json:1:1: `version` is `(not set)`, expected `1`']],
    ['{"version": 2,\n "findings": {}}', [
      'baseline.json:1:13: `version` is `2`, expected `1`', 'baseline.json:2:14: `findings` is no list, expected one entry an element',
    ]],
    [`{"version": 1, "findings": [\n${ENTRY},\n7,\n${ENTRY.replace('}', ',"extra":1}')},\n${ENTRY.replace('0123', '012')},\n{}]}`, [
      'baseline.json:3:1: an entry is `7`, expected `rule`, `constructPath`, `fingerprint`',
      'baseline.json:4:92: there is no field `extra`; there is `rule`, `constructPath`, `property`, `value`, `verdict`, `tool`, `fingerprint`',
      'baseline.json:5:49: `fingerprint` is `"012456789abcdef0123456789abcdef"`, expected what this library wrote there',
      'baseline.json:6:1: `rule` is `(not set)`, expected what this library wrote there',
      'baseline.json:6:1: `constructPath` is `(not set)`, expected what this library wrote there',
      'baseline.json:6:1: `fingerprint` is `(not set)`, expected what this library wrote there',
    ]],
  ])('%j is an error that tells the place', (text, expected) => expect(faults(text)).toEqual(expected));
});

describe('the file', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'baseline-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const scan = scanOf({ Orders: { Queue: 'bad' } });

  test('is made, and can be loaded', () => {
    const file = path.join(folder, 'new.json');
    updateBaseline(file, scan);
    expect(loadBaseline(file)).toEqual([expect.objectContaining({ rule: 'test/bad-name', constructPath: 'Orders/Queue' })]);
    expect(fs.readdirSync(folder)).toEqual(['new.json']);
  });

  test('stays as it was when it is malformed', () => {
    const file = path.join(folder, 'malformed.json');
    fs.writeFileSync(file, '{ "version": 1, "findings": [');
    expect(() => updateBaseline(file, scan)).toThrow(`${file}:1:30: the text ends, expected a value or \`]\``);
    expect(fs.readFileSync(file, 'utf8')).toBe('{ "version": 1, "findings": [');
  });

  test('is followed where it is a link', () => {
    const [file, link] = ['target.json', 'link.json'].map(name => path.join(folder, name));
    fs.writeFileSync(file, baselineText(scanOf({})));
    fs.symlinkSync(file, link);
    updateBaseline(link, scan);
    expect(loadBaseline(file)).toHaveLength(1);
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test('leaves nothing behind when it can not be written', () => {
    const directory = path.join(folder, 'directory.json');
    fs.mkdirSync(directory);
    expect(() => updateBaseline(directory, scan)).toThrow();
    expect(fs.readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });
});
