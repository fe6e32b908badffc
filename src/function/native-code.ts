import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';

/** Beyond this, looking at each file costs more time than a cheaper processor is worth. */
const MAX_FILES = 5_000;

/** Bytes of an ELF header up to and including the field that names the processor. */
const ELF_HEADER = 20;
const ELF_MAGIC = 0x7f454c46;
const ELF_AARCH64 = 183;
const ZIP_MAGIC = 0x504b0304;

/** What code can be executed on. */
export enum Portability {
  /** It holds no machine code: scripts, bytecode. */
  ANYWHERE,
  /** All its machine code is for arm64. */
  ARM_ONLY,
  /** Not known to run on arm64. */
  UNKNOWN,
}

/**
 * What the directory, .zip or .jar at `location` can be executed on, by the first bytes of each file. It answers `UNKNOWN`
 * rather than guess: for archives within archives, links to directories, and more than 5,000 files.
 */
export function portabilityOf(location: string): Portability {
  try {
    const seen = new Set<Portability>();
    let files = 0;
    for (const head of fs.statSync(location).isDirectory() ? headsInDirectory(location) : headsInArchive(location)) {
      seen.add(++files > MAX_FILES ? Portability.UNKNOWN : portabilityByHead(head));
      if (seen.has(Portability.UNKNOWN)) return Portability.UNKNOWN;
    }
    return seen.has(Portability.ARM_ONLY) ? Portability.ARM_ONLY : Portability.ANYWHERE;
  } catch {
    return Portability.UNKNOWN; // unreadable, or not the archive that it claims to be: the L2 will say so
  }
}

/** The first bytes of a file; none where there is no telling. */
interface Head {
  readonly name: string;
  readonly bytes?: Buffer;
}

function portabilityByHead({ name, bytes }: Head): Portability {
  if (!bytes) return Portability.UNKNOWN;
  if (bytes.length >= ELF_HEADER && bytes.readUInt32BE(0) === ELF_MAGIC) {
    return bytes.readUInt16LE(18) === ELF_AARCH64 ? Portability.ARM_ONLY : Portability.UNKNOWN;
  }
  const archive = bytes.length >= 4 && bytes.readUInt32BE(0) === ZIP_MAGIC;
  // A native module that isn't ELF was built for another system than Lambda's: nobody knows what the author meant by it.
  return archive || name.endsWith('.node') || name.endsWith('.so') ? Portability.UNKNOWN : Portability.ANYWHERE;
}

function* headsInDirectory(directory: string): Generator<Head> {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const location = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* headsInDirectory(location);
    else if (!fs.statSync(location).isFile()) yield { name: location };
    else if (isArchive(location)) yield* headsInArchive(location);
    else yield { name: location, bytes: readHead(location) };
  }
}

/** A .jar beside other code is looked into; a .jar in an archive is not. */
function isArchive(name: string): boolean {
  return name.endsWith('.jar') || name.endsWith('.zip');
}

function readHead(location: string): Buffer {
  const file = fs.openSync(location, 'r');
  try {
    return read(file, 0, ELF_HEADER);
  } finally {
    fs.closeSync(file);
  }
}

function read(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, fs.readSync(file, buffer, 0, length, position));
}

/** Walks the central directory at the end of the archive, which is what unpacks it on Lambda too. */
function* headsInArchive(location: string): Generator<Head> {
  const file = fs.openSync(location, 'r');
  try {
    const directory = centralDirectory(file, fs.fstatSync(file).size);
    for (let at = 0; at < directory.length;) {
      const nameLength = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
      if (!name.endsWith('/')) yield { name, bytes: headOfEntry(file, directory.subarray(at, at + 46)) };
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
  } finally {
    fs.closeSync(file);
  }
}

function centralDirectory(file: number, size: number): Buffer {
  const tail = read(file, Math.max(0, size - 65_557), 65_557);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no central directory');
  return read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
}

function headOfEntry(file: number, entry: Buffer): Buffer | undefined {
  const offset = entry.readUInt32LE(42);
  const local = read(file, offset, 30);
  const data = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = read(file, data, Math.min(entry.readUInt32LE(20), 512));
  const method = entry.readUInt16LE(10);
  if (method === 0) return packed.subarray(0, ELF_HEADER);
  return method === 8 ? zlib.inflateRawSync(packed, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, ELF_HEADER) : undefined;
}
