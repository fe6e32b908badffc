import * as fs from 'fs';
import { ServerlessRulesProps } from './serverless-rules-props';
import { applyBaseline } from '../validation/baseline';
import { loadBaseline } from '../validation/baseline-file';
import { Scan } from '../validation/scan';
import { readWaivers } from '../validation/waiver-file';
import { applyWaivers, waiversInCode } from '../validation/waivers';

/** Marks what waivers and the baseline cover. */
export function decided(scanned: Scan, { waivers = [], waiverFile, baselineFile, today = currentDay() }: ServerlessRulesProps): Scan {
  const inCode = waiversInCode(waivers);
  const inFile = waiverFile === undefined ? { waivers: [], faults: [] } : readWaivers(fs.readFileSync(waiverFile, 'utf8'), waiverFile);
  const waived = applyWaivers(scanned, { waivers: [...inCode.waivers, ...inFile.waivers], faults: [...inCode.faults, ...inFile.faults] }, today);
  return baselineFile === undefined ? waived : applyBaseline(waived, loadBaseline(baselineFile));
}

/** What keeps a baseline from being read: each fault with its place. */
export function baselineFaults(file: string): string[] {
  try {
    loadBaseline(file);
    return [];
  } catch (error) {
    return [`\`baselineFile\` can not be read: ${(error as Error).message}`];
  }
}

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}
