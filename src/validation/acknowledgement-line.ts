/** The name of the plugin, which the CDK wants before the id of a rule. */
export const PLUGIN_NAME = 'cdk-secure-serverless';

/** The line to paste where a finding has to stay: without the name of the plugin, the CDK would match nothing and say nothing. */
export function acknowledgementLine(ruleId: string, plugin = PLUGIN_NAME): string {
  return `Validations.of(construct).acknowledge({ id: '${plugin}::${ruleId}', reason: 'why it has to stay' });`;
}
