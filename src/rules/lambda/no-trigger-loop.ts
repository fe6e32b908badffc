import { triggerLoopsOf } from '../../iam/trigger-loops';
import { ownFunctions } from '../../model/lambda/functions';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const noTriggerLoop = defineRule({
  id: 'lambda/no-trigger-loop',
  severity: Severity.MEDIUM,
  summary: 'No function may write to what triggers it',
  rationale: 'A function that writes to the bucket, queue, topic, table or stream that invokes it can set itself off again and again, by a fault or by an input '
    + 'made for it, until concurrency and budget are used up. Lambda notices loops through queues, topics and buckets alone, and only with recent SDKs.',
  remedy: 'Write the results to another resource, or below another prefix of the bucket than the one that triggers the function.',
  fix: 'bucket.grantPut(handler, \'results/*\');\nbucket.addObjectCreatedNotification(new LambdaDestination(handler), { prefix: \'uploads/\' });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-6', 'SC-5'], csaSas: ['SAS-4', 'SAS-8', 'SAS-9'] },

  *check(app) {
    for (const fn of ownFunctions(app)) {
      for (const { trigger, source, statement, closed } of triggerLoopsOf(app, fn)) {
        yield {
          resource: statement?.origin.resource ?? fn,
          property: statement?.at('Resource') ?? 'Role',
          holds: not(closed),
          message: () => `${fn} may write to ${source}, which triggers it, expected another place for what it writes`,
          reasons: () => [
            { resource: trigger.resource, property: trigger.property, text: `${source} triggers ${fn}` },
            ...statement ? [{ resource: statement.origin.resource, property: statement.at('Resource'), text: `whose role has ${statement}` }] : [],
          ],
        };
      }
    }
  },
});
