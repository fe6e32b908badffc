import { AppModel, view } from '../app-model';
import { functionsNamed } from '../lambda/function-of';
import { Resource } from '../resource';
import { Value } from '../value';
import { all, any, Verdict } from '../verdict';

/** What a function is watched by. */
export interface Watch {
  readonly holds: Verdict;
  /** The alarms that watch it, or may. */
  readonly alarms: readonly Resource[];
}

/** An alarm on a metric of all functions of a region, or of those that its query selects. */
interface Fleet {
  readonly alarm: Resource;
  /** Tags that a function must have; nothing if the query selects in a way that isn't known here. */
  readonly tags?: readonly (readonly [key: string, value: string])[];
}

/** The alarms of an app on one metric of Lambda functions. */
export class FunctionAlarms {
  private readonly byFunction = new Map<Resource, Resource[]>();
  /** By environment, and for those that select by tag, by the first tag as well; of those that select alike, one that is sure to be made. */
  private readonly fleets = new Map<string, Map<string, Fleet>>();
  private readonly undecided: Resource[] = [];

  constructor(private readonly app: AppModel, private readonly metric: string) {
    for (const alarm of app.ofType('AWS::CloudWatch::Alarm')) {
      this.addMetric(alarm, alarm.properties);
      for (const query of alarm.get('Metrics').items) {
        this.addMetric(alarm, query.get('MetricStat.Metric'));
        this.addQuery(alarm, query.get('Expression'));
      }
    }
  }

  /** Whether an alarm watches a function, by itself or among others. */
  public watching(fn: Resource): Watch {
    const own = this.byFunction.get(fn) ?? [];
    const environment = environmentOf(fn);
    const fleets = [environment, ...fn.get('Tags').items.map(tag => `${environment} ${tag.get('Key')}=${tag.get('Value')}`)]
      .flatMap(key => [...this.fleets.get(key)?.values() ?? []]);
    const watched = any([
      ...own.map(alarm => alarm.exists),
      ...fleets.map(({ alarm, tags }) => all([alarm.exists, tags ? hasTags(fn, tags) : 'unknown'])),
      this.undecided.length > 0 ? 'unknown' : 'no',
    ]);
    const alarms = [...own, ...fleets.map(({ alarm }) => alarm)];
    return { holds: watched, alarms: alarms.length > 0 ? alarms : this.undecided.slice(0, 1) };
  }

  private addMetric(alarm: Resource, metric: Value): void {
    const isWatched = all([metric.get('Namespace').is('AWS/Lambda'), metric.get('MetricName').is(this.metric)]);
    if (isWatched === 'no') return;
    const dimensions = metric.get('Dimensions');
    const name = dimensions.items.find(dimension => dimension.get('Name').is('FunctionName') !== 'no')?.get('Value');
    const functions = name ? functionsNamed(this.app, name) : [];
    if (isWatched === 'unknown' || name?.kind === 'unknown' && functions.length === 0) this.undecided.push(alarm);
    else if (dimensions.items.length === 0) this.addFleet(environmentOf(alarm), { alarm, tags: [] });
    for (const { fn } of functions) {
      const others = this.byFunction.get(fn);
      if (others) others.push(alarm);
      else this.byFunction.set(fn, [alarm]);
    }
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html */
  private addQuery(alarm: Resource, expression: Value): void {
    const query = expression.kind === 'absent' ? '' : expression.text ?? expression.parts.map(String).join('');
    if (!/^\s*SELECT\b/i.test(query) || !query.includes('AWS/Lambda') || !new RegExp(`\\(\\s*"?${this.metric}"?\\s*\\)`).test(query)) return;
    const where = /\bWHERE\b(.*?)(?:\bGROUP\s+BY\b|\bORDER\s+BY\b|\bLIMIT\b|$)/is.exec(query)?.[1];
    const tags = where === undefined ? [] : where.split(/\bAND\b/i).map(condition => /^\s*tag\."?([^"=]+?)"?\s*=\s*'([^']*)'\s*$/.exec(condition));
    const [first] = tags;
    if (tags.includes(null)) this.addFleet(environmentOf(alarm), { alarm });
    else this.addFleet(first ? `${environmentOf(alarm)} ${first[1]}=${first[2]}` : environmentOf(alarm), { alarm, tags: tags.map(tag => [tag![1], tag![2]]) });
  }

  private addFleet(key: string, fleet: Fleet): void {
    const selection = JSON.stringify(fleet.tags ?? null);
    const alike = this.fleets.get(key) ?? new Map<string, Fleet>();
    if (alike.get(selection)?.alarm.exists !== 'yes') alike.set(selection, fleet);
    this.fleets.set(key, alike);
  }
}

/** The alarms on failed invocations. */
export const errorAlarms = view(app => new FunctionAlarms(app, 'Errors'));

function hasTags(fn: Resource, tags: readonly (readonly [string, string])[]): Verdict {
  return all(tags.map(([key, value]) => any(fn.get('Tags').items.map(tag => all([tag.get('Key').is(key), tag.get('Value').is(value)])))));
}

/** Metrics are those of one account and region. */
function environmentOf({ source }: Resource): string {
  return `${source.account ?? ''}/${source.region ?? ''}`;
}
