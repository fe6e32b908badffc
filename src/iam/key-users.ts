import { policiesOn } from './resource-policies';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, Verdict } from '../model/verdict';

/**
 * Whether the policy of a key lets a service of AWS use it for some resource: conditions, which narrow that down to resources of
 * one's own, are taken to be met. What a key from elsewhere allows is unknown.
 */
export function mayUseKey(app: AppModel, key: Value, service: string, actions: readonly string[]): Verdict {
  const found = keyOf(key);
  if (!found) return 'unknown';
  const statements = policiesOn(app, found);
  return all(actions.map(action => any(statements.map(statement => all([
    statement.allows,
    statement.concerns(action),
    any([
      statement.admits(({ type, value }) => type === 'Service' ? isNamed(value, service) : 'no'),
      all([
        statement.admits(({ type, value }) => type === '*' ? 'yes' : type === 'AWS' ? isEverybody(value) : 'no'),
        // Conditions by which everybody is narrowed down are mostly such as no service meets.
        statement.isConditional === 'no' ? 'yes' : 'unknown',
      ]),
    ]),
  ])))));
}

/** An ARN of which only a part is known names somebody. */
function isEverybody(value: Value): Verdict {
  return value.parts.length > 0 || value.kind === 'reference' ? 'no' : value.is('*');
}

/** The domain of a service may be left to the region: `cloudwatch.${AWS::URLSuffix}`. */
function isNamed(value: Value, service: string): Verdict {
  return value.text === undefined && value.parts[0] === `${service.split('.')[0]}.` ? 'yes' : value.is(service);
}

function keyOf(key: Value): Resource | undefined {
  const target = key.target?.type === 'AWS::KMS::Alias' ? key.target.get('TargetKeyId').target : key.target;
  return target?.type === 'AWS::KMS::Key' ? target : undefined;
}
