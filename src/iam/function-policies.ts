import { resourceStatements } from './resource-policies';
import { Statement } from './statement';
import { view } from '../model/app-model';
import { all, any, Verdict } from '../model/verdict';

/** The statements by which others may use functions, as permissions and as whole policies. */
export const functionPolicies = view(app => {
  const statements = resourceStatements(app);
  return app.ofType('AWS::Lambda::Permission', 'AWS::Lambda::ResourcePolicy').flatMap(policy => statements.get(policy) ?? []);
});

/** Whether a statement is one of the two that open a URL without authentication, which are in force by the URL alone. */
export function isOfUrl(statement: Statement): Verdict {
  const withoutAuthentication = statement.requires(({ key, values }) => key === 'lambda:functionurlauthtype' ? values.is('NONE') : 'no');
  const throughUrl = statement.requires(({ key, values }) => key === 'lambda:invokedviafunctionurl' ? values.isTrue : 'no');
  return any([withoutAuthentication, all([throughUrl, statement.concerns('lambda:InvokeFunction')])]);
}
