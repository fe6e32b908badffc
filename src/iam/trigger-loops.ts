import { executionRole } from './execution-roles';
import { overlap } from './pattern';
import { namesOf } from './secure-transport';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Trigger, TriggerService } from '../model/lambda/trigger';
import { triggers } from '../model/lambda/triggers';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, any, Verdict } from '../model/verdict';

/** Whether a function may write to what triggers it. */
export interface TriggerLoop {
  readonly trigger: Trigger;
  readonly source: Resource;
  /** What allows it to, or may do so. */
  readonly statement?: Statement;
  readonly closed: Verdict;
}

/** What a function that has it can feed its own trigger with. */
const WRITES: Partial<Record<TriggerService, readonly string[]>> = {
  dynamodb: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  kinesis: ['kinesis:PutRecord', 'kinesis:PutRecords'],
  s3: ['s3:PutObject'],
  sns: ['sns:Publish'],
  sqs: ['sqs:SendMessage'],
};

/** The triggers of a function that it could feed, and whether its role lets it; none where nothing is known of the role. */
export function triggerLoopsOf(app: AppModel, fn: Resource): readonly TriggerLoop[] {
  const role = executionRole(app, fn);
  if (!role?.resource) return [];
  return triggers(app).of(fn).flatMap(trigger => {
    const actions = WRITES[trigger.service];
    const [source] = trigger.source.targets;
    if (!actions || !source) return [];
    const names = namesOf(source);
    const judged = role.written.map(statement => ({ statement, closed: closes(statement, actions, trigger, names) }));
    const decisive = judged.find(({ closed }) => closed === 'yes') ?? judged.find(({ closed }) => closed === 'unknown');
    return [{ trigger, source, closed: decisive?.closed ?? (role.isWhole ? 'no' : 'unknown'), statement: decisive?.statement }];
  });
}

function closes(statement: Statement, actions: readonly string[], trigger: Trigger, names: (element: Value) => Verdict): Verdict {
  // Most statements are about something else, which costs less to see than what they allow.
  const concerned = statement.covers(names);
  if (concerned === 'no') return 'no';
  const writes = all([statement.allows, any(actions.map(action => statement.concerns(action)))]);
  return writes === 'no' ? 'no' : all([concerned, writes, unfiltered(statement, trigger)]);
}

/** Whether what is written there triggers the function at all. A filter by content or suffix can't be held against a policy. */
function unfiltered(statement: Statement, { service, resource, property }: Trigger): Verdict {
  if (service !== 's3') return ['FilterCriteria', 'FilterPolicy'].every(filter => resource.get(filter).isSet === 'no') ? 'yes' : 'unknown';
  const rules = filterRules(resource.get(property.slice(0, property.lastIndexOf('.'))));
  const suffixed = rules.some(rule => rule.get('Name').text?.toLowerCase() !== 'prefix');
  const prefixes = rules.filter(rule => rule.get('Name').text?.toLowerCase() === 'prefix').map(rule => rule.get('Value').text);
  const separate = prefixes.some(prefix => prefix !== undefined && statement.resources.each.every(each => apart(each, prefix)));
  return separate ? 'no' : suffixed || prefixes.includes(undefined) ? 'unknown' : 'yes';
}

/** The rules of a notification, as the bucket itself has them or the CDK's custom resource. */
function filterRules(notification: Value): readonly Value[] {
  return [...notification.get('Filter.S3Key.Rules').items, ...notification.get('Filter.Key.FilterRules').items];
}

/** Whether no key below a prefix is meant by an element `Resource`, such as `${Bucket.Arn}/thumbnails/*`. */
function apart(element: Value, prefix: string): boolean {
  const keys = element.parts.length === 2 ? element.parts[1] : undefined;
  return element.kind === 'reference' || typeof keys === 'string' && !overlap(keys, `/${prefix}*`);
}
