import { AccessChange, AccessDiff, ChangeKind, DescribedPlace, Narrowing } from '../../src/access/diff/access-change';

const KINDS: readonly ChangeKind[] = ['public', 'escalation', 'attack path', 'principal', 'boundary', 'action', 'resource', 'condition', 'egress'];

/** A change of each kind, sure and not, and something that is gone, with a text wherever a template or a construct path can put it. */
export function sampleDiff(text = 'Orders/Queue'): AccessDiff {
  const principals = [{ kind: 'role' as const, name: text, functions: [text] }];
  const place: DescribedPlace = { constructPath: text, property: text, text: `\`Allow\` of \`${text}\` on ${text}`, source: { file: text, line: 1, column: 1 } };
  const change = (kind: ChangeKind, isSure: boolean): AccessChange => ({
    kind,
    isSure,
    principals,
    actions: [text],
    resources: [text],
    ...kind === 'escalation' || kind === 'attack path' ? { steps: [`${text} takes ${text}`, text] } : {},
    ...isSure ? { example: { action: 'sqs:PurgeQueue', resource: text, context: [`aws:principaltag/team = ${text}`] } } : {},
    now: [place],
    before: isSure ? [] : [{ constructPath: text, text }],
  });
  const narrowing: Narrowing = { principals, actions: [text], resources: [text] };
  return { changes: [true, false].flatMap(isSure => KINDS.map(kind => change(kind, isSure))), narrowings: [narrowing] };
}
