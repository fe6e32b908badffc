import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const targetFailuresKept = defineRule({
  id: 'scheduler/target-failures-kept',
  severity: Severity.LOW,
  summary: 'Invocations that a schedule can not deliver are kept',
  rationale: 'EventBridge Scheduler drops an invocation that its target did not accept within 24 hours, and at once where a permission is missing or the '
    + 'target is gone. Nobody notices that a job no longer runs.',
  remedy: 'Give the target of the schedule a dead-letter queue.',
  fix: 'new scheduler.Schedule(this, \'Schedule\', { schedule, target: new LambdaInvoke(handler, { deadLetterQueue: undelivered }) });',
  references: ['https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html'],
  peers: {},
  compliance: { nist80053: ['SI-11', 'CP-10'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const schedule of app.ofType('AWS::Scheduler::Schedule')) {
      const queue = schedule.get('Target.DeadLetterConfig.Arn');
      yield {
        resource: schedule,
        property: 'Target.DeadLetterConfig',
        holds: queue.isSet,
        message: () => `dead-letter queue is \`${queue}\`, expected a queue`,
      };
    }
  },
});
