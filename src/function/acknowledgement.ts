import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Accepts that rules find fault with `construct`, for a reason.
 *
 * With the name of the plugin before it, a finding stays in the CDK's validation report, as suppressed and with the
 * reason; by its bare id, cdk-nag would leave it out without a trace.
 *
 * @param rules ids of findings in the form `Plugin-Name::rule`, or as cdk-nag writes them, such as `AwsSolutions-SQS3`
 */
export function acknowledge(construct: IConstruct, reason: string, rules: readonly string[]): void {
  Validations.of(construct).acknowledge(...rules.map(rule => ({ id: qualified(rule), reason })));
}

function qualified(rule: string): string {
  return rule.includes('::') ? rule : `${rule.slice(0, rule.lastIndexOf('-'))}::${rule}`;
}
