import { serviceGrants } from '../../iam/service-grants';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const queueSendersNamed = defineRule({
  id: 'sqs/queue-senders-named',
  severity: Severity.MEDIUM,
  summary: 'A service may send to a queue on behalf of a named source alone',
  rationale: 'The service does what its customers ask for. Without a source, any customer in any account who knows the queue has messages of their choice sent to it, and its readers work on them.',
  remedy: 'Name the ARN of what sends in a condition on `aws:SourceArn`, or its account in one on `aws:SourceAccount`.',
  fix: `queue.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.ServicePrincipal('events.amazonaws.com')],
  actions: ['sqs:SendMessage'],
  resources: [queue.queueArn],
  conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
}));`,
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-4', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    sourceless: { type: 'strings', description: 'Services that tell no source', pattern: /^[a-z0-9-]+$/, default: [] },
  },

  *check(app, { sourceless }) {
    for (const { statement, services, namesSource } of serviceGrants(app, ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'], sourceless)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Condition'),
        holds: namesSource,
        message: () => `\`${services.join(', ')}\` may send on behalf of anybody, expected the ARN or the account of the source`,
      };
    }
  },
});
