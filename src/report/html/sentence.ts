import { html, Markup } from './markup';

/** Texts of findings and reasons begin in lower case, since most reports put something before them; what is in backticks is code. */
export function sentence(text: string): Markup {
  const pieces = (text.charAt(0).toUpperCase() + text.slice(1)).split('`');
  return html`${pieces.map((piece, index) => index % 2 === 0 ? piece : html`<code>${piece}</code>`)}`;
}
