import { Wildcard } from './wildcard';

/** Where one can be in a wildcard after some text; two texts that lead to the same state can't be told apart by what follows. */
export interface State {
  /** Tells the states of one automaton apart. */
  readonly number: number;
  readonly accepts: boolean;
  /** Whether nothing that follows is accepted, or everything is. */
  readonly isDead: boolean;
  readonly isUniversal: boolean;
  /** The characters that lead elsewhere than others do. */
  readonly letters: readonly string[];
}

interface Built extends State {
  readonly reached: readonly number[];
  readonly next: Map<string, Built>;
}

/** Any character that a wildcard doesn't name: all lead to the same state. */
const OTHER = '';

/** Automata that are larger are built anew when they are needed again. */
const MOST_KEPT = 1000;

const kept = new WeakMap<Wildcard, Automaton>();

/** A wildcard, made deterministic as far as it is walked. */
export class Automaton {
  public static of(wildcard: Wildcard): Automaton {
    const known = kept.get(wildcard);
    if (known && known.states.size <= MOST_KEPT) return known;
    const automaton = new Automaton(wildcard);
    kept.set(wildcard, automaton);
    return automaton;
  }

  public readonly start: State;
  private readonly states = new Map<string, Built>();

  private constructor(private readonly wildcard: Wildcard) {
    this.start = this.state(wildcard.start);
  }

  public step(from: State, character: string): State {
    const state = from as Built;
    const known = this.wildcard.letters.has(character) ? character : OTHER;
    const next = state.next.get(known) ?? this.state(this.wildcard.step(state.reached, character));
    state.next.set(known, next);
    return next;
  }

  private state(reached: readonly number[]): Built {
    const key = reached.join();
    const known = this.states.get(key);
    if (known) return known;
    const places = reached.flatMap(at => this.wildcard.places[at] ?? []);
    const built: Built = {
      number: this.states.size,
      accepts: this.wildcard.isEnd(reached),
      isDead: reached.length === 0,
      isUniversal: this.wildcard.isUniversal(reached),
      letters: [...new Set(places.flatMap(({ letters, inField }) => letters ?? (inField ? [':'] : [])))],
      reached,
      next: new Map(),
    };
    this.states.set(key, built);
    return built;
  }
}
