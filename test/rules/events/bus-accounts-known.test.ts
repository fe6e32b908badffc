import { EventBus } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { busAccountsKnown } from '../../../src/rules/events/bus-accounts-known';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const policy = (principal: unknown, properties: object = {}) => ({
  Policy: { Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'Put', Action: 'events:PutEvents', Principal: principal, ...properties } },
});
const found = (accounts: string) => [{
  at: 'Stack/Policy',
  property: 'Principal',
  message: `\`Allow\` of \`events:PutEvents\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or a condition on \`aws:PrincipalOrgID\``,
}];
const organization = (id: unknown) => ({ Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: id } });
const statement = (principal: object) => ({ Statement: { Effect: 'Allow', Principal: principal, Action: 'events:PutEvents' }, Principal: undefined, Action: undefined });

testRule(busAccountsKnown, {
  valid: {
    'the own account': { resources: policy('111111111111'), environment: OWN },
    'the account of the stack, whichever that is': {
      app: stack => {
        const bus = new EventBus(stack, 'Bus');
        bus.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Put', principals: [new iam.AccountRootPrincipal()], actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
      },
    },
    'a role of the app': {
      resources: { Role: { Type: 'AWS::IAM::Role' }, ...policy(undefined, statement({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } })) }, environment: OWN,
    },
    'a known account': { resources: policy('222222222222'), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'an account of the organization': { resources: policy('222222222222', organization('o-a1b2c3d4e5')), environment: OWN },
    'everybody, of which another rule speaks': { resources: policy('*'), environment: OWN },
    'a service': { resources: policy(undefined, statement({ Service: 'delivery.logs.amazonaws.com' })), environment: OWN },
    'a bus without policy': { app: stack => void new EventBus(stack, 'Bus') },
  },
  unknown: {
    'an account, in a stack for any account': { resources: policy('222222222222'), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      environment: OWN,
      resources: policy(undefined, statement({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } })),
      findings: [{ ...found('`arn:aws:iam::${parameter Partner}:root`')[0], property: 'Statement.Principal' }],
    },
    'an organization that a parameter names, which may be any': {
      sections: { Parameters: { Conditions: { Type: 'String' } } },
      environment: OWN,
      resources: policy('222222222222', { Condition: { Ref: 'Conditions' } }),
      findings: found('`222222222222`'),
    },
  },
  invalid: {
    'another account, whatever a condition says': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } } },
      environment: OWN,
      resources: policy({ 'Fn::If': ['IsProduction', '222222222222', '333333333333'] }),
      findings: found('`222222222222`, `333333333333`'),
    },
    'another account': { resources: policy('222222222222'), environment: OWN, findings: found('`222222222222`') },
    'a role of another account': {
      resources: policy(undefined, statement({ AWS: 'arn:aws:iam::222222222222:role/partner' })),
      environment: OWN,
      findings: [{ ...found('`arn:aws:iam::222222222222:role/partner`')[0], property: 'Statement.Principal' }],
    },
    'one among others': {
      resources: policy(undefined, statement({ AWS: ['111111111111', '222222222222'] })),
      environment: OWN,
      findings: [{ ...found('`111111111111`, `222222222222`')[0], property: 'Statement.Principal' }],
    },
    'another account, whatever the event says': {
      resources: policy(undefined, {
        Principal: undefined,
        Action: undefined,
        Statement: { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'events:PutEvents', Condition: { StringEquals: { 'events:source': 'partner' } } },
      }),
      environment: OWN,
      findings: [{ ...found('`222222222222`')[0], property: 'Statement.Principal' }],
    },
  },
});
