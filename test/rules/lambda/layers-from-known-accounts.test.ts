import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { layersFromKnownAccounts } from '../../../src/rules/lambda/layers-from-known-accounts';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const layered = (...Layers: unknown[]) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Layers } } });
const of = (account: string) => `arn:aws:lambda:eu-west-1:${account}:layer:name:1`;
const found = (layer: string, index = 0) => [{
  at: 'Stack/Fn',
  property: `Layers.${index}`,
  message: `the layer \`${layer}\` is of an account that nobody named, expected one of your own, of AWS or in \`knownAccounts\``,
}];
const environment = { account: '123456789012', region: 'eu-west-1' };

testRule(layersFromKnownAccounts, {
  valid: {
    'no layers': { resources: layered() },
    'a layer of the app': {
      app: stack => new lambda.Function(stack, 'Fn', {
        ...CODE, layers: [new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset('test/function') })],
      }),
    },
    'layers of AWS': {
      app: (_, app) => new lambda.Function(new Stack(app, 'Own', { env: environment }), 'Fn', {
        ...CODE,
        insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0,
        paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(lambda.ParamsAndSecretsVersions.V1_0_103),
      }),
    },
    'your own account': { resources: layered(of('123456789012')), environment },
    'your own account, whichever it is': { resources: layered({ 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:layer:name:1' }) },
    'an account that is known': { resources: layered(of('210987654321')), environment, options: { knownAccounts: ['210987654321'] } },
  },
  unknown: {
    'an account in a stack that is deployed anywhere': { resources: layered(of('210987654321')), findings: found(of('210987654321')) },
    'a parameter': { sections: { Parameters: { Layer: { Type: 'String' } } }, resources: layered({ Ref: 'Layer' }), environment, findings: found('${parameter Layer}') },
  },
  invalid: {
    'the account of somebody else': { resources: layered(of('123456789012'), of('210987654321')), environment, findings: found(of('210987654321'), 1) },
  },
});
