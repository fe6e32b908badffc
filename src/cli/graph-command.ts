import * as fs from 'fs';
import * as path from 'path';
import { Command, Option } from 'commander';
import { theOne } from './access-question';
import { ExitCode } from './exit-code';
import { organizationIn, OrganizationOptions, withOrganization } from './organization-options';
import { readApp } from './read-app';
import { repeated } from './repeated';
import { CannotRun, Terminal } from './terminal';
import { DescribedGraph, describeGraph } from '../access/descriptions/described-graph';
import { neighbourhood } from '../access/descriptions/graph-part';
import { nodeNamed } from '../access/graph/look-up-node';
import { AppModel } from '../model/app-model';
import { GRAPH_FORMATS, graphFormatOfFile } from '../report/graph/graph-format';

interface GraphOptions extends OrganizationOptions {
  readonly format: string;
  readonly focus?: string;
  readonly output?: readonly string[];
}

/** `graph`: who can do what to whom, and how the internet gets at what is sensitive. */
export function graphCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const command = program.command('graph')
    .description('Show who can do what to whom in an app, and the ways from the internet to data, secrets and more rights')
    .argument('<path>', 'folder of a cloud assembly, JSON or YAML template, or a folder of these')
    .addOption(new Option('-f, --format <format>', 'what is written to the terminal').choices(Object.keys(GRAPH_FORMATS)).default('text'))
    .option('--focus <construct>', 'only what is next to this construct path or logical id, or to `internet`, and the attack paths through it')
    .option('-o, --output <file>', 'also write the graph to this file, in the format of its extension; can be repeated', repeated);
  withOrganization(command)
    .action((given: string, options: GraphOptions) => end(showGraph(given, options, terminal)));
}

function showGraph(given: string, { format, focus, output = [], ...policies }: GraphOptions, terminal: Terminal): ExitCode {
  const files = filesOf(output);
  const read = readApp(given, terminal, organizationIn(policies));
  if (!read) return ExitCode.COULD_NOT_RUN;
  const graph = graphOf(read.app, focus);
  for (const { file, render } of files) {
    fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    fs.writeFileSync(file, render(graph, { colors: false }));
  }
  terminal.out(GRAPH_FORMATS[format].render(graph, terminal));
  return read.isWhole ? ExitCode.CLEAN : ExitCode.COULD_NOT_RUN;
}

function graphOf(app: AppModel, focus: string | undefined): DescribedGraph {
  if (focus === undefined) return describeGraph(app);
  const [{ id }] = theOne(nodeNamed(app, focus), focus, 'function, role or resource');
  return neighbourhood(describeGraph(app), id);
}

/** The files to write, asked for before anything is read or written. */
function filesOf(output: readonly string[]) {
  const extensions = Object.values(GRAPH_FORMATS).map(({ extension }) => `\`${extension}\``).join(', ');
  const unknown = output.filter(file => !graphFormatOfFile(file)).map(file => `--output has \`${file}\`, expected an extension of ${extensions}`);
  if (unknown.length > 0) throw new CannotRun(unknown.join('\n'));
  return output.map(file => ({ file, render: graphFormatOfFile(file)!.render }));
}
