import { Acknowledgement } from '../template-source';
import { isMap, isScalar } from '../value';
import { MetadataEntry } from './source-place';

/** What the CDK calls it. Its own constant would load the whole library into the command line. */
const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/** Whether anything was accepted at a construct. */
export function acknowledges(metadata: readonly MetadataEntry[]): boolean {
  for (const { type } of metadata) if (type === ACKNOWLEDGED_RULES) return true;
  return false;
}

/** What was accepted at a construct, in the order in which it was: of one id, the last reason holds. */
export function acknowledgementsIn(constructPath: string, metadata: readonly MetadataEntry[]): Acknowledgement[] {
  return metadata.flatMap(({ type, data }) => type === ACKNOWLEDGED_RULES && isMap(data)
    ? Object.entries(data).map(([id, reason]) => ({ constructPath, id, reason: isScalar(reason) ? String(reason) : '' }))
    : []);
}
