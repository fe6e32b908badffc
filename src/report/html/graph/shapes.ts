import { Subject } from '../../../access/graph/subjects';
import { Box } from '../../graph/layout';
import { html, Markup } from '../markup';

/** How far a corner is cut off, and how high the lid of a cylinder is. */
const [SLANT, CAP] = [12, 7];

/** The outline of a node, by which kinds can be told apart where colours can't. */
export function outline(kind: Subject, { x, y, width, height }: Box): Markup {
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const rectangle = (radius: number, inset = 0) => html`<rect x="${left + inset}" y="${top + inset}" width="${width - 2 * inset}"
 height="${height - 2 * inset}" rx="${radius}"/>`;
  const polygon = (...points: readonly (readonly [number, number])[]) => html`<polygon points="${points.map(point => point.join(',')).join(' ')}"/>`;
  const cut = () => polygon([left + SLANT, top], [right - SLANT, top], [right, top + SLANT], [right, bottom - SLANT],
    [right - SLANT, bottom], [left + SLANT, bottom], [left, bottom - SLANT], [left, top + SLANT]);
  const outlines: Readonly<Record<Subject, () => Markup>> = {
    'internet': () => html`<ellipse cx="${x}" cy="${y}" rx="${width / 2}" ry="${height / 2}"/>`,
    'principal': () => rectangle(height / 2),
    'user': () => rectangle(height / 2),
    'group': () => rectangle(height / 2),
    'trigger': () => polygon([left + SLANT, top], [right, top], [right - SLANT, bottom], [left, bottom]),
    'function': () => rectangle(10),
    'role': () => polygon([left + SLANT, top], [right - SLANT, top], [right, y], [right - SLANT, bottom], [left + SLANT, bottom], [left, y]),
    'data store': () => html`<path d="M${left},${top + CAP} v${height - 2 * CAP} a${width / 2},${CAP} 0 0 0 ${width},0
 v${2 * CAP - height} a${width / 2},${CAP} 0 0 0 ${-width},0 a${width / 2},${CAP} 0 0 0 ${width},0"/>`,
    'secret': cut,
    'key': cut,
    'resource': () => rectangle(1),
    'rights': () => html`${rectangle(3)}${rectangle(1, 4)}`,
  };
  return outlines[kind]();
}
