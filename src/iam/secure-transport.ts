import { policiesOn } from './resource-policies';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, not, Verdict, verdict } from '../model/verdict';

/**
 * Whether the policies on a resource deny each of `actions` to everybody who asks without TLS.
 *
 * @param names whether an element `Resource` takes in what is to be protected
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
 */
export function requiresTls(app: AppModel, resource: Resource, actions: readonly string[], names: (element: Value) => Verdict): Verdict {
  const policies = policiesOn(app, resource);
  if (policies.length === 0) return 'no';
  const denials = policies.filter(statement => statement.denies !== 'no')
    .map(statement => [statement, all([statement.denies, toEverybody(statement), withoutTls(statement), statement.covers(names)])] as const)
    .filter(([, applies]) => applies !== 'no');
  return all(actions.map(action => any(denials.map(([statement, applies]) => all([applies, statement.concerns(action)])))));
}

/** Whether an element `Resource` names a resource of the app, or everything. */
export function namesOf(resource: Resource): (element: Value) => Verdict {
  return element => {
    if (element.kind === 'reference') return verdict(element.target === resource);
    if (element.targets.length > 0) return verdict(element.targets.includes(resource));
    if (element.text === undefined) return 'unknown';
    // A name that CloudFormation makes up stands in no template.
    const name = NAMES.map(property => resource.get(property).text).find(text => text !== undefined);
    return verdict(element.text === '*' || name !== undefined && element.text.split(/[:/]/).includes(name));
  };
}

const NAMES = ['QueueName', 'TopicName', 'BucketName'];

function toEverybody(statement: Statement): Verdict {
  return statement.admits(({ type, value }) => type === '*' || type === 'AWS' ? value.is('*') : 'no');
}

/** Any further test would let some through. */
function withoutTls(statement: Statement): Verdict {
  const tls = ({ operator, key, values }: { operator: string; key: string; values: Value }) =>
    /^Bool(IfExists)?$/.test(operator) && key === 'aws:securetransport' ? values.items.length === 1 ? values.items[0].is(false) : 'no' : 'no';
  return all([statement.requires(tls), not(statement.requires(each => not(tls(each))))]);
}
