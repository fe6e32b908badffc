import { actionsMatching } from './data/actions';
import { WITHOUT_RESOURCES } from './data/at-hand';
import { covers } from './pattern';
import { Value } from '../model/value';
import { Verdict, verdict } from '../model/verdict';

/**
 * Actions for which a resource can be named, and seldom is: the network interfaces of functions have no names that somebody could know,
 * few actions that describe what EC2 has take any, and of the others the resource is one that most calls are not about.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
const SELDOM_LIMITED = [
  'ec2:createnetworkinterface', 'ec2:deletenetworkinterface', 'ec2:assignprivateipaddresses', 'ec2:unassignprivateipaddresses',
  'ec2:assignipv6addresses', 'ec2:unassignipv6addresses', 'ec2:getsecuritygroupsforvpc', 'ec2:describe*',
  'ce:get*', 'cloudwatch:getmetricdata', 'cloudwatch:listmetrics', 'cloudwatch:putmetricdata', 'comprehend:detect*', 'rekognition:detectmoderationlabels',
];

/**
 * Whether an action, or one of those that a pattern matches, can be limited to resources. Of what AWS doesn't have nothing is known.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function takesResources(action: Value): Verdict {
  const text = action.text?.toLowerCase();
  if (text === undefined) return 'unknown';
  const known = byText.get(text) ?? find(text);
  if (byText.size < MOST_TEXTS) byText.set(text, known);
  return known;
}

/** Policies name the same few over and over. */
const byText = new Map<string, Verdict>();
const MOST_TEXTS = 5000;

function find(text: string): Verdict {
  const [service, name = ''] = text.split(':');
  if (service === '*') return 'yes';
  if (SELDOM_LIMITED.some(pattern => covers(pattern, text))) return 'no';
  // The table of all actions takes time to read, and is needed for few apps.
  if (commonWithoutResources(service).has(name)) return 'no';
  const actions = actionsMatching(text).filter(each => !SELDOM_LIMITED.some(pattern => covers(pattern, each.name.toLowerCase())));
  return actions.length === 0 ? 'unknown' : verdict(actions.some(({ resources }) => resources.length > 0));
}

function commonWithoutResources(service: string): ReadonlySet<string> {
  const known = byService.get(service) ?? new Set(Object.hasOwn(WITHOUT_RESOURCES, service) ? WITHOUT_RESOURCES[service].split(' ') : []);
  byService.set(service, known);
  return known;
}

const byService = new Map<string, ReadonlySet<string>>();
