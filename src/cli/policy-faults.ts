import { isMap } from '../model/value';
import { Fault, LocatedDocument } from '../validation/located-document';

/** Service control policies, which name nobody, and resource control policies, which hold for everybody. */
export type PolicyKind = 'scp' | 'rcp';

type Path = readonly (string | number)[];

/**
 * What keeps a document from being a policy of an organization, each with its place.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function policyFaults(document: LocatedDocument, kind: PolicyKind): readonly Fault[] {
  const { value } = document;
  const fault = (message: string, path: Path, of?: 'key'): Fault => ({ message, place: document.placeOf(path, of) });
  if (!isMap(value) || !Object.hasOwn(value, 'Statement')) return [fault('the file is no policy, expected a map with `Statement`', [])];
  const { Statement: all } = value;
  const statements = Array.isArray(all) ? all.map((each, at) => [each, ['Statement', at]] as const) : [[all, ['Statement']] as const];
  return statements.flatMap(([statement, path]) => isMap(statement) ? statementFaults(statement, path, kind, fault)
    : [fault('the statement is no map, expected one with `Effect`, `Action` and `Resource`', path)]);
}

function statementFaults(
  statement: Record<string, unknown>, path: Path, kind: PolicyKind, fault: (message: string, path: Path, of?: 'key') => Fault,
): readonly Fault[] {
  const { Effect: effect, Principal: principal } = statement;
  const has = (element: string) => Object.hasOwn(statement, element);
  return [
    ...effect === 'Allow' || effect === 'Deny' ? []
      : [fault(`\`Effect\` is \`${JSON.stringify(effect) ?? '(not set)'}\`, expected \`Allow\` or \`Deny\``, [...path, 'Effect'])],
    ...['Action', 'Resource'].flatMap(element => {
      const written = [element, `Not${element}`].filter(has);
      if (written.length !== 1) return [fault(`the statement has ${written.length === 0 ? 'no' : 'both'} \`${element}\` and ${written.length === 0 ? 'no ' : ''}\`Not${element}\`, expected one of them`, path)];
      return isTexts(statement[written[0]]) ? [] : [fault(`\`${written[0]}\` is \`${JSON.stringify(statement[written[0]])}\`, expected a text or a list of texts`, [...path, written[0]])];
    }),
    ...kind === 'scp' ? ['Principal', 'NotPrincipal'].filter(has).map(element =>
      fault(`there is no \`${element}\` in service control policies, which hold for all of an account`, [...path, element], 'key')) : [],
    ...kind === 'rcp' && principal !== '*'
      ? [fault(`\`Principal\` is \`${JSON.stringify(principal) ?? '(not set)'}\`, expected \`"*"\`: resource control policies hold for everybody`, [...path, 'Principal'])] : [],
  ];
}

function isTexts(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'string');
}
