import picomatch from 'picomatch';
import { engineFinding, isEngineRule, WAIVER_MALFORMED, WAIVER_UNUSED } from './engine-rules';
import { decided, ReportedFinding } from './finding';
import { Fault, shownPlace } from './located-document';
import { byPlace } from './run-rules';
import { completedRules, Scan } from './scan';
import { isDate, Waiver, waiverFaults } from './waiver';
import { SourcePlace } from '../model/template-source';
import { ALL_RULES } from '../rules';

/** Waivers as they were read: those that hold, and what is wrong with the others. */
export interface ReadWaivers {
  readonly waivers: readonly PlacedWaiver[];
  readonly faults: readonly Fault[];
}

export interface PlacedWaiver extends Waiver {
  /** Where it is written, if not in code. */
  readonly place?: SourcePlace;
}

/** For so many days before a waiver expires, whoever runs the checks is told. */
const NOTICE_DAYS = 14;

/** The waivers that a user's code hands over, which languages without types may have got wrong. */
export function waiversInCode(waivers: readonly Waiver[]): ReadWaivers {
  const faults = waivers.map(waiverFaults);
  return {
    waivers: waivers.filter((_, index) => faults[index].length === 0),
    faults: faults.flatMap((ofOne, index) => ofOne.map(({ message }) => ({ message: `waiver ${index + 1} in code: ${message}` }))),
  };
}

/**
 * Marks what the waivers cover. Whatever is wrong with one of them, its findings stay open and it is said: malformed and unused ones
 * are findings of their own, expired ones are named in the notices.
 *
 * @param today an ISO date; an input, so that the same app gives the same report
 */
export function applyWaivers(scan: Scan, { waivers, faults }: ReadWaivers, today: string): Scan {
  if (!isDate(today)) throw new Error(`today is \`${today}\`, expected a date such as \`2030-12-31\``);
  const scopes = waivers.map(waiver => new WaivedScope(waiver, today));
  const byRule = new Map<string, readonly WaivedScope[]>();
  const ofRule = (id: string) => byRule.get(id) ?? byRule.set(id, scopes.filter(scope => scope.isOf(id))).get(id)!;

  const findings = scan.findings.map((finding): ReportedFinding => {
    if (isEngineRule(finding.rule.id)) return finding;
    const covering = ofRule(finding.rule.id).filter(scope => scope.includes(finding.constructPath));
    covering.forEach(scope => scope.used = true);
    if (finding.status !== 'open' || covering.length === 0) return finding;
    const [first = undefined] = covering.filter(scope => !scope.expired);
    (first ? [first] : covering).forEach(scope => scope.decides++);
    return first ? decided(finding, 'waived', first.reason) : finding;
  });
  return {
    ...scan,
    findings: [...findings, ...malformed(faults), ...unused(scopes, scan)].sort(byPlace),
    notices: [...scan.notices, ...scopes.flatMap(scope => scope.notice() ?? [])],
  };
}

/** A waiver at work. */
class WaivedScope {
  public readonly expired: boolean;
  public readonly isOf: (ruleId: string) => boolean;
  public readonly includes: (constructPath: string) => boolean;
  /** Whether there is anything that it is about, covered or not. */
  public used = false;
  /** How many findings are open or waived on its account. */
  public decides = 0;

  constructor(public readonly waiver: PlacedWaiver, private readonly today: string) {
    const { rule, scope, expires } = waiver;
    this.expired = expires !== 'never' && expires < today;
    this.isOf = matcher(rule);
    // What names one construct needs no expression, which takes fifty times as long.
    this.includes = /[*?]/.test(scope) ? matcher(scope, `${scope}/**`) : path => path === scope || path.startsWith(`${scope}/`);
  }

  public get reason(): string {
    const { reason, owner, ticket, expires } = this.waiver;
    return `${reason} (${[`owner ${owner}`, ticket && `ticket ${ticket}`, expires === 'never' ? 'without expiry' : `until ${expires}`].filter(Boolean).join(', ')})`;
  }

  public notice(): string | undefined {
    const { expires, owner } = this.waiver;
    if (this.decides === 0 || expires === 'never') return undefined;
    const findings = this.decides === 1 ? '1 finding' : `${this.decides} findings`;
    if (this.expired) return `${this} expired on ${expires} and no longer covers ${findings}; its owner is ${owner}`;
    const days = (Date.parse(expires) - Date.parse(this.today)) / 86_400_000;
    if (days > NOTICE_DAYS) return undefined;
    return `${this} covers ${findings} until ${expires}, ${days === 0 ? 'its last day' : `for another ${days === 1 ? 'day' : `${days} days`}`}; its owner is ${owner}`;
  }

  public toString(): string {
    const { rule, scope, place } = this.waiver;
    return `waiver of \`${rule}\` at \`${scope}\`${place ? ` (${shownPlace(place)})` : ''}`;
  }
}

/** Only `*`, `**` and `?` mean something: braces, brackets and whatever else stand in construct paths as they are, such as `{proxy+}`. */
function matcher(...globs: readonly string[]): (text: string) => boolean {
  const expressions = globs.map(glob => picomatch.makeRe(glob.replace(/[^\w*?/ -]/gu, '\\$&'), { dot: true, windows: false }));
  return text => expressions.some(expression => expression.test(text));
}

function malformed(faults: readonly Fault[]): ReportedFinding[] {
  return faults.map(({ message, place }) => ({
    ...engineFinding(WAIVER_MALFORMED, message, message, place), status: 'open',
  }));
}

/** Waivers without a finding; not those of rules that did not look this time. */
function unused(scopes: readonly WaivedScope[], scan: Scan): ReportedFinding[] {
  const idle = scopes.filter(({ used }) => !used);
  if (idle.length === 0) return [];
  const completed = completedRules(scan);
  const ids = new Set([...ALL_RULES, ...scan.rules.map(({ rule }) => rule)].map(({ id }) => id));
  return idle.flatMap(scope => {
    const own = [...ids].filter(id => scope.isOf(id));
    if (!own.every(id => completed.has(id))) return [];
    const message = own.length > 0
      ? `${scope} covers no finding, expected its \`scope\` to match the construct path of one`
      : `${scope} names no rule, expected its \`rule\` to match the id of one`;
    const { rule, scope: place } = scope.waiver;
    return [{ ...engineFinding(WAIVER_UNUSED, message, `${rule} ${place}`, scope.waiver.place), status: 'open' as const }];
  });
}
