/** Why something could not be read, and where. */
export interface TemplateFault {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong, and what was expected; lowercase, no period. */
  readonly message: string;
}

/** A place in a text, from a number of characters before it. Lines and columns begin at 1, as editors count them. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}
