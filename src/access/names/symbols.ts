import { Resource } from '../../model/resource';

/** The private use planes of Unicode, of which no template has a character; those of the basic plane mark places within texts elsewhere. */
const FIRST = 0xf0000;
const LAST_OF_PLANE = 0xffffd;
const FIRST_OF_NEXT = 0x100000;
const SYMBOL = /[\u{f0000}-\u{10fffd}]/gu;

/** What a symbol stands for. */
export interface Meaning {
  /** The same for the same within an app. */
  readonly key: string;
  /** How a person reads it: `Orders/Queue.QueueName`. */
  readonly shown: string;
  /** Whether it may stand for any text, and not only for a name that nothing else has. */
  readonly isOpen: boolean;
  /** Of which resource it is what, if it is of one. */
  readonly of?: { readonly resource: Resource; readonly attribute: string };
}

/** Characters that stand in texts for what only deployment knows: one for each name, equal to itself and to no text that somebody writes. */
export class Symbols {
  private readonly byKey = new Map<string, string>();
  private readonly meanings = new Map<string, Meaning>();

  /** A name that deployment gives to one thing alone. */
  public name(key: string, shown: string, of?: Meaning['of']): string {
    return this.symbolFor({ key, shown, isOpen: false, of });
  }

  /** What may turn out to be any text. */
  public open(key: string, shown: string, of?: Meaning['of']): string {
    return this.symbolFor({ key, shown, isOpen: true, of });
  }

  /** The text with something else for each symbol, as its meaning tells. */
  public replaced(text: string, by: (meaning: Meaning) => string): string {
    return text.replace(SYMBOL, symbol => {
      const meaning = this.meanings.get(symbol);
      return meaning ? by(meaning) : symbol;
    });
  }

  /** The text with a wildcard where anything may stand. */
  public widest(text: string): string {
    return text.replace(SYMBOL, symbol => this.meanings.get(symbol)?.isOpen ? '*' : symbol);
  }

  /** As a person reads it, each symbol once where several of the same follow each other. */
  public shown(text: string): string {
    return text.replace(/([\u{f0000}-\u{10fffd}])\1*/gu, (_, symbol: string) => `\${${this.meanings.get(symbol)?.shown ?? '?'}}`);
  }

  private symbolFor(meaning: Meaning): string {
    const { key } = meaning;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const next = FIRST + this.byKey.size;
    const symbol = String.fromCodePoint(next <= LAST_OF_PLANE ? next : next - LAST_OF_PLANE - 1 + FIRST_OF_NEXT);
    this.byKey.set(key, symbol);
    this.meanings.set(symbol, meaning);
    return symbol;
  }
}
