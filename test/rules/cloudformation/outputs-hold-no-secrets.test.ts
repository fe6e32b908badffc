import { CfnOutput, SecretValue } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { outputsHoldNoSecrets } from '../../../src/rules/cloudformation/outputs-hold-no-secrets';
import { testRule } from '../rule-tester';

const output = (name: string, value: unknown) => ({ Outputs: { [name]: { Value: value } } });

testRule(outputsHoldNoSecrets, {
  valid: {
    'the ARN of a secret': { app: stack => void new CfnOutput(stack, 'DbSecret', { value: new secretsmanager.Secret(stack, 'Secret').secretArn }) },
    'the address of an API and the id of a key': {
      app: stack => {
        const api = new apigateway.RestApi(stack, 'Api');
        api.root.addMethod('GET');
        new CfnOutput(stack, 'ApiKey', { value: api.addApiKey('Key').keyId });
      },
    },
    'an output that is not made': { sections: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Outputs: { Out: { Condition: 'Never', Value: '{{resolve:secretsmanager:db}}' } } } },
    'outputs that are none': { sections: { Outputs: { Out: 7, Other: [] } as object } },
  },
  unknown: {
    'what deployment brings under the name of a password': {
      sections: { Parameters: { Given: { Type: 'String' } }, ...output('DbPassword', { Ref: 'Given' }) },
      findings: [{
        at: 'Stack/DbPassword',
        property: 'Value',
        message: '`${parameter Given}` is known at deployment only, and its name promises a password, expected the ARN of a secret',
      }],
    },
  },
  invalid: {
    'the secret half of an access key': {
      app: stack => void new CfnOutput(stack, 'Out', { value: new iam.AccessKey(stack, 'Key', { user: new iam.User(stack, 'User') }).secretAccessKey.unsafeUnwrap() }),
      findings: [{ at: 'Stack/Out', property: 'Value', message: '`${Stack/Key/Resource.SecretAccessKey}` is a secret that is stored in plain text, expected the ARN of a secret' }],
    },
    'a secret that the CDK unwraps': {
      app: stack => void new CfnOutput(stack, 'Out', { value: SecretValue.secretsManager('orders/api').unsafeUnwrap() }),
      findings: [{
        at: 'Stack/Out',
        property: 'Value',
        message: '`{{resolve:secretsmanager:orders/api:SecretString:::}}` is fetched at deployment and stored in plain text, expected the ARN of a secret',
      }],
    },
    'a password under its name': {
      sections: output('DbPassword', 'Summer' + '2024!'),
      findings: [{ at: 'Stack/DbPassword', property: 'Value', message: '`Su... (11 characters)` looks like the credential that its name promises, expected the ARN of a secret' }],
    },
  },
});
