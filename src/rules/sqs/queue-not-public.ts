import { openings } from '../../iam/anonymous-access';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const queueNotPublic = defineRule({
  id: 'sqs/queue-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use a queue',
  rationale: 'Whoever may send to a queue runs the function that reads it, with input of their choice and at your cost; whoever may receive reads and deletes the messages of others.',
  remedy: 'Name the accounts, roles or services that may use the queue, or narrow the statement down by a condition on who asks, such as `aws:SourceArn` or `aws:PrincipalOrgID`.',
  fix: 'queue.grantSendMessages(new iam.AccountPrincipal(partnerAccount));',
  references: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  ],
  peers: {
    cfn_nag: ['F21'],
    KICS: ['9b6a3f5b'],
    Prowler: ['sqs_queues_not_publicly_accessible'],
    cfripper: ['SQSQueuePolicyPublicRule'],
    Sonar: ['S6270'],
    Terrascan: ['AC_AWS_0365'],
  },
  compliance: {
    securityHub: ['SQS.3'],
    nist80053: ['AC-3', 'AC-6', 'SC-7'],
    pciDss: ['7.2.1'],
    hipaa: ['164.312(a)(1)'],
    owaspServerless: ['A5'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      const open = openings(app, queue);
      if (open.length === 0) yield { resource: queue, holds: 'yes', message: () => '' };
      for (const { statement, isOpen } of open) {
        const message = () => `${statement} is granted to everybody, expected named principals or a condition on who asks`;
        const reasons = () => [{ resource: queue, text: 'this queue is open to everybody' }];
        yield { resource: statement.origin.resource, property: statement.at('Principal'), holds: not(isOpen), message, reasons };
      }
    }
  },
});
