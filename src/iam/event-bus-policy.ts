import { listed, statementOf } from './policy-document';
import { Statement } from './statement';
import { jsonOf } from '../model/json-text';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/**
 * The statements that a policy adds to an event bus: one that it has as a whole, or one that EventBridge makes of its parts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
 */
export function ofBusPolicy(policy: Resource): readonly Statement[] {
  const whole = jsonOf(policy.get('Statement'), policy);
  if (whole.kind === 'absent') return [ofParts(policy)];
  return listed({ value: whole, property: 'Statement', exists: policy.exists })
    .map(({ value, property, exists }) => new Statement({ resource: policy, property }, value, exists));
}

function ofParts(policy: Resource): Statement {
  const principal = policy.get('Principal');
  const isAccount = principal.branches.every(({ text }) => text !== undefined && text !== '*');
  return statementOf(policy, {
    Effect: 'Allow',
    // An account, or everybody; a parameter may be either.
    Principal: isAccount ? { AWS: principal } : principal,
    Action: policy.get('Action'),
    Condition: conditionOf(policy.get('Condition')),
  }, {});
}

/** It is written as key, type and value; the examples of AWS write it as policies do. */
function conditionOf(condition: Value): unknown {
  const [type, key] = [condition.get('Type').text, condition.get('Key').text];
  return type === undefined || key === undefined ? condition : { [type]: { [key]: condition.get('Value') } };
}
