import { serviceOf } from './principal';
import { resourceStatements } from './resource-policies';
import { namesSource } from './source-conditions';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Verdict } from '../model/verdict';

/** What a policy lets services do, which do what their customers ask for. */
export interface ServiceGrant {
  readonly statement: Statement;
  /** `s3`, `sns`. */
  readonly services: readonly string[];
  /** Whether it says on whose behalf. */
  readonly namesSource: Verdict;
}

/** What policies of some types allow services, but those of which none is asked to say on whose behalf. */
export function serviceGrants(app: AppModel, types: readonly string[], sourceless: readonly string[]): readonly ServiceGrant[] {
  return app.ofType(...types).flatMap(policy => resourceStatements(app).get(policy) ?? []).flatMap(statement => {
    const services = statement.principals.filter(({ type }) => type === 'Service').flatMap(({ value }) => serviceOf(value) ?? []);
    if (statement.allows === 'no' || services.every(service => sourceless.includes(service))) return [];
    return [{ statement, services, namesSource: namesSource(statement) }];
  });
}
