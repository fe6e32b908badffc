import { namesOf, requiresTls } from '../../iam/secure-transport';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const topicRequiresTls = defineRule({
  id: 'sns/topic-requires-tls',
  severity: Severity.MEDIUM,
  summary: 'Topics refuse messages that are published without TLS',
  rationale: 'The service also answers plain HTTP. Messages, and the signatures that allow to publish them, can then be read and changed on the way.',
  remedy: 'Deny publishing where `aws:SecureTransport` is false. Encryption with a key says nothing about how messages get to the topic.',
  fix: 'new sns.Topic(this, \'Topic\', { enforceSSL: true });',
  references: ['https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html'],
  peers: { 'cdk-nag': ['AwsSolutions-SNS3'] },
  compliance: {
    nist80053: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
    pciDss: ['4.2.1'],
    hipaa: ['164.312(e)(1)', '164.312(e)(2)(i)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const topic of app.ofType('AWS::SNS::Topic')) {
      yield {
        resource: topic,
        holds: requiresTls(app, topic, ['sns:Publish'], namesOf(topic)),
        message: () => 'messages are accepted without TLS, expected a policy that denies `sns:Publish` where `aws:SecureTransport` is `false`',
      };
    }
  },
});
