/** Where the lines of a text start, for whoever asks for many places in it. */
export class LineStarts {
  private readonly offsets: number[] = [0];

  constructor(text: string) {
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) this.offsets.push(end + 1);
  }

  /** Line and column of an offset, which begin at 1, as editors count them. */
  public placeAt(offset: number): { readonly line: number; readonly column: number } {
    let [first, after] = [0, this.offsets.length];
    while (after - first > 1) {
      const middle = Math.floor((first + after) / 2);
      if (this.offsets[middle] <= offset) first = middle;
      else after = middle;
    }
    return { line: first + 1, column: offset - this.offsets[first] + 1 };
  }
}
