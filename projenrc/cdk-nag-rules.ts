import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, rules, ServerlessChecks,
} from 'cdk-nag';

/** A rule of cdk-nag, which may have an id in each of its packs. */
export interface NagRule {
  /** The name of its file, such as `LambdaDLQ`. */
  readonly name: string;
  /** What people write when they acknowledge it: `HIPAA.Security-LambdaDLQ`, `AwsSolutions-L1`; none of a rule that is in no pack. */
  readonly ids: readonly string[];
}

const PACKS: (new () => NagPack)[] = [
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
];

/** All rules. A pack has no list of them, so it is asked to check nothing, and what it would apply is noted. */
export function nagRules(): NagRule[] {
  const ids = new Map<string, string[]>(Object.values(rules).flatMap(service => Object.keys(service)).map(name => [name, []]));
  for (const Pack of PACKS) {
    const pack = new Pack() as any;
    pack.applyRule = ({ ruleSuffixOverride, rule }: { ruleSuffixOverride?: string; rule: { name: string } }) => {
      ids.set(rule.name, [...ids.get(rule.name) ?? [], `${pack.packName}-${ruleSuffixOverride ?? rule.name}`]);
    };
    pack.checkResource(undefined);
  }
  return [...ids].map(([name, all]) => ({ name, ids: all })).sort((a, b) => a.name < b.name ? -1 : 1);
}
