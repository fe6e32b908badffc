import { view } from '../app-model';
import { Resource } from '../resource';

/** Properties of other resources that watch alarms. */
const WATCHERS: Readonly<Record<string, readonly [list: string, element: string]>> = {
  'AWS::CodeDeploy::DeploymentGroup': ['AlarmConfiguration.Alarms', 'Name'],
  'AWS::AppConfig::Environment': ['Monitors', 'AlarmArn'],
};

/** The alarms that something else of the app watches: composite alarms and deployments, which roll back. */
export const usedAlarms = view((app): ReadonlySet<Resource> => {
  const byName = new Map(app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap(alarm => {
    const { text } = alarm.get('AlarmName');
    return text === undefined ? [] : [[`${alarm.source.name} ${text}`, alarm] as const];
  }));
  const used = new Set<Resource>();
  for (const composite of app.ofType('AWS::CloudWatch::CompositeAlarm')) {
    const rule = composite.get('AlarmRule');
    rule.targets.forEach(alarm => used.add(alarm));
    for (const [, name] of (rule.text ?? '').matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)/g)) {
      const alarm = byName.get(`${composite.source.name} ${name.replace(/^arn:.*:alarm:/, '')}`);
      if (alarm) used.add(alarm);
    }
  }
  for (const [type, [list, element]] of Object.entries(WATCHERS)) {
    app.ofType(type).flatMap(watcher => watcher.get(list).items).flatMap(item => item.get(element).targets).forEach(alarm => used.add(alarm));
  }
  return used;
});
