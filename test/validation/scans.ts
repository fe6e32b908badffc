import { AppModel } from '../../src/model/app-model';
import { defineRule, Rule } from '../../src/rules/define-rule';
import { Severity } from '../../src/rules/severity';
import { ConfiguredRule } from '../../src/validation/run-rules';
import { scan, Scan } from '../../src/validation/scan';

/** A rule that finds each queue whose name ends with `bad`, can't tell where it is a parameter, and accepts the others. */
export const BAD_NAME: Rule = namingRule('test/bad-name', Severity.HIGH);

/** The same under another id. */
export const BAD_TITLE: Rule = namingRule('test/bad-title', Severity.MEDIUM);

/** A rule that never comes to an end. */
export const THROWS: Rule = { ...BAD_NAME, id: 'test/throws', check: () => { throw new Error('out of luck'); } };

/** What the rules say of queues with these names, by stack and logical id; `undefined` makes a parameter of it. */
export function scanOf(stacks: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>, rules: readonly Rule[] = [BAD_NAME]): Scan {
  const sources = Object.entries(stacks).map(([name, queues]) => ({
    name,
    file: `${name}.template.json`,
    template: {
      Parameters: { Name: { Type: 'String' } },
      Resources: Object.fromEntries(Object.entries(queues).map(([logicalId, queueName]) =>
        [logicalId, { Type: 'AWS::SQS::Queue', Properties: { QueueName: queueName ?? { Ref: 'Name' } } }])),
    },
  }));
  return scan(AppModel.of(sources), rules.map((rule): ConfiguredRule => ({ rule, severity: rule.severity, options: {} })));
}

function namingRule(id: string, severity: Severity): Rule {
  return defineRule({
    id,
    severity,
    summary: 'Queues have good names',
    rationale: 'A bad name makes a bad queue.',
    remedy: 'Choose another name.',
    fix: "new sqs.Queue(this, 'Queue', { queueName: 'good' });",
    references: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queues.html'],
    peers: { 'cdk-nag': ['Names1'] },
    compliance: { nist80053: ['CM-2'] },
    *check(app) {
      for (const queue of app.ofType('AWS::SQS::Queue')) {
        const name = queue.get('QueueName');
        yield {
          resource: queue,
          property: 'QueueName',
          holds: name.satisfies(value => !value.text?.endsWith('bad')),
          message: () => `name is \`${name}\`, expected a good one`,
          reasons: () => [{ resource: queue, property: 'QueueName', text: `it is called ${name}` }],
        };
      }
    },
  });
}
