import { ARN_FORMATS } from '../../src/access/names/arn-formats';
import { names } from '../../src/access/names/names';
import { actionsMatching } from '../../src/iam/data/actions';
import { overlap } from '../../src/iam/pattern';
import { at, modelOf } from '../iam/model-of';

/** What stands for one thing and another in an ARN that somebody writes. */
const written = (arn: string) => `arn:aws:${arn.replace('{path}', '/').replace('{slash}', '/').replace(/\{\w+\}/g, 'x')}`;

// What only what belongs to it can be asked about, such as the methods of an API.
test.each([...ARN_FORMATS])('%s has the ARN of something that AWS has actions on', (_, { arn, below }) => {
  const known = actionsMatching(`${arn.split(':')[0]}:*`).flatMap(({ resources }) => resources.map(({ pattern }) => pattern));
  const all = [written(arn), ...below.map(each => written(arn) + each)];
  expect(all.filter(each => known.some(pattern => overlap(pattern, each))).length).toBeGreaterThanOrEqual(Math.max(below.length, 1));
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['AWS::AppRunner::Service', { ServiceName: 'shop' }, /:service\/shop\/.$/u],
  ['AWS::Batch::JobDefinition', { JobDefinitionName: 'nightly' }, /:job-definition\/nightly:.$/u],
  ['AWS::CloudFormation::Stack', {}, /:stack\/.\/.$/u],
  ['AWS::ECS::TaskDefinition', { Family: 'worker' }, /:task-definition\/worker:.$/u],
  ['AWS::SageMaker::NotebookInstance', { NotebookInstanceName: 'lab' }, /:notebook-instance\/lab$/],
  ['AWS::Scheduler::Schedule', { Name: 'daily' }, /:schedule\/default\/daily$/],
  ['AWS::Scheduler::Schedule', { Name: 'daily', GroupName: 'reports' }, /:schedule\/reports\/daily$/],
])('%s with %j', (Type, Properties, expected) => {
  const app = modelOf({ It: { Type, Properties } });
  expect(names(app).arnOf(at(app, 'Stack/It'))).toMatch(expected);
});
