import { engineFinding, WAIVER_UNUSED } from '../../src/validation/engine-rules';
import { dataOf, ReportedFinding } from '../../src/validation/finding';
import { Scan } from '../../src/validation/scan';
import { BAD_NAME, BAD_TITLE, scanOf } from '../validation/scans';

/** An app with a finding of each kind, as all reports have to show it. */
export function sampleScan(): Scan {
  const scan = scanOf({
    Orders: { A: 'bad', B: 'also bad', C: 'known bad', D: 'accepted bad', E: 'waived bad', F: 'fine', G: undefined },
  }, [BAD_NAME, { ...BAD_TITLE, check: () => [] }]);
  const decided: Record<string, Partial<ReportedFinding>> = {
    'Orders/A': { source: { file: '/app/lib/orders.ts', line: 12, column: 5 } },
    'Orders/C': { status: 'baseline', reason: 'was there when the baseline was taken' },
    'Orders/D': { status: 'acknowledged', reason: 'only for tests' },
    'Orders/E': { status: 'waived', reason: 'known (owner team-orders, until 2030-12-31)' },
  };
  const unused = engineFinding(WAIVER_UNUSED, 'waiver of `sqs/*` at `Gone` covers no finding', 'sqs/* Gone', { file: 'waivers.yaml', line: 4, column: 5 });
  return {
    ...scan,
    findings: [{ ...unused, status: 'open' }, ...scan.findings.map(finding => ({ ...dataOf(finding), ...decided[finding.constructPath] })), foreign()],
    notices: ['waiver of `test/*` at `Orders/E` covers 1 finding until 2030-12-31, for another 3 days; its owner is team-orders'],
  };
}

function foreign(): ReportedFinding {
  return {
    rule: {
      id: 'AwsSolutions-SQS4', tool: 'AwsSolutions', severity: BAD_TITLE.severity, summary: '', rationale: '', remedy: '', fix: '', references: [], peers: {}, compliance: {},
    },
    severity: BAD_TITLE.severity,
    verdict: 'violated',
    message: 'The SQS queue does not require requests to use SSL.',
    reasons: [],
    constructPath: 'Orders/A',
    logicalId: 'A',
    resourceType: '',
    stack: 'Orders',
    framework: false,
    fingerprint: '00000000000000000000000000000001',
    status: 'open',
  };
}

/** Text that is code, markup, a formula or a command somewhere. */
export const HOSTILE = [
  '=cmd|\' /C calc\'!A1', '+1', '-1', '@SUM(A1)', '\t=1', '=1\n+1', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', ']]><x/>', '-->',
  '::error file=x::pwned', 'a\n::set-output name=x::y', '%0A::warning::x', 'a|b|c', '`rm -rf`', '``` \n# Title', '[click](javascript:alert(1))', '[a](1)',
  '@everyone', 'https://evil.example', 'www.evil.example', '\u001b[31mred\u001b[0m', '\u0000', '\u0007', '\u009b31m', '\u202egnp.exe', '\ud800', '\ufffe', '{0}', '{{x}}', '${x}',
  '\\', '"', '&amp;', '</details>', '</summary><h1>x', 'x'.repeat(100_000), '',
];

/** A scan in which a text stands wherever a template or a construct path can put it. */
export function hostileScan(text: string): Scan {
  const scan = sampleScan();
  const spoiled = (finding: ReportedFinding): ReportedFinding => ({
    ...finding,
    message: `name is \`${text}\`, ${text}`,
    constructPath: `Orders/${text}`,
    logicalId: text,
    resourceType: text,
    stack: text,
    property: text,
    value: text,
    templateFile: text,
    source: { file: text, line: 1, column: 1 },
    reason: text,
    reasons: [{ constructPath: text, property: text, text }],
  });
  return { ...scan, findings: scan.findings.map(spoiled), notices: [text] };
}
