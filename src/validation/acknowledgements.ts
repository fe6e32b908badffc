import { NO_PLUGIN, qualifiedId } from './acknowledgement-ids';
import { PLUGIN_NAME } from './acknowledgement-line';
import { ACKNOWLEDGEMENT_WITHOUT_PLUGIN, engineFinding, ENGINE_RULES, RULE_FAILED } from './engine-rules';
import { decided, Finding, ReportedFinding } from './finding';
import { byPlace } from './run-rules';
import { Scan } from './scan';
import { Acknowledgement, TemplateSource } from '../model/template-source';
import { ALL_RULES } from '../rules';

/** How acknowledgements name what they accept. */
export interface AcknowledgedNames {
  /** As what an acknowledgement may name a finding, in the way the CDK records it. */
  readonly idsOf: (finding: Finding) => readonly string[];
  /** Whether acknowledgements have to name the plugin. */
  readonly namesPlugin: boolean;
}

const PLUGIN: AcknowledgedNames = { idsOf: qualifiedId, namesPlugin: true };

/**
 * Marks what was accepted in the code of the apps that the sources come from: at the construct that a finding is on, or above it.
 *
 * @param concerns whether the findings are about what is at a construct path, below or above it
 */
export function applyAcknowledgements(
  scan: Scan, sources: readonly TemplateSource[], names = PLUGIN, concerns: (constructPath: string) => boolean = () => true,
): Scan {
  const apps = new Map<readonly Acknowledgement[], AcknowledgedRules>();
  // What one app accepts says nothing about another whose constructs have the same paths.
  const byStack = new Map<string, AcknowledgedRules>();
  for (const source of sources) {
    const all = source.acknowledgements?.();
    if (!all) continue;
    const app = apps.get(all) ?? new AcknowledgedRules(all, names);
    apps.set(all, app);
    byStack.set(source.name, app);
  }
  const accepted = [...apps.values()].some(({ isEmpty }) => !isEmpty);
  const findings = accepted ? scan.findings.map(finding => byStack.get(finding.stack)?.decided(finding) ?? finding) : scan.findings;
  if (!accepted || !names.namesPlugin) return { ...scan, findings };
  const ids = new Set([...ALL_RULES, ...ENGINE_RULES].map(({ id }) => id));
  const nameless = [...apps.values()].flatMap(app => app.nameless(ids)).filter(({ constructPath }) => concerns(constructPath));
  return { ...scan, findings: nameless.length === 0 ? findings : [...findings, ...nameless].sort(byPlace) };
}

/** The acknowledgements of one app, by id and place. */
class AcknowledgedRules {
  private readonly reasons: ReadonlyMap<string, string>;

  constructor(private readonly all: readonly Acknowledgement[], private readonly names: AcknowledgedNames) {
    this.reasons = new Map(all.map(({ constructPath, id, reason }) => [key(id, constructPath), reason]));
  }

  /** Whether nothing was accepted. */
  public get isEmpty(): boolean {
    return this.reasons.size === 0;
  }

  /** The finding, marked if it was accepted. */
  public decided(finding: ReportedFinding): ReportedFinding {
    // A rule that threw stays what it is: nobody knows what would be accepted.
    const open = !this.isEmpty && finding.status === 'open' && finding.rule.id !== RULE_FAILED.id;
    const reason = open ? this.reason(this.names.idsOf(finding), finding.constructPath) : undefined;
    return reason === undefined ? finding : decided(finding, 'acknowledged', reason);
  }

  /** A finding for each acknowledgement of one of `ids` that names no plugin, so that the CDK takes it for one of an annotation. */
  public nameless(ids: ReadonlySet<string>): ReportedFinding[] {
    return this.all.flatMap(({ id: recorded, constructPath }) => {
      const id = recorded.startsWith(NO_PLUGIN) ? recorded.slice(NO_PLUGIN.length) : undefined;
      if (id === undefined || !ids.has(id)) return [];
      const message = `the acknowledgement of \`${id}\` names no plugin and matches nothing, expected \`${PLUGIN_NAME}::${id}\``;
      const finding = engineFinding(ACKNOWLEDGEMENT_WITHOUT_PLUGIN, message, `${id} ${constructPath}`);
      return this.decided({ ...finding, constructPath, status: 'open' });
    });
  }

  /** Why one of `ids` was accepted at a construct or above it; the nearest reason wins, as in the CDK. */
  private reason(ids: readonly string[], constructPath: string): string | undefined {
    for (let path: string | undefined = constructPath; path !== undefined; path = parent(path)) {
      for (const id of ids) {
        const reason = this.reasons.get(key(id, path));
        if (reason !== undefined) return reason;
      }
    }
    return undefined;
  }
}

function key(id: string, constructPath: string): string {
  return `${id} ${constructPath}`;
}

function parent(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
