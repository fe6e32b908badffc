import { Resource } from '../resource';
import { Value } from '../value';

/** The function that a value names, if it is one of the app: by name, ARN, version or alias, also within a longer text. */
export function functionOf(value: Value): Resource | undefined {
  const [target] = value.targets;
  switch (target?.type) {
    case 'AWS::Lambda::Function': return target;
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version': return functionOf(target.get('FunctionName'));
    default: return undefined;
  }
}
