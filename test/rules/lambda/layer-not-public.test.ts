import * as lambda from 'aws-cdk-lib/aws-lambda';
import { layerNotPublic } from '../../../src/rules/lambda/layer-not-public';
import { testRule } from '../rule-tester';

const permission = (Principal: unknown, more: object = {}) => ({
  Layer: { Type: 'AWS::Lambda::LayerVersion' },
  P: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { LayerVersionArn: { Ref: 'Layer' }, Action: 'lambda:GetLayerVersion', Principal, ...more } },
});
const found = [{
  at: 'Stack/P',
  property: 'Principal',
  message: '`lambda:GetLayerVersion` is allowed to everybody, expected an account, or an organization in `OrganizationId`',
  reasons: ['this is a permission on Stack/Layer'],
}];
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };
const layerOf = (code: lambda.Code) => ({ code, compatibleRuntimes: [lambda.Runtime.NODEJS_LATEST] });

testRule(layerNotPublic, {
  valid: {
    'an account': { resources: permission('210987654321') },
    'the account itself': { resources: permission({ Ref: 'AWS::AccountId' }) },
    'an account by its root': { resources: permission({ 'Fn::Sub': 'arn:aws:iam::${Any}:root' }), sections },
    'everybody in an organization': { resources: permission('*', { OrganizationId: 'o-a1b2c3d4e5' }) },
    'an organization that a parameter names, which has to be one': { resources: permission('*', { OrganizationId: { 'Fn::Sub': 'o-${Any}' } }), sections },
    'an organization by the CDK': {
      app: stack => new lambda.LayerVersion(stack, 'Layer', layerOf(lambda.Code.fromAsset(__dirname)))
        .addPermission('Ours', { accountId: '*', organizationId: 'o-a1b2c3d4e5' }),
    },
  },
  unknown: {
    'a principal that a parameter names': { sections, resources: permission({ Ref: 'Any' }), findings: found },
    'an organization that a condition of the template decides on': {
      sections, resources: permission('*', { OrganizationId: { 'Fn::If': ['Sometimes', 'o-a1b2c3d4e5', { Ref: 'AWS::NoValue' }] } }), findings: found,
    },
    'everybody or an account': { sections, resources: permission({ 'Fn::If': ['Sometimes', '*', '210987654321'] }), findings: found },
  },
  invalid: {
    'everybody': { resources: permission('*'), findings: found },
    'everybody, for a layer from elsewhere': {
      resources: permission('*', { LayerVersionArn: 'arn:aws:lambda:eu-west-1:123456789012:layer:shared:3' }), findings: [{ ...found[0], reasons: [] }],
    },
    'everybody by the CDK': {
      app: stack => new lambda.LayerVersion(stack, 'Layer', layerOf(lambda.Code.fromAsset(__dirname))).addPermission('All', { accountId: '*' }),
      findings: [{ ...found[0], at: 'Stack/Layer/All', reasons: ['this is a permission on Stack/Layer/Resource'] }],
    },
  },
});
