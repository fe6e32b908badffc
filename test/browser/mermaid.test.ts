/// <reference lib="dom" />
import { Browser, Page } from 'playwright-core';
import { launchBrowser } from './launch-browser';
import { DescribedGraph, describeGraph } from '../../src/access/descriptions/described-graph';
import { SUBJECTS } from '../../src/access/graph/subjects';
import { mermaid } from '../../src/report/graph/mermaid';
import { shop } from '../access/shop';
import { HOSTILE } from '../report/sample-scan';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.setContent('<title>before</title><body></body>');
  await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
});

afterAll(() => browser?.close());

/** The texts of nodes and arrows as Mermaid itself draws them. */
async function drawn(graph: DescribedGraph): Promise<{ readonly nodes: string[]; readonly arrows: string[]; readonly tags: string[] }> {
  return page.evaluate(async text => {
    const { svg } = await (window as unknown as { mermaid: { render: (id: string, text: string) => Promise<{ svg: string }> } }).mermaid.render('drawn', text);
    document.body.innerHTML = svg;
    const texts = (selector: string) => [...document.querySelectorAll(selector)].map(each => each.textContent.trim());
    return { nodes: texts('.node'), arrows: texts('.edgeLabels .edgeLabel .label'), tags: [...new Set([...document.querySelectorAll('foreignObject *')].map(each => each.localName))] };
  }, mermaid(graph));
}

test('a shop is drawn with all its things and arrows', async () => {
  const graph = describeGraph(shop());
  const { nodes, arrows } = await drawn(graph);
  expect(nodes).toHaveLength(graph.nodes.length);
  expect(nodes).toContain('Order/ServiceRoleIAM Role');
  expect(arrows).toHaveLength(graph.edges.length);
  expect(arrows).toContain('may s3:GetObject*, s3:GetBucket*, s3:List*');
});

test('each kind of thing and arrow is drawn', async () => {
  const nodes = SUBJECTS.map(kind => ({ id: kind, kind, name: `the ${kind}`, sensitive: false }));
  const edges = (['calls', 'triggers', 'runs as', 'may', 'gains'] as const).flatMap(kind => (['allowed', 'unknown'] as const).flatMap(answer =>
    SUBJECTS.slice(1).map((to, at) => ({ from: SUBJECTS[at], kind, to, answer, actions: [], reasons: [] }))));
  const found = await drawn({ nodes, edges, attackPaths: [{ entry: 'principal', to: 'principal', answer: 'allowed', edges: [0] }] });
  expect(found.nodes).toHaveLength(SUBJECTS.length);
  expect(new Set(found.arrows)).toEqual(new Set(edges.map(({ kind, answer }) => answer === 'unknown' ? `${kind} (perhaps)` : kind)));
});

test.each(HOSTILE.map(text => [text.slice(0, 40), text]))('%j is nothing but text', async (_, text) => {
  const nodes = [{ id: 'a', kind: 'function', name: text, resourceType: text, sensitive: false }, { id: 'b', kind: 'role', name: 'b', sensitive: false }] as const;
  const found = await drawn({ nodes, edges: [{ from: 'a', kind: 'may', to: 'b', actions: [text], answer: 'allowed', reasons: [] }], attackPaths: [] });
  expect(found.nodes).toHaveLength(2);
  expect(found.tags.filter(tag => !['div', 'span', 'p', 'br'].includes(tag))).toEqual([]);
  expect(await page.title()).toBe('before');
});
