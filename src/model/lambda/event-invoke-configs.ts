import { functionsNamed } from './function-of';
import { Trigger } from './trigger';
import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { all, Verdict, verdict } from '../verdict';

/** A configuration of asynchronous invocation, and whether it is the one that counts. */
export interface AppliedConfig {
  readonly config: Resource;
  readonly applies: Verdict;
}

/** The configurations that may count for an asynchronous trigger: of the function, or of the very version or alias that it invokes. */
export function eventInvokeConfigsFor(app: AppModel, { fn, qualifier }: Pick<Trigger, 'fn' | 'qualifier'>): readonly AppliedConfig[] {
  return configs(app).get(fn)
    .map(config => ({ config, applies: all([qualifierIs(config, qualifier), config.exists]) }))
    .filter(({ applies }) => applies !== 'no');
}

const configs = view(app => {
  const byFunction = new Multimap<Resource, Resource>();
  for (const config of app.ofType('AWS::Lambda::EventInvokeConfig')) {
    for (const { fn } of functionsNamed(app, config.get('FunctionName'))) byFunction.add(fn, config);
  }
  return byFunction;
});

function qualifierIs(config: Resource, qualifier: Resource | undefined): Verdict {
  const named = config.get('Qualifier').or('$LATEST');
  const [target] = named.targets;
  if (target) return verdict(target === qualifier);
  if (!qualifier) return named.is('$LATEST');
  const { text } = qualifier.type === 'AWS::Lambda::Alias' ? qualifier.get('Name') : qualifier.get('Version');
  return text === undefined && named.is('$LATEST') !== 'yes' ? 'unknown' : named.is(text ?? '');
}
