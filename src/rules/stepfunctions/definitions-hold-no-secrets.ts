import { KEPT_SECRETS } from '../../secrets/compliance';
import { secretsIn } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Where the definition of a state machine may stand. */
const DEFINITIONS = ['DefinitionString', 'Definition', 'DefinitionSubstitutions'].map(property => ['AWS::StepFunctions::StateMachine', property] as const);

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
  compliance: KEPT_SECRETS,

  check: app => secretsIn(app, DEFINITIONS, 'the ARN of a secret that a task reads'),
});
