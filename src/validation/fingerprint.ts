import * as crypto from 'crypto';
import { Value } from '../model/value';

/** A short name for what `parts` say, the same on each machine. */
export function fingerprint(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 32);
}

/** In one call where Node.js has it, since an app may have thousands of findings. */
function sha256(text: string): string {
  return crypto.hash?.('sha256', text) ?? crypto.createHash('sha256').update(text).digest('hex');
}

/**
 * The identity of a finding: its rule, the construct, the property and what stands there. Which element of a list it is doesn't
 * count, since an unrelated statement or rule added before it would make a known finding a new one; neither does the order of keys.
 */
export function findingFingerprint(ruleId: string, constructPath: string, property = '', value: Value | string = ''): string {
  return fingerprint(ruleId, constructPath, property.replace(/\.\d+(?=\.|$)/g, '.*'), String(value));
}
