import { parameters } from '../../model/cloudformation/declarations';
import { masked, promised } from '../../secrets/credentials';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const parametersHideSecrets = defineRule({
  id: 'cloudformation/parameters-hide-secrets',
  severity: Severity.MEDIUM,
  summary: 'Parameters that bring secrets are hidden and have no default',
  rationale: 'Without `NoEcho`, everybody who may describe the stack reads the value of a parameter; with a default, everybody who may read the template.',
  remedy: 'Set `NoEcho`, and leave out the default. Better still, let the resource take the value from Secrets Manager, and drop the parameter.',
  fix: 'new CfnParameter(this, \'DbPassword\', { noEcho: true });',
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html',
  ],
  peers: { 'cfn-lint': ['W2509', 'W2501'], 'cfn_nag': ['F52', 'F66', 'F68'] },
  compliance: {
    nist80053: ['IA-5(7)', 'SC-28'],
    pciDss: ['8.3.2', '8.6.2'],
    owaspServerless: ['A3'],
    csaSas: ['SAS-7'],
  },

  *check(app) {
    for (const parameter of parameters(app)) {
      const promise = promised(parameter.logicalId);
      const { text: fallback = '' } = parameter.get('Default');
      if (parameter.get('NoEcho').boolean) {
        const value = masked(fallback);
        const message = () => `a hidden parameter has the default \`${value}\`, which stands in the template, expected none`;
        yield { resource: parameter, property: 'Default', value, holds: fallback === '' ? 'yes' : 'no', message };
      } else if (promise && !parameter.get('Type').text?.startsWith('AWS::')) {
        // A password is always a secret; `DbSecret` may be the name of one.
        const message = () => `\`NoEcho\` is not set, while the name promises a ${promise}, expected \`true\``;
        yield { resource: parameter, property: 'NoEcho', holds: promise === 'password' ? 'no' : 'unknown', message };
      }
    }
  },
});
