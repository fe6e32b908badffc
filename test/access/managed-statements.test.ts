import { KNOWN_EXACTLY } from '../../src/access/policies/managed-statements';
import { AWS_MANAGED_POLICIES } from '../../src/iam/aws-managed-policies';
import { managedPolicyDocument } from '../../src/iam/data/managed-policies';

/** What statements say, whatever order they have it in. */
function said(statements: readonly object[]) {
  return statements.map((statement: Record<string, any>) => ({
    effect: statement.Effect,
    actions: [statement.Action].flat().map((action: string) => action.toLowerCase()).sort(),
    resources: [statement.Resource].flat().sort(),
    others: Object.keys(statement).filter(key => !['Effect', 'Action', 'Resource', 'Sid'].includes(key)),
  }));
}

test.each([...KNOWN_EXACTLY])('what rules know of %s is all that it says', name => {
  expect(said(AWS_MANAGED_POLICIES[name])).toEqual(said(managedPolicyDocument(name)!.Statement));
});
