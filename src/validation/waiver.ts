/**
 * A decision that a finding is to stay as it is, by whom, why and until when.
 *
 * @example
 * import { ServerlessValidator } from 'cdk-secure-serverless';
 *
 * new ServerlessValidator({
 *   waivers: [{
 *     rule: 'sqs/visibility-covers-timeout',
 *     scope: 'Orders/Queue',
 *     reason: 'the reader is idempotent, see the load tests of May',
 *     owner: 'team-orders',
 *     expires: '2030-12-31',
 *   }],
 * });
 */
export interface Waiver {
  /** The id of the rule, or a glob that several ids match, such as `sqs/*`. The rules `engine/*` can't be waived. */
  readonly rule: string;

  /**
   * The path of the construct that it is for; all constructs below are included. `*` stands for any text within one id, `**` for any
   * number of ids, `?` for one character.
   */
  readonly scope: string;

  /** Why it is right to leave things as they are. */
  readonly reason: string;

  /** The person or team to ask. */
  readonly owner: string;

  /**
   * Where the decision can be read.
   *
   * @default - the decision stands in the waiver alone
   */
  readonly ticket?: string;

  /** The last day on which it holds, as `2030-12-31`; `never` if it is meant to stay. */
  readonly expires: string;
}

const FIELDS = ['rule', 'scope', 'reason', 'owner', 'ticket', 'expires'] as const;
const LONGEST_GLOB = 1000;

/** What is wrong with a field of a waiver; `field` is missing where the whole is no waiver. */
export interface WaiverFault {
  readonly field?: string;
  readonly message: string;
}

/** All that is wrong with `raw` as a waiver. `schemas/waivers.schema.json` says the same to editors. */
export function waiverFaults(raw: unknown): readonly WaiverFault[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return [{ message: `a waiver is ${shown(raw)}, expected ${FIELDS.map(field => `\`${field}\``).join(', ')}` }];
  }
  const waiver = raw as Record<string, unknown>;
  const unknown = Object.keys(waiver).filter(field => !(FIELDS as readonly string[]).includes(field))
    .map(field => ({ field, message: `there is no field ${shown(field)}; there is ${FIELDS.map(known => `\`${known}\``).join(', ')}` }));
  const wrong = FIELDS.flatMap(field => {
    const expected = expectedInstead(field, waiver[field]);
    return expected ? [{ field, message: `\`${field}\` is ${shown(waiver[field])}, expected ${expected}` }] : [];
  });
  return [...unknown, ...wrong];
}

/** Whether `text` is a day of the calendar, as `2030-12-31`. */
export function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // JavaScript takes the 31st of February for the 3rd of March.
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What a field should have been, if `value` isn't it. */
function expectedInstead(field: typeof FIELDS[number], value: unknown): string | undefined {
  const text = typeof value === 'string' && /\S/.test(value) ? value : undefined;
  switch (field) {
    case 'rule':
      if (text?.startsWith('engine/')) return 'another rule: what the engine says of itself can not be waived';
      return text && [...text].length <= LONGEST_GLOB ? undefined : 'the id of a rule, or a glob such as `sqs/*`';
    case 'scope': return text && [...text].length <= LONGEST_GLOB ? undefined : 'the path of a construct, or a glob such as `Orders/**`';
    case 'reason': return text ? undefined : 'why things are to stay as they are';
    case 'owner': return text ? undefined : 'the person or team to ask';
    case 'ticket': return text || value === undefined ? undefined : 'where the decision can be read';
    case 'expires': return text && (text === 'never' || isDate(text)) ? undefined : 'the last day on which it holds, as `2030-12-31`, or `never`';
  }
}

function shown(raw: unknown): string {
  const text = raw === undefined ? '(not set)' : JSON.stringify(raw) ?? String(raw);
  return `\`${text.length > 100 ? `${text.slice(0, 100)}...` : text}\``;
}
