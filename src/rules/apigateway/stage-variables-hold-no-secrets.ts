import { KEPT_SECRETS } from '../../secrets/compliance';
import { secretsIn } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Where the variables of stages stand. */
const VARIABLES: readonly (readonly [type: string, property: string])[] = [
  ['AWS::ApiGateway::Stage', 'Variables'],
  ['AWS::ApiGateway::Deployment', 'StageDescription.Variables'],
  ['AWS::ApiGatewayV2::Stage', 'StageVariables'],
];

export const stageVariablesHoldNoSecrets = defineRule({
  id: 'apigateway/stage-variables-hold-no-secrets',
  severity: Severity.HIGH,
  summary: 'Variables of API stages hold no secrets',
  rationale: 'AWS says of stage variables that they are not meant for sensitive data: they can be read by everybody who may look at the stage, and are part of what mapping templates pass on and logs show.',
  remedy: 'Let the integration read the secret at run time; a stage variable may name it.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  deployOptions: { variables: { secretArn: secret.secretArn } },
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html'],
  peers: { Prowler: ['apigateway_restapi_no_secrets_in_stage_variables'] },
  compliance: KEPT_SECRETS,

  check: app => secretsIn(app, VARIABLES, 'the ARN of a secret that the integration reads'),
});
