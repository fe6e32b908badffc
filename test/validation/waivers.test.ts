import { BAD_NAME, BAD_TITLE, scanOf, THROWS } from './scans';
import { dataOf } from '../../src/validation/finding';
import { Scan } from '../../src/validation/scan';
import { Waiver } from '../../src/validation/waiver';
import { applyWaivers, waiversInCode } from '../../src/validation/waivers';

const TODAY = '2030-06-15';
const WAIVER: Waiver = { rule: 'test/bad-name', scope: 'Orders/Queue', reason: 'known', owner: 'team-orders', expires: '2030-12-31' };
const ORDERS = { Orders: { Queue: 'bad' } };

const waived = (scan: Scan, waivers: readonly Waiver[], today = TODAY) => applyWaivers(scan, waiversInCode(waivers), today);

/** Findings of an outcome as `status rule construct`, those of the engine with their message. */
function listed({ findings }: Scan) {
  return findings.map(({ status, rule, constructPath, message }) => `${status} ${rule.id} ${constructPath || message}`);
}

describe('a waiver', () => {
  test('marks what it covers and says who decided so', () => {
    const { findings, notices } = waived(scanOf(ORDERS), [{ ...WAIVER, ticket: 'ORD-17' }]);
    expect(findings).toEqual([expect.objectContaining({
      status: 'waived', constructPath: 'Orders/Queue', reason: 'known (owner team-orders, ticket ORD-17, until 2030-12-31)',
    })]);
    expect(notices).toEqual([]);
  });

  test('without ticket and expiry says so', () => {
    expect(waived(scanOf(ORDERS), [{ ...WAIVER, expires: 'never' }]).findings[0].reason).toBe('known (owner team-orders, without expiry)');
  });

  test('leaves other constructs and rules alone', () => {
    const scan = scanOf({ Orders: { Queue: 'bad', Other: 'bad' } }, [BAD_NAME, BAD_TITLE]);
    expect(listed(waived(scan, [WAIVER]))).toEqual([
      'open test/bad-name Orders/Other',
      'waived test/bad-name Orders/Queue',
      'open test/bad-title Orders/Other',
      'open test/bad-title Orders/Queue',
    ]);
  });

  test('covers undecided findings too', () => {
    const { findings } = waived(scanOf({ Orders: { Queue: undefined } }), [WAIVER]);
    expect(findings).toEqual([expect.objectContaining({ verdict: 'undecided', status: 'waived' })]);
  });

  test('leaves the input as it was', () => {
    const scan = scanOf(ORDERS);
    waived(scan, [WAIVER]);
    expect(listed(scan)).toEqual(['open test/bad-name Orders/Queue']);
  });

  test.each([
    ['test/*', true], ['test/bad-*', true], ['test/bad-nam?', true], ['**', true], ['*/*', true],
    ['*', false], ['TEST/bad-name', false], ['test/bad-{name,title}', false], ['test/bad-name2', false],
  ])('of the rules %s covers the rule test/bad-name: %s', (rule, covers) => {
    expect(waived(scanOf(ORDERS), [{ ...WAIVER, rule }]).findings.some(({ status }) => status === 'waived')).toBe(covers);
  });

  test.each([
    ['Orders/Queue', 'Orders/Queue', true],
    ['Orders', 'Orders/Queue', true],
    ['Orders/*', 'Orders/Queue', true],
    ['**/Queue', 'Prod/Orders/Queue', true],
    ['Prod/*/Queue', 'Prod/Orders/Queue', true],
    ['Prod/*/Queue', 'Prod/Orders/Queue/Resource', true],
    ['Order', 'Orders/Queue', false],
    ['Queue', 'Orders/Queue', false],
    ['*/Queue', 'Prod/Orders/Queue', false],
    ['Orders/Queue/Resource', 'Orders/Queue', false],
    ['!Orders/Queue', 'Orders/Other', false],
    ['Orders/{Queue,Other}', 'Orders/Queue', false],
    ['Orders/[QX]ueue', 'Orders/Queue', false],
    ['Orders/Q.eue', 'Orders/Queue', false],
    ['Orders/{proxy+}/ANY', 'Orders/{proxy+}/ANY', true],
    ['Orders/Custom::Reader(1)', 'Orders/Custom::Reader(1)', true],
    ['Orders/[0]', 'Orders/[0]', true],
    ['*/{proxy+}/ANY', 'Orders/{proxy+}/ANY', true],
    ['*/Custom::Reader(1)', 'Orders/Custom::Reader(1)/Role', true],
    ['*/a|b', 'Orders/a|b', true],
    ['*/a|b', 'Orders/a', false],
    ['*/@(a|b)', 'Orders/a', false],
    ['*/{a,b}', 'Orders/a', false],
    ['*/[ab]', 'Orders/a', false],
    ['*/!a', 'Orders/b', false],
    ['*/a.b', 'Orders/axb', false],
    ['*/a\\b', 'Orders/a\\b', true],
    ['*/\u{1F600}', 'Orders/\u{1F600}', true],
    ['Orders/Qu??e', 'Orders/Queue', true],
    ['Orders/Qu?e', 'Orders/Queue', false],
    ['Orders/*', 'Orders/.hidden', true],
  ])('at %s covers %s: %s', (scope, constructPath, covers) => {
    const scan = scanOf(ORDERS);
    const moved = { ...scan, findings: scan.findings.map(finding => ({ ...dataOf(finding), constructPath })) };
    expect(waived(moved, [{ ...WAIVER, scope }]).findings.some(({ status }) => status === 'waived')).toBe(covers);
  });
});

describe('expiry', () => {
  test('comes after the last day', () => {
    expect(listed(waived(scanOf(ORDERS), [WAIVER], '2030-12-31'))).toEqual(['waived test/bad-name Orders/Queue']);
    expect(listed(waived(scanOf(ORDERS), [WAIVER], '2031-01-01'))).toEqual(['open test/bad-name Orders/Queue']);
  });

  test('is said', () => {
    expect(waived(scanOf(ORDERS), [WAIVER], '2031-01-01').notices)
      .toEqual(['waiver of `test/bad-name` at `Orders/Queue` expired on 2030-12-31 and no longer covers 1 finding; its owner is team-orders']);
  });

  test('is not said where another waiver covers the same', () => {
    const { findings, notices } = waived(scanOf(ORDERS), [{ ...WAIVER, expires: '2030-01-01' }, WAIVER]);
    expect(findings.map(({ status }) => status)).toEqual(['waived']);
    expect(notices).toEqual([]);
  });

  test.each([
    ['2030-12-16', []],
    ['2030-12-17', ['waiver of `test/bad-name` at `Orders` covers 2 findings until 2030-12-31, for another 14 days; its owner is team-orders']],
    ['2030-12-30', ['waiver of `test/bad-name` at `Orders` covers 2 findings until 2030-12-31, for another day; its owner is team-orders']],
    ['2030-12-31', ['waiver of `test/bad-name` at `Orders` covers 2 findings until 2030-12-31, its last day; its owner is team-orders']],
  ])('is announced on %s: %s', (today, notices) => {
    const scan = scanOf({ Orders: { Queue: 'bad', Other: 'bad' } });
    expect(waived(scan, [{ ...WAIVER, scope: 'Orders' }], today).notices).toEqual(notices);
  });

  test('never comes for a waiver that says never', () => {
    expect(listed(waived(scanOf(ORDERS), [{ ...WAIVER, expires: 'never' }], '9999-12-31'))).toEqual(['waived test/bad-name Orders/Queue']);
  });

  test.each(['', 'today', '2030-02-30', '15.06.2030'])('can not be told when today is "%s"', today => {
    expect(() => waived(scanOf(ORDERS), [WAIVER], today)).toThrow(`today is \`${today}\`, expected a date such as \`2030-12-31\``);
  });
});

describe('a waiver without use', () => {
  test('is a finding', () => {
    expect(listed(waived(scanOf(ORDERS), [{ ...WAIVER, scope: 'Billing' }]))).toEqual([
      'open engine/waiver-unused waiver of `test/bad-name` at `Billing` covers no finding, expected its `scope` to match the construct path of one',
      'open test/bad-name Orders/Queue',
    ]);
  });

  test('is a finding when its rule is none', () => {
    expect(listed(waived(scanOf({}), [{ ...WAIVER, rule: 'test/bad-nmae' }]))).toEqual([
      'open engine/waiver-unused waiver of `test/bad-nmae` at `Orders/Queue` names no rule, expected its `rule` to match the id of one',
    ]);
  });

  test('is none because another one came first', () => {
    expect(listed(waived(scanOf(ORDERS), [WAIVER, { ...WAIVER, scope: 'Orders' }]))).toEqual(['waived test/bad-name Orders/Queue']);
  });

  test('is not blamed when its rule did not run', () => {
    expect(waived(scanOf({}), [{ ...WAIVER, rule: 'sqs/visibility-covers-timeout' }]).findings).toEqual([]);
  });

  test('is not blamed when its rule failed', () => {
    expect(listed(waived(scanOf({ Orders: {} }, [THROWS]), [{ ...WAIVER, rule: 'test/throws' }]))).toEqual(['open engine/rule-failed Orders']);
  });
});

describe('what the engine says of itself', () => {
  test('can not be waived', () => {
    const scan = scanOf(ORDERS, [BAD_NAME, THROWS]);
    expect(listed(waived(scan, [{ ...WAIVER, rule: '**', scope: '**' }]))).toEqual([
      'open engine/rule-failed Orders', 'waived test/bad-name Orders/Queue',
    ]);
  });

  test('can not be waived by name', () => {
    expect(listed(waived(scanOf(ORDERS, [THROWS]), [{ ...WAIVER, rule: 'engine/rule-failed', scope: '**' }]))).toEqual([
      'open engine/rule-failed Orders',
      'open engine/waiver-malformed waiver 1 in code: `rule` is `"engine/rule-failed"`, expected another rule: what the engine says of itself can not be waived',
    ]);
  });
});

test('malformed waivers in code cover nothing, are said all at once, and leave the others alone', () => {
  const bad = { ...WAIVER, owner: ' ', expires: '2030-02-30', until: 'x' };
  const { findings } = waived(scanOf(ORDERS), [bad, WAIVER, 'all' as unknown as Waiver]);
  expect(findings.map(({ status, rule, message }) => ({ status, rule: rule.id, message }))).toEqual([
    { status: 'open', rule: 'engine/waiver-malformed', message: 'waiver 1 in code: `expires` is `"2030-02-30"`, expected the last day on which it holds, as `2030-12-31`, or `never`' },
    { status: 'open', rule: 'engine/waiver-malformed', message: 'waiver 1 in code: `owner` is `" "`, expected the person or team to ask' },
    { status: 'open', rule: 'engine/waiver-malformed', message: 'waiver 1 in code: there is no field `"until"`; there is `rule`, `scope`, `reason`, `owner`, `ticket`, `expires`' },
    { status: 'open', rule: 'engine/waiver-malformed', message: 'waiver 3 in code: a waiver is `"all"`, expected `rule`, `scope`, `reason`, `owner`, `ticket`, `expires`' },
    { status: 'waived', rule: 'test/bad-name', message: 'name is `bad`, expected a good one' },
  ]);
});
