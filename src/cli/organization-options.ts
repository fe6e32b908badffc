import * as fs from 'fs';
import * as path from 'path';
import { Command } from 'commander';
import { policyFaults, PolicyKind } from './policy-faults';
import { repeated } from './repeated';
import { CannotRun } from './terminal';
import { Organization, OrganizationPolicy } from '../model/organization';
import { ioFault } from '../model/read/template-files';
import { Fault, LocatedDocument, MalformedFile } from '../validation/located-document';

/** Where the policies of an organization are. */
export interface OrganizationOptions {
  readonly scp?: readonly string[];
  readonly rcp?: readonly string[];
}

/** Lets a command know of the policies of an organization. */
export function withOrganization(command: Command): Command {
  return command
    .option('--scp <path>', 'service control policy as JSON, or a folder of them: all of one level, be it the root, a unit or the account; can be repeated', repeated)
    .option('--rcp <path>', 'resource control policy as JSON, or a folder of them; can be repeated', repeated);
}

/** Reads what the options name; throws if any of it can't be used, with all faults. */
export function organizationIn({ scp = [], rcp = [] }: OrganizationOptions): Organization {
  const faults: Fault[] = [];
  const read = (kind: PolicyKind) => (given: string) => filesIn(given, faults).flatMap(file => readPolicy(file, kind, faults));
  const serviceControlPolicies = scp.map(read('scp'));
  const resourceControlPolicies = rcp.flatMap(read('rcp'));
  if (faults.length > 0) throw new CannotRun(new MalformedFile(faults).message);
  return { serviceControlPolicies, resourceControlPolicies };
}

/** The file itself, or the policies in a folder. */
function filesIn(given: string, faults: Fault[]): readonly string[] {
  try {
    if (!fs.statSync(given).isDirectory()) return [given];
    const found = fs.readdirSync(given).filter(file => file.endsWith('.json')).sort().map(file => path.join(given, file));
    if (found.length === 0) faults.push({ message: 'no policy in this folder, expected files that end with `.json`', place: { file: given } });
    return found;
  } catch (error) {
    faults.push({ message: ioFault(error), place: { file: given } });
    return [];
  }
}

function readPolicy(file: string, kind: PolicyKind, faults: Fault[]): readonly OrganizationPolicy[] {
  try {
    const document = LocatedDocument.json(fs.readFileSync(file, 'utf8'), file);
    faults.push(...document.faults.length > 0 ? document.faults : policyFaults(document, kind));
    return [{ name: file, document: document.value }];
  } catch (error) {
    faults.push({ message: ioFault(error), place: { file } });
    return [];
  }
}
