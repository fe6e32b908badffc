import { EventBus } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { busNotPublic } from '../../../src/rules/events/bus-not-public';
import { RuleCase, testRule } from '../rule-tester';

const bus = (principal: iam.IPrincipal, conditions?: object): RuleCase['app'] => stack => {
  const eventBus = new EventBus(stack, 'Bus');
  eventBus.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Put', principals: [principal], actions: ['events:PutEvents'], resources: [eventBus.eventBusArn], conditions: { ...conditions } }));
};
const policy = (properties: object) => ({ Policy: { Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'Put', ...properties } } });
const parts = (properties: object) => policy({ Action: 'events:PutEvents', ...properties });
const found = (property: string, at = 'Stack/Policy') => [{
  at, property, message: '`Allow` of `events:PutEvents` is granted to everybody, expected named accounts or a condition on who asks',
}];
const ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents' };

testRule(busNotPublic, {
  valid: {
    'a bus without policy': { app: stack => void new EventBus(stack, 'Bus') },
    'an account': { app: bus(new iam.AccountPrincipal('111122223333')) },
    'an organization': { app: bus(new iam.OrganizationPrincipal('o-a1b2c3d4e5')) },
    'an account, in parts': { resources: parts({ Principal: '111122223333' }) },
    'an organization, in parts': { resources: parts({ Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-a1b2c3d4e5' } }) },
    'an organization, as in examples of AWS': { resources: parts({ Principal: '*', Condition: ORGANIZATION }) },
    'a statement that denies': { resources: policy({ Statement: { ...EVERYBODY, Effect: 'Deny' } }) },
    'a policy within the bus': { resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Policy: { Statement: { ...EVERYBODY, Condition: ORGANIZATION } } } } } },
  },
  unknown: {
    'a principal that a parameter names': {
      sections: { Parameters: { Who: { Type: 'String' } } }, resources: parts({ Principal: { Ref: 'Who' } }), findings: found('Principal'),
    },
    'a statement under a condition': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Test: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } } },
      resources: policy({ Statement: { 'Fn::If': ['Test', EVERYBODY, { Ref: 'AWS::NoValue' }] } }),
      findings: found('Statement.Principal'),
    },
  },
  invalid: {
    'everybody': {
      app: bus(new iam.StarPrincipal()),
      findings: [{
        at: 'Stack/Bus/cdk-Put/Resource',
        property: 'Statement.Principal',
        message: '`Allow` of `events:PutEvents` on `${Stack/Bus/Resource.Arn}` is granted to everybody, expected named accounts or a condition on who asks',
        reasons: ['this is a policy of Stack/Bus/Resource'],
      }],
    },
    'everybody, in parts': { resources: parts({ Principal: '*' }), findings: found('Principal') },
    'everybody, on the default bus, as a text': { resources: policy({ Statement: JSON.stringify(EVERYBODY) }), findings: found('Statement.Principal') },
    'a condition on what an event says, not on who asks': {
      resources: policy({ Statement: { ...EVERYBODY, Condition: { StringEquals: { 'events:source': 'orders' } } } }), findings: found('Statement.Principal'),
    },
    'an organization that may be any': {
      resources: parts({ Principal: '*', Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: '*' } }), findings: found('Principal'),
    },
    'a policy within the bus': {
      resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Policy: { Statement: [EVERYBODY] } } } },
      findings: found('Policy.Statement.0.Principal', 'Stack/Bus'),
    },
  },
});
