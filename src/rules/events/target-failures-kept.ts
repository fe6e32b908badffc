import { elementsAt } from '../../model/lambda/trigger';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const targetFailuresKept = defineRule({
  id: 'events/target-failures-kept',
  severity: Severity.LOW,
  summary: 'Events that a rule can not deliver are kept',
  rationale: 'EventBridge drops an event that its target did not accept within 24 hours, and at once where a permission is missing or the target is gone. '
    + 'The function never sees it, so its own dead-letter queue doesn\'t either.',
  remedy: 'Give each target of the rule a dead-letter queue.',
  fix: 'rule.addTarget(new targets.LambdaFunction(handler, { deadLetterQueue: undelivered }));',
  references: ['https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html'],
  peers: { 'cdk-nag': ['Serverless-EventBusDLQ'], 'serverless-rules': ['ES4000'] },
  compliance: { nist80053: ['SI-11', 'CP-10'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const rule of app.ofType('AWS::Events::Rule')) {
      for (const [property, target] of elementsAt(rule, 'Targets')) {
        const queue = target.get('DeadLetterConfig.Arn');
        yield {
          resource: rule,
          property: `${property}.DeadLetterConfig`,
          holds: queue.isSet,
          message: () => `dead-letter queue of target ${target.get('Arn')} is \`${queue}\`, expected a queue`,
        };
      }
    }
  },
});
