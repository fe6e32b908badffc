import * as fs from 'fs';
import * as path from 'path';
import { sampleScan } from './sample-scan';
import { FORMATS } from '../../src/report/formats';

// The page has tests of its own, in a browser.
test.each(Object.keys(FORMATS).filter(name => name !== 'html'))('the %s report is as it was read and found right', name => {
  const { extension, render } = FORMATS[name];
  const golden = path.join(__dirname, 'golden', `${name}${extension}`);
  // Git keeps no CRLF, which CSV has at the end of lines.
  expect(render(sampleScan(), { root: '/app', undecided: true, width: 100 }).replace(/\r\n/g, '\n')).toBe(fs.readFileSync(golden, 'utf8'));
});
