import { namesOf, requiresTls } from '../../iam/secure-transport';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const queueRequiresTls = defineRule({
  id: 'sqs/queue-requires-tls',
  severity: Severity.MEDIUM,
  summary: 'Queues refuse requests without TLS',
  rationale: 'The service also answers plain HTTP. Messages, and the signatures that allow to send them, can then be read and changed on the way.',
  remedy: 'Deny all actions where `aws:SecureTransport` is false. Queues that constructs make on the side, for messages that failed, need it as well.',
  fix: 'new sqs.Queue(this, \'Queue\', { enforceSSL: true });',
  references: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html'],
  peers: { 'cdk-nag': ['AwsSolutions-SQS4'] },
  compliance: {
    nist80053: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
    pciDss: ['4.2.1'],
    hipaa: ['164.312(e)(1)', '164.312(e)(2)(i)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      yield {
        resource: queue,
        holds: requiresTls(app, queue, ['sqs:SendMessage', 'sqs:ReceiveMessage'], namesOf(queue)),
        message: () => 'requests without TLS are answered, expected a policy that denies `sqs:*` where `aws:SecureTransport` is `false`',
      };
    }
  },
});
