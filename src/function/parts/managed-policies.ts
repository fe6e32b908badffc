import * as iam from 'aws-cdk-lib/aws-iam';

/** What takes the place of each managed policy, by the end of its ARN; nothing where other parts grant what is needed. */
export type Replacements = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Takes managed policies of AWS off a role and runs what replaces them, for those attached already and those that the
 * CDK attaches later; others stay.
 */
export function replaceManagedPolicies(role: iam.Role, replacements: Replacements): void {
  const replace = (policy: iam.IManagedPolicy): boolean => {
    const name = Object.keys(replacements).find(each => isAwsPolicy(policy, each));
    if (name !== undefined) replacements[name]?.();
    return name !== undefined;
  };
  const attached: iam.IManagedPolicy[] = role['managedPolicies'];
  attached.splice(0, attached.length, ...attached.filter(policy => !replace(policy)));

  const attach = role.addManagedPolicy.bind(role);
  role.addManagedPolicy = policy => {
    if (!replace(policy)) attach(policy);
  };
}

/** Only the partition is a token in the ARN of such a policy, so its end can be read as it is. */
function isAwsPolicy(policy: iam.IManagedPolicy, name: string): boolean {
  return policy.managedPolicyArn.endsWith(`:aws:policy/${name}`);
}
