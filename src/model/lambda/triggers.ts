import { API_TRIGGERS } from './api-triggers';
import { ASYNCHRONOUS_TRIGGERS } from './asynchronous-triggers';
import { POLLED_TRIGGERS } from './event-sources';
import { functionsNamed } from './function-of';
import { permittedTriggers } from './permitted-triggers';
import { STATE_MACHINE_TRIGGERS } from './state-machine-tasks';
import { customResource, SYNCHRONOUS_TRIGGERS } from './synchronous-triggers';
import { INVOCATIONS, Trigger, TriggerFact, TriggerReader } from './trigger';
import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** What invokes the functions of an app, as far as the app shows. */
export interface Triggers {
  readonly all: readonly Trigger[];
  /** The triggers of one function, itself or through a version or alias. */
  of(fn: Resource): readonly Trigger[];
}

export const triggers = view((app): Triggers => {
  const all: Trigger[] = [];
  const byFunction = new Multimap<Resource, Trigger>();
  const add = (trigger: Trigger) => {
    all.push(trigger);
    byFunction.add(trigger.fn, trigger);
  };
  const readers = new Map<string, readonly TriggerReader[]>();
  for (const resource of app.resources) {
    let ofType = readers.get(resource.type);
    if (!ofType) readers.set(resource.type, ofType = readersOf(resource.type));
    for (const read of ofType) for (const fact of read(resource, app)) addTriggers(app, resource, fact, add);
  }
  permittedTriggers(app, fn => byFunction.get(fn)).forEach(add);
  return { all, of: fn => byFunction.get(fn) };
});

const READERS: ReadonlyMap<string, TriggerReader> = new Map(Object.entries<TriggerReader>({
  ...API_TRIGGERS,
  ...ASYNCHRONOUS_TRIGGERS,
  ...POLLED_TRIGGERS,
  ...STATE_MACHINE_TRIGGERS,
  ...SYNCHRONOUS_TRIGGERS,
}));

/** Custom resources have a handler, whatever else they say: the CDK's bucket notifications name other functions. */
function readersOf(type: string): readonly TriggerReader[] {
  const read = READERS.get(type);
  const custom = type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource' ? [customResource] : [];
  return read ? [read, ...custom] : custom;
}

function addTriggers(app: AppModel, resource: Resource, fact: TriggerFact, add: (trigger: Trigger) => void): void {
  if (fact.names.kind === 'absent') return;
  for (const { fn, qualifier } of functionsNamed(app, fact.names)) {
    add({
      fn,
      qualifier,
      service: fact.service,
      invocation: fact.invocation ?? INVOCATIONS[fact.service],
      resource,
      property: fact.property,
      source: fact.source ?? Value.ABSENT,
      wait: fact.wait,
    });
  }
}
