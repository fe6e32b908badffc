import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** Where a function writes its logs. */
export interface FunctionLogs {
  /** The name of the log group, as far as it is known. */
  readonly name: Value;
  /** The log group, where it is one of the app. */
  readonly logGroup?: Resource;
  /** The custom resource that sets the retention of a log group that Lambda makes itself. */
  readonly retention?: Resource;
}

/** The log group of a function: the one it is given, or the one of its name, which Lambda makes unless a template does. */
export function logGroupOf(app: AppModel, fn: Resource): FunctionLogs {
  const given = fn.get('LoggingConfig.LogGroup');
  const { text } = fn.get('FunctionName');
  if (given.kind !== 'absent') return named(given, given.targets, byName(app).get(`${fn.source.name}#${given.text}`));
  const name = text === undefined ? Value.unknown('name of a function', ['/aws/lambda/', fn.reference('Ref')]) : Value.known(`/aws/lambda/${text}`);
  return named(name, byOwner(app).get(fn), byName(app).get(`${fn.source.name}#/aws/lambda/${text}`));
}

function named(name: Value, referring: readonly Resource[], ofName: Resource | undefined): FunctionLogs {
  const logGroup = referring.find(({ type }) => type === 'AWS::Logs::LogGroup') ?? ofName;
  const retention = referring.find(({ type }) => type === 'Custom::LogRetention');
  return { name, ...logGroup ? { logGroup } : {}, ...retention ? { retention } : {} };
}

/** Log groups, and the CDK's custom resources for them, whose name contains the one of a function. */
const byOwner = view(app => {
  const groups = new Multimap<Resource, Resource>();
  for (const group of app.ofType('AWS::Logs::LogGroup', 'Custom::LogRetention')) {
    const name = group.get('LogGroupName');
    const [prefix] = name.parts;
    if (prefix !== '/aws/lambda/' || name.parts.length !== 2) continue;
    for (const fn of name.targets) groups.add(fn, group);
  }
  return groups;
});

/** A name counts within one stack: stages repeat it. */
const byName = view(app => new Map(app.ofType('AWS::Logs::LogGroup').flatMap(group => {
  const { text } = group.get('LogGroupName');
  return text === undefined ? [] : [[`${group.source.name}#${text}`, group] as const];
})));
