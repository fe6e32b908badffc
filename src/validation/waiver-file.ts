import { Fault, LocatedDocument } from './located-document';
import { waiverFaults, Waiver } from './waiver';
import { PlacedWaiver, ReadWaivers } from './waivers';

/** The version of the format that this library reads and `schemas/waivers.schema.json` describes. */
const VERSION = 1;
const FIELDS = ['$schema', 'version', 'waivers'];

/**
 * Reads a file of waivers, YAML or JSON, and tells all that is wrong with it at once. A waiver with a fault doesn't hold, while the
 * others do; of a file that can't be read as a whole, none does.
 */
export function readWaivers(text: string, file: string): ReadWaivers {
  const document = LocatedDocument.yaml(text, file);
  if (document.faults.length > 0) return { waivers: [], faults: document.faults };
  const content = document.value;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { waivers: [], faults: [{ message: 'the file is no map, expected `version` and `waivers`', place: document.placeOf([]) }] };
  }
  const { version, waivers } = content as Record<string, unknown>;
  const faults: Fault[] = Object.keys(content).filter(field => !FIELDS.includes(field)).map(field => ({
    message: `there is no field \`${field}\`; there is \`version\` and \`waivers\``, place: document.placeOf([field], 'key'),
  }));
  if (version !== VERSION) {
    faults.push({ message: `\`version\` is \`${JSON.stringify(version) ?? '(not set)'}\`, expected \`${VERSION}\``, place: document.placeOf(['version']) });
  }
  if (!Array.isArray(waivers)) {
    return { waivers: [], faults: [...faults, { message: '`waivers` is no list, expected one waiver an element', place: document.placeOf(['waivers']) }] };
  }
  const read = waivers.map((raw, index) => readWaiver(raw, index, document));
  return {
    waivers: version === VERSION ? read.flatMap(one => one.waivers) : [],
    faults: [...faults, ...read.flatMap(one => one.faults)],
  };
}

function readWaiver(raw: unknown, index: number, document: LocatedDocument): ReadWaivers {
  const faults = waiverFaults(raw).map(({ field, message }): Fault => ({
    message,
    place: document.placeOf(['waivers', index, ...field === undefined ? [] : [field]]),
  }));
  const waiver: PlacedWaiver = { ...raw as Waiver, place: document.placeOf(['waivers', index]) };
  return { waivers: faults.length === 0 ? [waiver] : [], faults };
}
