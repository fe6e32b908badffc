import type { Scope } from './scope';
import { Part, Value } from './value';

/** Longer texts come from templates that multiply themselves. */
const LONGEST = 2_000_000;
const MOST_PARTS = 20_000;
const MOST_COMBINATIONS = 32;

/** Texts and values as one text, `separator` between them, as far as they are known. */
export function joined(separator: string, pieces: readonly Part[]): Value {
  let several: Value | undefined;
  for (const piece of pieces) if (typeof piece !== 'string' && piece.kind === 'either') several ??= piece;
  if (!several) return text(separator, pieces);
  const combinations = combine(pieces);
  return combinations
    ? Value.either(combinations.map(combination => text(separator, combination)), several.why!)
    : Value.unknown(several.why!);
}

/** What stands between the separators of a text; nothing if what only deployment knows of it may hold some. */
export function splitAt(separator: string, value: Value, scope: Scope): Value | undefined {
  if (value.text !== undefined) return Value.known(value.text.split(separator));
  const { parts } = value;
  if (parts.length === 0 || !/^[/:]$/.test(separator) || !parts.every(part => typeof part === 'string' || isName(part))) return undefined;
  const found: Value[][] = [[]];
  for (const part of parts) {
    const [first, ...more] = typeof part === 'string' ? part.split(separator).map(piece => Value.known(piece)) : [part];
    found.at(-1)!.push(first);
    more.forEach(piece => found.push([piece]));
    if (found.length > MOST_PARTS) return undefined;
  }
  return Value.known(found.map(piece => joined('', piece)), scope);
}

/** Whether it holds neither slash nor colon, whatever it turns out to be: the id of an API, or a name of AWS. */
function isName({ why, target, attribute }: Value): boolean {
  if (target) return attribute === 'Ref' && /^AWS::ApiGateway(?:V2)?::(?:Api|RestApi|Stage)$/.test(target.type);
  return why !== undefined && ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'].includes(why);
}

/** Each choice of one branch of each value; nothing if there are too many. */
function combine(pieces: readonly Part[]): Part[][] | undefined {
  let combinations: Part[][] = [[]];
  for (const piece of pieces) {
    const branches = typeof piece === 'string' ? [piece] : piece.branches;
    if (combinations.length * branches.length > MOST_COMBINATIONS) return undefined;
    combinations = combinations.flatMap(combination => branches.map(branch => [...combination, branch]));
  }
  return combinations;
}

function text(separator: string, pieces: readonly Part[]): Value {
  const parts: Part[] = [];
  // What is written since the last of the parts that only deployment knows.
  let written = '';
  let length = 0;
  for (let index = 0; index < pieces.length; index++) {
    if (index > 0) written += separator;
    for (const part of partsOf(pieces[index])) {
      if (typeof part === 'string') {
        written += part;
        continue;
      }
      if (written !== '') parts.push(written);
      length += written.length;
      written = '';
      parts.push(part);
    }
  }
  if (parts.length === 0 && written.length <= LONGEST) return Value.known(written);
  if (written !== '') parts.push(written);
  if (length + written.length > LONGEST || parts.length > MOST_PARTS) return Value.unknown('text of more than two million characters');
  if (parts.length === 1) return parts[0] as Value;
  return Value.unknown(String(parts.find(part => typeof part !== 'string')), parts);
}

function partsOf(piece: Part): readonly Part[] {
  if (typeof piece === 'string') return [piece];
  if (piece.isKnown) return [piece.text ?? Value.unknown(String(piece))];
  const { parts } = piece;
  return parts.length > 0 || piece.kind === 'absent' ? parts : [piece];
}
