import { AccessStatement, givenStatements } from './given-statements';
import { Statement } from '../../iam/statement';
import { view } from '../../model/app-model';
import { names } from '../names/names';

/** The statements of identities as plain data, each brought to that form once, whoever has them. */
export const translate = view(app => {
  const known = new Map<Statement, readonly AccessStatement[]>();
  return (statement: Statement): readonly AccessStatement[] => {
    const found = known.get(statement) ?? givenStatements(statement, names(app));
    known.set(statement, found);
    return found;
  };
});
