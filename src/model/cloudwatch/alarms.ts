import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { TemplateSource } from '../template-source';
import { Value } from '../value';
import { Verdict } from '../verdict';

/** Properties of other resources that watch alarms. */
const WATCHERS: Readonly<Record<string, readonly [list: string, element: string]>> = {
  'AWS::CodeDeploy::DeploymentGroup': ['AlarmConfiguration.Alarms', 'Name'],
  'AWS::AppConfig::Environment': ['Monitors', 'AlarmArn'],
};

/** Whether something else of the app watches an alarm: a composite alarm, or a deployment, which rolls back. */
export function isWatched(app: AppModel, alarm: Resource): Verdict {
  const { alarms, isOpen } = watchedAlarms(app);
  if (alarms.has(alarm)) return 'yes';
  return isOpen ? 'unknown' : 'no';
}

const watchedAlarms = view(app => {
  const alarms = new Set<Resource>();
  let isOpen = false;
  const watch = (watcher: Resource, named: Value, names: readonly string[]) => {
    named.targets.forEach(alarm => alarms.add(alarm));
    for (const name of names) {
      const meant = alarmsNamed(app, watcher, name);
      meant.forEach(alarm => alarms.add(alarm));
      // What only deployment knows may be the name of any.
      isOpen ||= meant.length === 0 && /\$\{(?!AWS::)/.test(name);
    }
  };
  for (const composite of app.ofType('AWS::CloudWatch::CompositeAlarm')) {
    for (const rule of composite.get('AlarmRule').branches) watch(composite, rule, namesIn(rule));
  }
  for (const [type, [list, element]] of Object.entries(WATCHERS)) {
    for (const watcher of app.ofType(type)) {
      for (const name of watcher.get(list).items.flatMap(item => item.get(element).branches)) watch(watcher, name, [written(name)]);
    }
  }
  return { alarms, isOpen };
});

/** The names in the rule of a composite alarm; of a rule that nothing is known of, what it is known by. */
function namesIn(rule: Value): readonly string[] {
  if (rule.kind === 'unknown' && rule.parts.length === 0) return [String(rule)];
  return [...written(rule).matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]{1,400}?)"?\s*\)/g)].map(([, name]) => name);
}

/** A text as far as it is known, without the resources that it names. */
function written(value: Value): string {
  if (value.kind === 'reference' || value.kind === 'absent') return '';
  return value.parts.length > 0 ? value.parts.map(part => typeof part === 'string' ? part : written(part)).join('') : String(value);
}

/** The alarms that are meant by a name or an ARN: of the same stack, or else of another one with the same environment. */
function alarmsNamed(app: AppModel, { source }: Resource, named: string): readonly Resource[] {
  const { ofStack, ofEnvironment } = alarmsByName(app);
  const name = named.replace(/^arn:.*:alarm:/, '');
  if (name === '') return [];
  const own = ofStack.get(`${source.name} ${name}`);
  const others = ofEnvironment.get(`${environmentOf(source)} ${name}`);
  return own.length > 0 || others.length !== 1 ? own : others;
}

const alarmsByName = view(app => {
  const [ofStack, ofEnvironment] = [new Multimap<string, Resource>(), new Multimap<string, Resource>()];
  for (const alarm of app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
    const name = written(alarm.get('AlarmName'));
    ofStack.add(`${alarm.source.name} ${name}`, alarm);
    ofEnvironment.add(`${environmentOf(alarm.source)} ${name}`, alarm);
  }
  return { ofStack, ofEnvironment };
});

function environmentOf({ account = '', region = '' }: TemplateSource): string {
  return `${account}/${region}`;
}
