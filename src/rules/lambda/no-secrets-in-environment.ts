import { KEPT_SECRETS } from '../../secrets/compliance';
import { secretsIn } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Where variables stand, by the resource that runs the code. */
const VARIABLES: readonly (readonly [type: string, property: string])[] = [
  ['AWS::Lambda::Function', 'Environment.Variables'],
  ['AWS::Lambda::WebFunctionRevision', 'ServiceConfig.EnvironmentVariables'],
  ['AWS::Lambda::MicrovmImage', 'EnvironmentVariables'],
];

export const noSecretsInEnvironment = defineRule({
  id: 'lambda/no-secrets-in-environment',
  severity: Severity.HIGH,
  summary: 'Environment variables hold no secrets, however they got there',
  rationale: 'Whoever may read the configuration of a function reads its variables in plain text, and so does each library that the function loads. A secret that CloudFormation fetches at deployment is stored there like any other, and breaks the function when it is rotated.',
  remedy: 'Keep the secret in Secrets Manager, put its ARN into the variable, and read the value when the function runs.',
  fix: `const fn = new SecureFunction(this, 'Function', { code, handler, runtime, secrets: { DB_SECRET_ARN: secret } });
// or, with any function:
other.addEnvironment('DB_SECRET_ARN', secret.secretArn);
secret.grantRead(other);`,
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html',
  ],
  peers: {
    checkov: ['CKV_AWS_45'],
    KICS: ['2564172f'],
    Prowler: ['awslambda_function_no_secrets_in_variables'],
    Semgrep: ['aws-lambda-environment-credentials'],
  },
  compliance: KEPT_SECRETS,

  check: app => secretsIn(app, VARIABLES, 'the ARN of a secret that the function reads at run time'),
});
