import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { sampleDiff } from './sample-diff';
import { HOSTILE, hostileScan, sampleScan } from './sample-scan';
import * as sarifSchema from './sarif-2.1.0.schema.json';
import * as diffSchema from '../../schemas/access-diff.schema.json';
import * as reportSchema from '../../schemas/report.schema.json';
import { AccessDiff } from '../../src/access/diff/access-change';
import { ACCESS_DIFF_FORMATS } from '../../src/report/access-diff-formats';
import { FORMATS } from '../../src/report/formats';
import { Scan } from '../../src/validation/scan';

// A pattern of the schema of SARIF is none with the flag for Unicode.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const schemas = { sarif: ajv.compile(sarifSchema), json: ajv.compile(reportSchema) };
const fitsDiff = ajv.compile(diffSchema);

/** What the schema of a format has against a report. */
function errors(format: keyof typeof schemas, scan: Scan) {
  schemas[format](JSON.parse(FORMATS[format].render(scan, { undecided: true })));
  return schemas[format].errors ?? [];
}

describe.each(['sarif', 'json'] as const)('a report in %s is valid', format => {
  test('with a finding of each kind', () => expect(errors(format, sampleScan())).toEqual([]));
  test('without findings', () => expect(errors(format, { ...sampleScan(), findings: [], compliant: [], rules: [], notices: [] })).toEqual([]));
  test.each(HOSTILE.map(text => [text.slice(0, 40), text]))('with %j wherever it can stand', (_, text) => {
    expect(errors(format, hostileScan(text))).toEqual([]);
  });
});

describe('what access is new, in JSON, is valid', () => {
  const errorsIn = (diff: AccessDiff) => fitsDiff(JSON.parse(ACCESS_DIFF_FORMATS.json(diff, { colors: false }))) ? [] : fitsDiff.errors;

  test('with a change of each kind', () => expect(errorsIn(sampleDiff())).toEqual([]));
  test('where nothing is new', () => expect(errorsIn({ changes: [], narrowings: [] })).toEqual([]));
  test.each(HOSTILE.map(text => [text.slice(0, 40), text]))('with %j wherever it can stand', (_, text) => {
    expect(errorsIn(sampleDiff(text))).toEqual([]);
  });
});

test('the schemas refuse what is wrong', () => {
  expect(schemas.sarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  expect(schemas.json({ version: 2 })).toBe(false);
  expect(fitsDiff({ version: 1, changes: [{ ...sampleDiff().changes[0], kind: 'other' }], narrowings: [] })).toBe(false);
  expect(fitsDiff({ version: 1, changes: [] })).toBe(false);
});
