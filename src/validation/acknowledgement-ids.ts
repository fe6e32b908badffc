import { PLUGIN_NAME } from './acknowledgement-line';
import type { Finding } from './finding';

/** What the CDK puts before ids that come without the name of a plugin. */
export const NO_PLUGIN = 'Annotation::';

/** How an acknowledgement names a finding unless it comes by way of cdk-nag. */
export function qualifiedId({ rule }: Finding): readonly string[] {
  return [`${PLUGIN_NAME}::${rule.id}`];
}

/** How the CDK records an id that was written without the name of a plugin. */
export function withoutPlugin(id: string): string {
  return `${NO_PLUGIN}${id}`;
}
