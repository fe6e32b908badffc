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
}

/** What a list of texts matches; a policy variable in one of them may stand for anything, and may have no value at all. */
export function textTest(texts: readonly string[], negated: boolean, reading: TextReading): TextTest {
  const sure: Wildcard[] = [];
  const vague = new Map<string, Wildcard>();
  for (const text of texts) {
    if (!isVague(text, reading)) sure.push(Wildcard.of(piecesOf(text, reading), reading));
    else vague.set(`${kindOf(reading)} ${text}`, Wildcard.of(widest(piecesOf(text, reading)), { ignoreCase: reading.ignoreCase }));
  }
  const mayFail = reading.hasVariables && texts.some(mentionsVariable);
  return { sure, vague, negated, mayFail, name: nameOf(texts, negated, reading) };
}

const VARIABLE = /\$\{([^}]*)\}/;

function mentionsVariable(text: string): boolean {
  return text.split(new RegExp(VARIABLE, 'g')).some((piece, at) => at % 2 === 1 && !isEscape(piece));
}

/** `${*}` is a star that is none. */
function isEscape(variable: string): boolean {
  return ['*', '?', '$'].includes(variable);
}

/** Whether more than the text that is compared decides on a match. */
function isVague(text: string, { hasVariables, hasSymbols, exact, inFields }: TextReading): boolean {
  if (hasVariables && mentionsVariable(text)) return true;
  if (hasSymbols && !exact && text.includes('?')) return true;
  // What is too short for an ARN matches nobody knows what, unless it names one as a whole.
  return inFields === true && text.split(':').length < 6 && !(hasSymbol(text) && !/[*?]/.test(text));
}

function piecesOf(text: string, { hasVariables, exact }: TextReading): readonly Piece[] {
  const plain = (piece: string): Piece => exact ? { exactly: piece } : piece;
  if (!hasVariables) return [plain(text)];
  return text.split(new RegExp(VARIABLE, 'g')).map((piece, at) =>
    at % 2 === 0 ? plain(piece) : isEscape(piece) ? { exactly: piece } : '*');
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
