import { describeCase } from './described-case';
import { describePrincipal, DescribedPrincipal } from './described-principal';
import { describeResource, DescribedResource } from './described-resource';
import { describeStatements, DescribedStatement } from './described-statement';
import { AppModel } from '../../model/app-model';
import { Access, Answer } from '../queries/access';

/** What somebody may do, in words and plain data. */
export interface DescribedAccess {
  readonly principal: DescribedPrincipal;
  readonly action: string;
  readonly resource: DescribedResource;
  readonly answer: Answer;
  /** It is allowed if all conditions of one of these lists are met; always, if there is none. */
  readonly conditions: readonly (readonly string[])[];
  readonly statements: readonly DescribedStatement[];
}

export function describeAccess(app: AppModel, { principal, action, resource, answer, cases, deciding }: Access): DescribedAccess {
  return {
    principal: describePrincipal(app, principal),
    action,
    resource: describeResource(app, resource),
    answer,
    conditions: cases.map(each => describeCase(app, each)),
    statements: describeStatements(deciding),
  };
}
