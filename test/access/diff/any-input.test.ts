import * as fc from 'fast-check';
import { diffOf, document, resource } from './versions';

const INTRINSICS = [{ Ref: 'Table' }, { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::If': ['C', '*', { Ref: 'AWS::NoValue' }] }];
const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...INTRINSICS, '*', 'arn:aws:s3:::x', 's3:*'));
const statement = fc.record({ Effect: fc.constantFrom('Allow', 'Deny', 1), Action: anything, Resource: anything, Principal: anything, Condition: anything }, { requiredKeys: [] });
const statements = fc.array(statement, { maxLength: 2 });
const app = fc.record({ role: statements, bucket: statements, boundary: anything, trust: anything }).map(({ role, bucket, boundary, trust }) => ({
  Role: resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary, Policies: [{ PolicyName: 'P', PolicyDocument: document(...role) }] }),
  Policy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...bucket) }),
}));

test('whatever stands in two templates, nothing throws, and what is the same is no change', () => {
  fc.assert(fc.property(app, app, (before, after) => {
    diffOf(before, after);
    expect(diffOf(before, before).changes).toEqual([]);
  }), { numRuns: 150, seed: 20261127 });
});
