import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { inputsHoldNoSecrets } from '../../../src/rules/events/inputs-hold-no-secrets';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const TOKEN = 'ghp_' + 'q7Zx2Lk9Vb4Nm1Rt6'.repeat(3).slice(0, 36);
const EXPECTED = 'expected the ARN of a secret that the target reads';

const ruleWith = (input: (secret: secretsmanager.Secret) => object): RuleCase['app'] => stack => {
  const event = events.RuleTargetInput.fromObject(input(new secretsmanager.Secret(stack, 'Secret')));
  new events.Rule(stack, 'Rule', {
    eventPattern: { source: ['orders'] },
    targets: [new targets.LambdaFunction(new lambda.Function(stack, 'Fn', CODE), { event })],
  });
};
const resource = (type: string, properties: object) => ({ Sender: { Type: type, Properties: properties } });
const found = (property: string, message: string) => [{ at: 'Stack/Sender', property, message: `${message}, ${EXPECTED}` }];

testRule(inputsHoldNoSecrets, {
  valid: {
    'the ARN of a secret': { app: ruleWith(({ secretArn }) => ({ secret: secretArn })) },
    'an event that is passed on': { app: ruleWith(() => ({ token: events.EventField.fromPath('$.detail.token') })) },
    'a rule without targets': { resources: resource('AWS::Events::Rule', {}) },
    'a pipe whose credentials are the ARN of a secret': {
      resources: resource('AWS::Pipes::Pipe', { TargetParameters: { SqsQueueParameters: { MessageGroupId: '$.id' } } }),
    },
  },
  unknown: {
    'an input that deployment brings under the name of a token': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: resource('AWS::Events::Rule', { Targets: [{ HttpParameters: { HeaderParameters: { 'x-api-key': { Ref: 'Given' } } } }] }),
      findings: found('Targets.0.HttpParameters.HeaderParameters.x-api-key', '`${parameter Given}` is known at deployment only, and its name promises a credential'),
    },
  },
  invalid: {
    'a token in the input of a rule': {
      app: ruleWith(() => ({ token: TOKEN })),
      findings: [{ at: 'Stack/Rule/Resource', property: 'Targets.0.Input', message: `\`ghp_... (40 characters)\` looks like a GitHub token, ${EXPECTED}` }],
    },
    'a token in the template of an input': {
      resources: resource('AWS::Events::Rule', { Targets: [{ InputTransformer: { InputTemplate: `{"token": "${TOKEN}", "id": <id>}` } }] }),
      findings: found('Targets.0.InputTransformer.InputTemplate', '`{"to... (65 characters)` looks like a GitHub token'),
    },
    'a secret in a schedule': {
      resources: resource('AWS::Scheduler::Schedule', { Target: { Input: '{"db":"{{resolve:secretsmanager:db}}"}' } }),
      findings: found('Target.Input', '`{{resolve:secretsmanager:db}}` is fetched at deployment and stored in plain text'),
    },
    'a password in a pipe': {
      resources: resource('AWS::Pipes::Pipe', { EnrichmentParameters: { InputTemplate: JSON.stringify({ password: 'Summer' + '2024!' }) } }),
      findings: found('EnrichmentParameters.InputTemplate', '`Su... (11 characters)` looks like the credential that its name promises'),
    },
  },
});
