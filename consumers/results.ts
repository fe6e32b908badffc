import { XMLParser } from 'fast-xml-parser';

/** What became of one test. */
export interface Result {
  /** Its name in words, without those that only the runner needs. */
  readonly name: string;
  readonly passed: boolean;
}

/** The report of pytest, Surefire and `node --test`. */
export function junitResults(xml: string): Result[] {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: name => name === 'testcase' || name === 'testsuite' });
  return testCases(parser.parse(xml)).map(test => ({
    name: inWords(test.name),
    passed: !['failure', 'error', 'skipped'].some(outcome => outcome in test),
  }));
}

/** The report of `jest --json`. */
export function jestResults(json: string): Result[] {
  const { testResults } = JSON.parse(json) as { testResults: { assertionResults: { fullName: string; status: string }[] }[] };
  return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName, status }) => ({ name: inWords(fullName), passed: status === 'passed' })));
}

/** The lines of `go test -json`. */
export function goResults(lines: string): Result[] {
  return lines.split('\n').filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as { Action: string; Test?: string })
    .filter(({ Action, Test }) => Test !== undefined && ['pass', 'fail', 'skip'].includes(Action))
    .map(({ Action, Test }) => ({ name: inWords(Test!), passed: Action === 'pass' }));
}

interface Suite {
  readonly testsuites?: Suite;
  readonly testsuite?: Suite[];
  readonly testcase?: { readonly name: string }[];
}

function testCases(suite: Suite): { readonly name: string }[] {
  const inner = [...suite.testsuites ? [suite.testsuites] : [], ...suite.testsuite ?? []];
  return [...suite.testcase ?? [], ...inner.flatMap(testCases)];
}

/** `test_fleet_alarms`, `TestFleetAlarms` and `fleetAlarms()` are `fleet alarms`. */
function inWords(name: string): string {
  return name
    .replace(/^test_?(?=[_A-Z a-z])/i, '')
    .replace(/\(\)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .trim()
    .toLowerCase();
}
