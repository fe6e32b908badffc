import { hasSymbol } from './policy';
import { TextTest } from './text-samples';
import { Piece, Wildcard } from './wildcard';

/** How the texts of a policy are to be read. */
export interface TextReading {
  readonly hasVariables: boolean;
  /** Whether names that deployment gives stand anywhere: of their length, nobody knows what `?` says. */
  readonly hasSymbols: boolean;
  readonly ignoreCase?: boolean;
  /** Whether `*` and `?` mean themselves. */
  readonly exact?: boolean;
  /** Whether it is an ARN of which each field is compared by itself. */
  readonly inFields?: boolean;
  /** What a key has for a value, if the question is about one request; undefined if nobody knows. Left out, it is about all requests. */
  readonly valueOfKey?: (key: string) => string | undefined | Absent;
}

/** That a request doesn't have a key. */
export const ABSENT = Symbol('absent');
export type Absent = typeof ABSENT;

/** What a list of texts matches; a policy variable in one of them may stand for anything, and may have no value at all. */
export function textTest(texts: readonly string[], negated: boolean, reading: TextReading): TextTest {
  const sure: Wildcard[] = [];
  const vague = new Map<string, Wildcard>();
  let mayFail = false;
  for (const text of texts) {
    const pieces = piecesOf(text, reading);
    if (pieces.includes(ABSENT)) {
      mayFail = true;
      continue;
    }
    const isOpen = pieces.includes(ANY_TEXT);
    mayFail ||= isOpen;
    const known = (pieces as readonly (Piece | typeof ANY_TEXT)[]).map(piece => piece === ANY_TEXT ? '*' : piece);
    if (!isOpen && !isVague(text, reading)) sure.push(Wildcard.of(known, reading));
    else vague.set(`${kindOf(reading)} ${text}`, Wildcard.of(widest(known), { ignoreCase: reading.ignoreCase }));
  }
  return { sure, vague, negated, mayFail, name: nameOf(texts, negated, reading) };
}

const VARIABLE = /\$\{([^}]*)\}/;

/** What a variable stands for that has a value which nobody knows. */
const ANY_TEXT = Symbol('any text');

/** `${*}` is a star that is none. */
function isEscape(variable: string): boolean {
  return ['*', '?', '$'].includes(variable);
}

/** Whether more than the text that is compared decides on a match, variables left aside. */
function isVague(text: string, { hasSymbols, exact, inFields }: TextReading): boolean {
  if (hasSymbols && !exact && text.includes('?')) return true;
  // What is too short for an ARN matches nobody knows what, unless it names one as a whole.
  return inFields === true && text.split(':').length < 6 && !(hasSymbol(text) && !/[*?]/.test(text));
}

function piecesOf(text: string, { hasVariables, exact, valueOfKey }: TextReading): readonly (Piece | typeof ANY_TEXT | Absent)[] {
  const plain = (piece: string): Piece => exact ? { exactly: piece } : piece;
  if (!hasVariables) return [plain(text)];
  return text.split(new RegExp(VARIABLE, 'g')).map((piece, at) =>
    at % 2 === 0 ? plain(piece) : isEscape(piece) ? { exactly: piece } : variableText(piece, valueOfKey));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function variableText(variable: string, valueOfKey: TextReading['valueOfKey']): Piece | typeof ANY_TEXT | Absent {
  const [, key, byDefault] = /^\s*(.*?)\s*(?:,\s*'(.*)'\s*)?$/.exec(variable) ?? [];
  const value = valueOfKey?.(key);
  if (value === ABSENT) return byDefault === undefined ? ABSENT : { exactly: byDefault };
  return value === undefined ? ANY_TEXT : { exactly: value };
}

function widest(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map(piece => typeof piece === 'string' ? piece.replace(/\?/g, '*') : piece);
}

function kindOf({ hasVariables, ignoreCase, exact, inFields }: TextReading): string {
  return [hasVariables && 'variables', ignoreCase && 'any case', exact && 'exact', inFields && 'arn'].filter(Boolean).join(' ');
}

function nameOf(texts: readonly string[], negated: boolean, reading: TextReading): string {
  return JSON.stringify([negated ? 'not' : '', kindOf(reading), ...[...new Set(texts)].sort()]);
}
