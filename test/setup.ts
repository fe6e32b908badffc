import fs from 'fs';
import path from 'path';

// The CDK's built-in CloudFormation engine takes seconds a process; the tests that are about it switch it on themselves.
process.env.CDK_VALIDATION = 'false';

// An app without an output directory makes one among the temporary files and leaves it there: here, until its suite is done.
const { mkdtempSync } = fs;
const left: string[] = [];
fs.mkdtempSync = ((...args: Parameters<typeof mkdtempSync>) => {
  const directory = mkdtempSync(...args);
  if (path.basename(directory).startsWith('cdk.out')) left.push(directory);
  return directory;
}) as typeof mkdtempSync;

afterAll(() => {
  fs.mkdtempSync = mkdtempSync;
  for (const directory of left) fs.rmSync(directory, { recursive: true, force: true });
});
