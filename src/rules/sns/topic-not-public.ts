import { openings } from '../../iam/anonymous-access';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const topicNotPublic = defineRule({
  id: 'sns/topic-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use a topic',
  rationale: 'Whoever may publish to a topic runs the functions that subscribe to it, with input of their choice and at your cost; whoever may subscribe reads all messages.',
  remedy: 'Name the accounts, roles or services that may use the topic, or narrow the statement down by a condition on who asks, such as `aws:SourceArn` or `aws:PrincipalOrgID`.',
  fix: 'topic.grantPublish(new iam.AccountPrincipal(partnerAccount));',
  references: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  ],
  peers: {
    cfn_nag: ['F18'],
    KICS: ['ae53ce91'],
    Prowler: ['sns_topics_not_publicly_accessible'],
    CloudSploit: ['topicPolicies'],
    Sonar: ['S6270'],
    Terrascan: ['AC_AWS_0385'],
  },
  compliance: {
    securityHub: ['SNS.4'],
    nist80053: ['AC-3', 'AC-6', 'SC-7'],
    pciDss: ['7.2.1'],
    hipaa: ['164.312(a)(1)'],
    owaspServerless: ['A5'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const topic of app.ofType('AWS::SNS::Topic')) {
      const open = openings(app, topic);
      if (open.length === 0) yield { resource: topic, holds: 'yes', message: () => '' };
      for (const { statement, isOpen } of open) {
        const message = () => `${statement} is granted to everybody, expected named principals or a condition on who asks`;
        const reasons = () => [{ resource: topic, text: 'this topic is open to everybody' }];
        yield { resource: statement.origin.resource, property: statement.at('Principal'), holds: not(isOpen), message, reasons };
      }
    }
  },
});
