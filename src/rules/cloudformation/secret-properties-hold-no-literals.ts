import { masked } from '../../secrets/credentials';
import { SECRET_PROPERTIES } from '../../secrets/secret-properties';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const secretPropertiesHoldNoLiterals = defineRule({
  id: 'cloudformation/secret-properties-hold-no-literals',
  severity: Severity.HIGH,
  summary: 'Properties that take a secret get it from where it is kept, not from the template',
  rationale: 'A secret in a template is in the history of the code, in the assembly, in the bucket of the deployment and in the hands of everybody who may read one of them, even where the service itself keeps it well.',
  remedy: 'Let Secrets Manager generate the secret, and name it by a dynamic reference, which CloudFormation resolves while it deploys.',
  fix: `new events.Connection(this, 'Connection', {
  authorization: events.Authorization.apiKey('x-api-key', SecretValue.secretsManager('partner/api-key')),
});
new secretsmanager.Secret(this, 'Password', { generateSecretString: { excludePunctuation: true } });`,
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html',
  ],
  peers: { 'cfn-lint': ['W1011', 'W2010'], 'cfn_nag': ['F66', 'F68'] },
  compliance: {
    nist80053: ['IA-5(7)', 'SC-28'],
    pciDss: ['8.3.2', '8.6.2'],
    owaspServerless: ['A3'],
    csaSas: ['SAS-7'],
  },

  *check(app) {
    for (const [type, properties] of Object.entries(SECRET_PROPERTIES)) {
      for (const resource of app.ofType(type)) {
        for (const property of properties) {
          const secret = resource.get(property);
          if (secret.isSet === 'no') continue;
          const literal = secret.branches.find(({ text }) => text !== undefined && text !== '' && !text.includes('{{resolve:'));
          const value = literal && masked(literal.text!);
          // What else may bring it, such as a parameter that isn't hidden, only deployment tells.
          const open = secret.branches.some(({ kind, parts, isHidden }) => kind === 'unknown' && parts.length === 0 && !isHidden);
          const message = () => `the secret is \`${value ?? secret}\`, expected a dynamic reference`;
          yield { resource, property, value, holds: literal ? 'no' : open ? 'unknown' : 'yes', message };
        }
      }
    }
  },
});
