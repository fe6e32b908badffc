import { layerAccountsKnown } from '../../../src/rules/lambda/layer-accounts-known';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const permission = (Principal: unknown, more: object = {}) => ({
  Layer: { Type: 'AWS::Lambda::LayerVersion' },
  P: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { LayerVersionArn: { Ref: 'Layer' }, Action: 'lambda:GetLayerVersion', Principal, ...more } },
});
const found = (accounts: string) => [{
  at: 'Stack/P',
  property: 'Principal',
  message: `\`Allow\` of \`lambda:GetLayerVersion\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or an organization in \`OrganizationId\``,
  reasons: ['this is a policy of Stack/Layer'],
}];
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

testRule(layerAccountsKnown, {
  valid: {
    'the own account': { resources: permission('111111111111'), environment: OWN },
    'the account of the stack, whichever that is': { resources: permission({ Ref: 'AWS::AccountId' }) },
    'a known account': { resources: permission('222222222222'), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'all of the organization': { resources: permission('*', { OrganizationId: 'o-a1b2c3d4e5' }), environment: OWN },
    'everybody, of which another rule speaks': { resources: permission('*'), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: permission('222222222222'), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections, environment: OWN, resources: permission({ 'Fn::Sub': 'arn:aws:iam::${Any}:root' }), findings: found('`arn:aws:iam::${parameter Any}:root`'),
    },
    'an account or another, by a condition of the template': {
      sections,
      environment: OWN,
      resources: permission({ 'Fn::If': ['Sometimes', '111111111111', '222222222222'] }),
      findings: found('`111111111111`, `222222222222`'),
    },
  },
  invalid: {
    'another account': { resources: permission('222222222222'), environment: OWN, findings: found('`222222222222`') },
    'another account by its root': {
      resources: permission('arn:aws:iam::222222222222:root'), environment: OWN, findings: found('`arn:aws:iam::222222222222:root`'),
    },
  },
});
