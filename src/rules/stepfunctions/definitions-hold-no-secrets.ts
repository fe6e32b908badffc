import { exposedSecrets } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const definitionsHoldNoSecrets = defineRule({
  id: 'stepfunctions/definitions-hold-no-secrets',
  severity: Severity.HIGH,
  summary: 'Definitions of state machines hold no secrets',
  rationale: 'A definition and the input of each of its states can be read by everybody who may look at the state machine, its executions or their logs.',
  remedy: 'Let the state pass the ARN of a secret to the function that needs it, or call an API through a connection of EventBridge, which keeps the credentials.',
  fix: `new tasks.LambdaInvoke(this, 'Charge', {
  lambdaFunction,
  payload: sfn.TaskInput.fromObject({ secretArn: secret.secretArn }),
});`,
  references: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html',
  ],
  peers: { Prowler: ['stepfunctions_statemachine_no_secrets_in_definition'] },
  compliance: {
    nist80053: ['IA-5(7)', 'SC-28'],
    pciDss: ['8.3.2', '8.6.2'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
    csaSas: ['SAS-7'],
  },

  *check(app) {
    for (const machine of app.ofType('AWS::StepFunctions::StateMachine')) {
      for (const property of ['DefinitionString', 'Definition', 'DefinitionSubstitutions']) {
        if (machine.get(property).isSet === 'no') continue;
        for (const exposure of exposedSecrets(machine, property)) {
          yield { ...exposure, message: () => `${exposure.what}, expected the ARN of a secret that a task reads` };
        }
      }
    }
  },
});
