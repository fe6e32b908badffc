import { AppModel, view } from '../app-model';
import { mentionsOf } from '../mentions';
import { Resource } from '../resource';
import { Value } from '../value';
import { agreed, any, Verdict, verdict } from '../verdict';

/** What of an app listens to topics, and which property names them. */
const LISTENERS: Readonly<Record<string, string>> = {
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': 'SnsTopicArns',
  'AWS::Chatbot::SlackChannelConfiguration': 'SnsTopicArns',
  'AWS::SNS::Subscription': 'TopicArn',
};

/**
 * Whether somebody listens to a topic, as far as the app shows: who subscribes by hand isn't seen, and whoever learns the name of
 * the topic may do so.
 */
export function isSubscribed(app: AppModel, topic: Resource): Verdict {
  const { topics, isOpen } = listened(app);
  if (topics.has(topic)) return 'yes';
  const own = agreed(topic.get('Subscription').branches.map(list => verdict(list.items.length > 0)));
  return own !== 'no' ? own : any([isOpen ? 'unknown' : 'no', isHandedOn(app, topic) ? 'unknown' : 'no']);
}

const listened = view(app => {
  const named: Value[] = Object.entries(LISTENERS).flatMap(([type, property]) => app.ofType(type).flatMap(listener => listener.get(property).items));
  return {
    topics: new Set(named.flatMap(topic => topic.targets)),
    // Which one is known at deployment only, and may be any.
    isOpen: named.some(topic => topic.targets.length === 0 && !topic.isKnown),
  };
});

/** Whether another app, or code that CloudFormation runs, gets to know the topic. What the CDK exports for its own stacks is known here. */
function isHandedOn(app: AppModel, topic: Resource): boolean {
  const { outputs, resources } = mentionsOf(app, topic);
  return outputs.some(name => !name.startsWith('ExportsOutput')) || resources.some(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource');
}
