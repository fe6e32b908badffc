import { graphText } from './graph-text';
import { mermaid } from './mermaid';
import { DescribedGraph } from '../../access/descriptions/described-graph';
import { TextStyle } from '../access-text';

/** A way to write down a graph. */
export interface GraphFormat {
  readonly description: string;
  /** How the names of its files end, with the dot. */
  readonly extension: string;
  readonly render: (graph: DescribedGraph, style: TextStyle) => string;
}

/** The version of the shape that `schemas/graph.schema.json` describes: changed when something in it means another thing. */
const VERSION = 1;

export const GRAPH_FORMATS: Readonly<Record<string, GraphFormat>> = {
  text: { description: 'for people, in a terminal', extension: '.txt', render: graphText },
  json: { description: 'all that is known, for other programs', extension: '.json', render: graph => `${JSON.stringify({ version: VERSION, ...graph }, undefined, 2)}\n` },
  mermaid: { description: 'a flowchart, as GitHub and GitLab show it in Markdown', extension: '.mmd', render: mermaid },
};

export function graphFormatOfFile(file: string): GraphFormat | undefined {
  return Object.values(GRAPH_FORMATS).find(({ extension }) => file.toLowerCase().endsWith(extension));
}
