import { ExpectedFinding, RuleCase, RuleTable } from './rule-tester';

/** A resource whose policy has one statement, and where that is found. */
export interface PolicyOfStatement {
  readonly resources: (statement: object) => Readonly<Record<string, object>>;
  readonly action: string;
  readonly found: Omit<ExpectedFinding, 'message'>;
}

const OWN = { account: '111111111111', region: 'eu-west-1' };

/** What is accepted, left open and found by each rule that asks which accounts the policy of a resource lets in, whatever the resource. */
export function accountCases({ resources, action, found }: PolicyOfStatement): RuleTable {
  const allowing = (Principal: unknown, more: object = {}): RuleCase & { readonly resources: object } =>
    ({ resources: resources({ Effect: 'Allow', Principal, Action: action, Resource: '*', ...more }), environment: OWN });
  const organization = (id: unknown) => ({ Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });
  const granted = (accounts: string) => [{
    ...found, message: `\`Allow\` of \`${action}\` on \`*\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or a condition on \`aws:PrincipalOrgID\``,
  }];
  const role = allowing({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } });
  return {
    valid: {
      'the own account': allowing({ AWS: '111111111111' }),
      'the account of the stack, whichever that is': { ...allowing({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }), environment: undefined },
      'a role of the app': { ...role, resources: { Role: { Type: 'AWS::IAM::Role' }, ...role.resources } },
      'a known account': { ...allowing({ AWS: '222222222222' }), options: { knownAccounts: ['222222222222'] } },
      'an account of the organization': allowing({ AWS: '222222222222' }, organization('o-a1b2c3d4e5')),
      'everybody, of which another rule speaks': allowing('*'),
      'a service': allowing({ Service: 'events.amazonaws.com' }),
      'another account, to which it is denied': allowing({ AWS: '222222222222' }, { Effect: 'Deny' }),
    },
    unknown: {
      'an account, in a stack for any account': { ...allowing({ AWS: '222222222222' }), environment: undefined, findings: granted('`222222222222`') },
      'an account that a parameter names': {
        ...allowing({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } }),
        sections: { Parameters: { Partner: { Type: 'String' } } },
        findings: granted('`arn:aws:iam::${parameter Partner}:root`'),
      },
    },
    invalid: {
      'another account': { ...allowing({ AWS: '222222222222' }), findings: granted('`222222222222`') },
      'a role of another account, among others': {
        ...allowing({ AWS: ['111111111111', 'arn:aws:iam::222222222222:role/partner'] }),
        findings: granted('`111111111111`, `arn:aws:iam::222222222222:role/partner`'),
      },
      'another account of any organization': { ...allowing({ AWS: '222222222222' }, organization('*')), findings: granted('`222222222222`') },
    },
  };
}
