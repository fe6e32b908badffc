import { admitsEverybody } from '../../iam/anonymous-access';
import { resourceStatements } from '../../iam/resource-policies';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const busNotPublic = defineRule({
  id: 'events/bus-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use an event bus',
  rationale: 'Whoever may put events on a bus runs the functions that its rules invoke, with input of their choice and at your cost; whoever may make rules on it reads all events.',
  remedy: 'Name the accounts that may use the bus, or narrow the statement down by a condition on who asks, such as `aws:PrincipalOrgID`. A condition on what an event says, such as its source, keeps nobody out.',
  fix: `bus.addToResourcePolicy(new iam.PolicyStatement({
  sid: 'OurOrganization',
  principals: [new iam.OrganizationPrincipal('o-a1b2c3d4e5')],
  actions: ['events:PutEvents'],
  resources: [bus.eventBusArn],
}));`,
  references: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html',
  ],
  peers: { 'cdk-nag': ['AwsSolutions-EVB1'], 'Prowler': ['eventbridge_bus_exposed'], 'CloudSploit': ['eventBusPublicAccess'], 'Sonar': ['S6270'] },
  compliance: { nist80053: ['AC-3', 'AC-6', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },

  *check(app) {
    for (const policy of app.ofType('AWS::Events::EventBus', 'AWS::Events::EventBusPolicy')) {
      const statements = resourceStatements(app).get(policy) ?? [];
      if (statements.length === 0) yield { resource: policy, holds: 'yes', message: () => '' };
      for (const statement of statements) {
        const message = () => `${statement} is granted to everybody, expected named accounts or a condition on who asks`;
        const reasons = () => policy.get('EventBusName').targets.map(bus => ({ resource: bus, text: `this is a policy of ${bus}` }));
        yield { resource: policy, property: statement.at('Principal'), holds: not(admitsEverybody(statement)), message, reasons };
      }
    }
  },
});
