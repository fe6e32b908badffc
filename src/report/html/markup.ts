/** HTML that is safe to put into a page. */
export class Markup {
  constructor(private readonly source: string) {}

  public toString(): string {
    return this.source;
  }
}

type Content = Markup | string | number | undefined | readonly Content[];

/** HTML with all that is put in escaped, unless it is `Markup` itself: nothing that stands in a template can become a tag. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(literals.reduce((page, literal, index) => page + markup(contents[index - 1]) + literal));
}

function markup(content: Content): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map(markup).join('');
  return (content as object).constructor === Markup ? String(content) : escaped(String(content));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
