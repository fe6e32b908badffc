import { SecretValue } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { definitionsHoldNoSecrets } from '../../../src/rules/stepfunctions/definitions-hold-no-secrets';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const TOKEN = 'ghp_' + 'q7Zx2Lk9Vb4Nm1Rt6'.repeat(3).slice(0, 36);
const EXPECTED = 'expected the ARN of a secret that a task reads';

const machine = (properties: object) => ({ Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: properties } });
const invoking = (payload: (secret: secretsmanager.Secret) => object): RuleCase['app'] => stack => {
  const lambdaFunction = new lambda.Function(stack, 'Fn', CODE);
  const task = new tasks.LambdaInvoke(stack, 'Task', { lambdaFunction, payload: sfn.TaskInput.fromObject({ ...payload(new secretsmanager.Secret(stack, 'Secret')) }) });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(task) });
};
const found = (property: string, message: string) => [{ at: 'Stack/Machine', property, message: `${message}, ${EXPECTED}` }];

testRule(definitionsHoldNoSecrets, {
  valid: {
    'a definition of the CDK that passes the ARN of a secret': { app: invoking(({ secretArn }) => ({ secret: secretArn })) },
    'paths and expressions under names of secrets': { resources: machine({ Definition: { States: { A: { Parameters: { 'token.$': '$.token' }, password: '{% $states.input.password %}' } } } }) },
    'a machine without definition': { resources: machine({}) },
    'a definition that is no JSON': { resources: machine({ DefinitionString: '{"States": ' }) },
  },
  unknown: {
    'a substitution that deployment brings': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: machine({ DefinitionSubstitutions: { ApiToken: { Ref: 'Given' } } }),
      findings: found('DefinitionSubstitutions.ApiToken', '`${parameter Given}` is known at deployment only, and its name promises a credential'),
    },
  },
  invalid: {
    'a token in the text of a definition': {
      resources: machine({ DefinitionString: JSON.stringify({ States: { A: { Parameters: { header: `Bearer ${TOKEN}` } } } }) }),
      findings: found('DefinitionString', '`Bear... (47 characters)` looks like a GitHub token'),
    },
    'a token in a definition of the CDK, between references': {
      app: invoking(() => ({ token: TOKEN })),
      findings: [{ at: 'Stack/Machine/Resource', property: 'DefinitionString', message: `\`ghp_... (40 characters)\` looks like a GitHub token, ${EXPECTED}` }],
    },
    'a secret that the CDK unwraps': {
      app: invoking(() => ({ token: SecretValue.secretsManager('orders/api').unsafeUnwrap() })),
      findings: [{
        at: 'Stack/Machine/Resource',
        property: 'DefinitionString',
        message: `\`{{resolve:secretsmanager:orders/api:SecretString:::}}\` is fetched at deployment and stored in plain text, ${EXPECTED}`,
      }],
    },
    'a password in a definition as a map': {
      resources: machine({ Definition: { States: { A: { Arguments: { password: 'Summer' + '2024!' } } } } }),
      findings: found('Definition.States.A.Arguments.password', '`Su... (11 characters)` looks like the credential that its name promises'),
    },
  },
});
