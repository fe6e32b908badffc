/**
 * One place of a pattern: what character may stand there, and whether any number of them may.
 */
interface Place {
  /** The only characters accepted: one, or one in both cases. Undefined where a wildcard stands. */
  readonly letters?: readonly string[];
  readonly repeats: boolean;
  /** Whether it accepts no colon, as a wildcard in one field of an ARN. */
  readonly inField: boolean;
}

const MANY: Place = { repeats: true, inField: false };
const ONE: Place = { repeats: false, inField: false };
const MANY_IN_FIELD: Place = { repeats: true, inField: true };
const ONE_IN_FIELD: Place = { repeats: false, inField: true };

/** Text in which `*` and `?` are wildcards, or one in which they are not. */
export type Piece = string | { readonly exactly: string };

interface Reading {
  readonly ignoreCase?: boolean;
  readonly inFields?: boolean;
}

/** Wildcards are forgotten when there are more. */
const MOST_KNOWN = 20_000;
const byPieces = new Map<string, Wildcard>();
let count = 0;

/** Whether two wildcards accept some text in common, by the numbers of both. */
const sharing = new Map<number, boolean>();

/** The fields of an ARN before its resource, all of which end with a colon. */
const FIELDS = 5;

/**
 * A set of texts, as the patterns of IAM describe them. In contrast to a pattern as written, it knows whether case matters, which
 * characters are wildcards at all, and whether these stay within a field of an ARN.
 */
export class Wildcard {
  public static readonly ANYTHING = Wildcard.like('*');

  /** `*` is any text and `?` any one character, in the manner of `StringLike` and of the element `Resource`. */
  public static like(pattern: string, options?: Reading): Wildcard {
    return Wildcard.of([pattern], options);
  }

  /** Nothing but the text itself, in the manner of `StringEquals`. */
  public static exactly(text: string, options?: Reading): Wildcard {
    return Wildcard.of([{ exactly: text }], options);
  }

  /** Wildcards before the fifth colon stay within their field, in the manner of `ArnLike`. */
  public static arn(pattern: string): Wildcard {
    return Wildcard.of([pattern], { inFields: true });
  }

  /** One piece after the other. Policies that are compared say the same again and again, so that the same pieces give the same wildcard. */
  public static of(pieces: readonly Piece[], { ignoreCase = false, inFields = false }: Reading = {}): Wildcard {
    let key = `${ignoreCase ? 'i' : ''}${inFields ? 'f' : ''}`;
    for (const piece of pieces) key += typeof piece === 'string' ? `\0${piece}` : `\u0001${piece.exactly}`;
    const known = byPieces.get(key);
    if (known) return known;
    if (byPieces.size >= MOST_KNOWN) byPieces.clear();
    const wildcard = Wildcard.read(pieces, ignoreCase, inFields);
    byPieces.set(key, wildcard);
    return wildcard;
  }

  private static read(pieces: readonly Piece[], ignoreCase: boolean, inFields: boolean): Wildcard {
    let colons = inFields ? 0 : FIELDS;
    return new Wildcard(pieces.flatMap(piece => [...typeof piece === 'string' ? piece : piece.exactly].map(symbol => {
      if (symbol === ':') colons++;
      if (typeof piece !== 'string' || symbol !== '*' && symbol !== '?') return letter(symbol, ignoreCase);
      if (colons < FIELDS) return symbol === '*' ? MANY_IN_FIELD : ONE_IN_FIELD;
      return symbol === '*' ? MANY : ONE;
    })));
  }

  /** Tells wildcards apart. */
  public readonly number = count++;
  /** Each character that is written in it. */
  public readonly letters: ReadonlySet<string>;
  /** Whether it accepts one text only. */
  public readonly isExact: boolean;
  /** The length of the shortest text that it accepts. */
  public readonly shortest: number;
  /** What each text begins with. */
  private readonly prefix: string;
  /** For each place that repeats: the first place from which all that can follow is accepted after it, too. */
  private readonly absorbs: readonly number[];

  private constructor(public readonly places: readonly Place[]) {
    this.letters = new Set(places.flatMap(({ letters, inField }) => [...letters ?? [], ...inField ? [':'] : []]));
    this.shortest = places.filter(({ repeats }) => !repeats).length;
    const wild = places.findIndex(({ letters }) => letters?.length !== 1);
    this.isExact = wild < 0;
    this.prefix = places.slice(0, wild < 0 ? undefined : wild).map(({ letters }) => letters![0]).join('');
    this.absorbs = places.map(({ repeats }, at) => repeats ? firstAbsorbed(places, at) : at);
  }

  /** The only text that it accepts, if there is just one. */
  public get exactText(): string | undefined {
    return this.isExact ? this.prefix : undefined;
  }

  public accepts(text: string): boolean {
    if (!text.startsWith(this.prefix)) return false;
    let reached = this.start;
    for (const character of text) {
      reached = this.step(reached, character);
      if (reached.length === 0) return false;
    }
    return this.isEnd(reached);
  }

  /** The places at which one can be before the first character. */
  public get start(): readonly number[] {
    return this.closed([0]);
  }

  /** The places at which one can be after one more character. */
  public step(reached: readonly number[], character: string): readonly number[] {
    return this.advance(reached, place => takes(place, character));
  }

  public isEnd(reached: readonly number[]): boolean {
    return reached[reached.length - 1] === this.places.length;
  }

  /** Whether each text is accepted that can follow. */
  public isUniversal(reached: readonly number[]): boolean {
    return this.isEnd(reached) && reached.some(at => this.places[at] === MANY && at === this.places.length - 1);
  }

  private advance(reached: readonly number[], takesIt: (place: Place) => boolean): readonly number[] {
    const next: number[] = [];
    for (const at of reached) {
      const place: Place | undefined = this.places[at];
      if (place !== undefined && takesIt(place)) next.push(place.repeats ? at : at + 1);
    }
    return this.closed(next);
  }

  /** What can be reached without a further character; where a repeating place makes up for those before it, these are left out. */
  private closed(reached: readonly number[]): readonly number[] {
    const all: number[] = [];
    let last = -1;
    for (const from of reached) {
      for (let at = from; at > last; at++) {
        const repeats = at < this.places.length && this.places[at].repeats;
        if (repeats) while (all.length > 0 && all[all.length - 1] >= this.absorbs[at]) all.pop();
        all.push(at);
        last = at;
        if (!repeats) break;
      }
    }
    return all;
  }

  /** Whether all that `narrower` accepts is accepted. A yes is sure; a no only means that it takes more to tell. */
  public surelyCovers(narrower: Wildcard): boolean {
    if (!narrower.prefix.startsWith(this.prefix)) return false;
    let reached = this.start;
    for (const wanted of narrower.places) {
      reached = this.advance(reached, place => takesAll(place, wanted));
      if (reached.length === 0) return false;
    }
    return this.isEnd(reached);
  }

  /** Whether some text is accepted by both. */
  public overlaps(other: Wildcard): boolean {
    if (!this.prefix.startsWith(other.prefix) && !other.prefix.startsWith(this.prefix)) return false;
    if (this.isExact) return other.accepts(this.prefix);
    if (other.isExact) return this.accepts(other.prefix);
    const pair = this.number * 2 ** 26 + other.number;
    const known = sharing.get(pair);
    if (known !== undefined) return known;
    if (sharing.size >= MOST_KNOWN * 10) sharing.clear();
    const share = this.shareText(other);
    sharing.set(pair, share);
    return share;
  }

  /** From the end: whether the rests from two places share a text. */
  private shareText({ places: others }: Wildcard): boolean {
    const { places } = this;
    let below: boolean[] = [];
    for (let at = places.length; at >= 0; at--) {
      const row: boolean[] = new Array(others.length + 1).fill(false);
      const afterBoth = (one: Place, two: Place, beside: number) =>
        one.repeats ? row[beside + 1] : two.repeats ? below[beside] : below[beside + 1];
      for (let beside = others.length; beside >= 0; beside--) {
        const one: Place | undefined = places[at];
        const two: Place | undefined = others[beside];
        if (!one || !two) row[beside] = one ? one.repeats && below[beside] : two ? two.repeats && row[beside + 1] : true;
        else row[beside] = one.repeats && below[beside] || two.repeats && row[beside + 1] || meet(one, two) && afterBoth(one, two, beside);
      }
      below = row;
    }
    return below[0];
  }
}

function letter(symbol: string, ignoreCase: boolean): Place {
  const cases = ignoreCase ? [symbol.toLowerCase(), symbol.toUpperCase()].filter(each => [...each].length === 1) : [];
  return { letters: [...new Set([...cases, symbol])], repeats: false, inField: false };
}

function takes({ letters, inField }: Place, character: string): boolean {
  return letters ? letters.includes(character) : !inField || character !== ':';
}

/** Whether a place takes whatever another may stand for, as often as that may be. */
function takesAll(wider: Place, narrower: Place): boolean {
  if (narrower.repeats && !wider.repeats) return false;
  if (narrower.letters) return narrower.letters.every(each => takes(wider, each));
  return !wider.letters && (!wider.inField || narrower.inField);
}

function meet(one: Place, two: Place): boolean {
  if (one.letters) return one.letters.some(each => takes(two, each));
  return two.letters ? two.letters.some(each => takes(one, each)) : true;
}

function firstAbsorbed(places: readonly Place[], star: number): number {
  if (!places[star].inField) return 0;
  let first = star;
  while (first > 0 && takesAll(places[star], places[first - 1])) first--;
  return first;
}
