import { graphList } from './graph-list';
import { graphPicture } from './graph-picture';
import { describeGraph } from '../../../access/descriptions/described-graph';
import { selectGraph } from '../../../access/descriptions/graph-selection';
import { AppModel } from '../../../model/app-model';
import { summary } from '../../graph/graph-text';
import { leftOutText } from '../../graph/left-out';
import { html, Markup } from '../markup';
import { sentence } from '../sentence';

/** What somebody can still look at in one picture. Paths are read one by one: of them there may be more. */
const BOUNDS = { nodes: 120, edges: 300, attackPaths: 200 };

/** Who can do what to whom in an app, to look at and to read; undefined of an app in which nobody can do anything. */
export function graphSection(app: AppModel): Markup | undefined {
  const whole = describeGraph(app);
  if (whole.edges.length === 0) return undefined;
  const { graph: selected, leftOut } = selectGraph(whole, BOUNDS);
  const graph = { ...selected, attackPaths: selected.attackPaths.slice(0, BOUNDS.attackPaths) };
  const left = leftOutText({ ...leftOut, attackPaths: whole.attackPaths.length - graph.attackPaths.length });
  return html`<section id="access" aria-labelledby="access-title">
<h2 id="access-title">Who can do what</h2>
<p>${sentence(summary(whole))}.${left === undefined ? undefined : html` <span id="left-out">${sentence(left)};
<code>cdk-secure-serverless graph --focus</code> shows what is around any of it.</span>`}</p>
<div class="graph">
<div class="picture">
<div class="tools" role="toolbar" aria-label="Picture" hidden>
<button type="button" data-does="in" aria-label="Zoom in">+</button><button type="button" data-does="out" aria-label="Zoom out">−</button>
<button type="button" data-does="all">Show all</button><button type="button" data-does="clear">End focus</button></div>
${graphPicture(graph)}
<p id="graph-keys">Drag to move, pinch or hold Ctrl and turn the wheel to zoom, click on something to see what it has to do with. By keyboard: arrows move, + and −
zoom, 0 shows all, Escape ends the focus; the list says the same in words. Dashed arrows are only perhaps so, thick ones belong to an attack path.</p>
</div>
<div class="list" tabindex="0" role="region" aria-label="The same in words">
<label>Find <input type="search" id="find" placeholder="path, type, action" autocomplete="off"></label>
${graphList(graph)}
</div>
</div>
</section>`;
}
