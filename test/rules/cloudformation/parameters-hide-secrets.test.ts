import { CfnParameter } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { parametersHideSecrets } from '../../../src/rules/cloudformation/parameters-hide-secrets';
import { testRule } from '../rule-tester';

const parameter = (name: string, declaration: unknown) => ({ sections: { Parameters: { [name]: declaration } as object } });

testRule(parametersHideSecrets, {
  valid: {
    'a hidden parameter': { app: stack => void new CfnParameter(stack, 'DbPassword', { noEcho: true }) },
    'a hidden parameter in the words of YAML': parameter('DbPassword', { Type: 'String', NoEcho: 'true', Default: '' }),
    'a parameter whose name promises nothing': parameter('PasswordLength', { Type: 'Number', Default: 16 }),
    'what Systems Manager keeps': { app: stack => void ssm.StringParameter.valueForStringParameter(stack, '/orders/db-password') },
    'the name of a parameter of Systems Manager': parameter('DbPassword', { Type: 'AWS::SSM::Parameter::Name' }),
    'what is no declaration': parameter('DbPassword', 7),
  },
  unknown: {
    'the name of a secret or the secret': {
      ...parameter('DbSecret', { Type: 'String' }),
      findings: [{ at: 'Stack/DbSecret', property: 'NoEcho', message: '`NoEcho` is not set, while the name promises a credential, expected `true`' }],
    },
  },
  invalid: {
    'a password that everybody may see': {
      app: stack => void new CfnParameter(stack, 'DbPassword'),
      findings: [{ at: 'Stack/DbPassword', property: 'NoEcho', message: '`NoEcho` is not set, while the name promises a password, expected `true`' }],
    },
    'a hidden parameter with a default': {
      app: stack => void new CfnParameter(stack, 'Given', { noEcho: true, default: 'Summer' + '2024!' }),
      findings: [{ at: 'Stack/Given', property: 'Default', message: 'a hidden parameter has the default `Su... (11 characters)`, which stands in the template, expected none' }],
    },
  },
});
