import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { at, modelOf, synthesized } from './model-of';
import { policiesOn, resourceStatements } from '../../src/iam/resource-policies';
import { CODE } from '../function/fixtures';

const app = synthesized(stack => {
  const fn = new lambda.Function(stack, 'Fn', CODE);
  const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
  bucket.addObjectCreatedNotification(new LambdaDestination(fn.currentVersion));
  new sqs.Queue(stack, 'Queue', { enforceSSL: true });
});

const shown = (path: string) => policiesOn(app, at(app, path)).map(statement => [String(statement.effect), statement.principals.map(({ type, value }) => `${type}:${value}`).join()]);

test('a bucket and a queue have the policies that name them', () => {
  expect(shown('Stack/Bucket/Resource')).toEqual([['Deny', 'AWS:*']]);
  expect(shown('Stack/Queue/Resource')).toEqual([['Deny', 'AWS:*']]);
});

test('a function has the permissions on its versions', () => {
  expect(shown('Stack/Fn/Resource')).toEqual([['Allow', 'Service:s3.amazonaws.com']]);
});

describe('a permission reads as the statement that Lambda makes of it', () => {
  const of = (properties: object) => {
    const one = modelOf({ P: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...properties } } }, { Parameters: { Any: { Type: 'String' } } });
    return resourceStatements(one).get(at(one, 'Stack/P'))![0];
  };

  test.each<[unknown, string]>([
    ['*', '*:*'], ['sns.amazonaws.com', 'Service:sns.amazonaws.com'], ['alexa-appkit.amazon.com', 'Service:alexa-appkit.amazon.com'], ['123456789012', 'AWS:123456789012'],
    ['arn:aws:iam::123456789012:role/a.amazonaws.com', 'AWS:arn:aws:iam::123456789012:role/a.amazonaws.com'],
    [{ 'Fn::Sub': 'states.${AWS::Region}.amazonaws.com' }, 'Service:states.${AWS::Region}.amazonaws.com'], [{ Ref: 'Any' }, '*:${parameter Any}'],
  ])('%j is %s', (principal, expected) => expect(of({ Principal: principal }).principals.map(({ type, value }) => `${type}:${value}`)).toEqual([expected]));

  test('with what it asks of a request', () => {
    const keys: string[] = [];
    of({ Principal: '*', SourceArn: 'a', SourceAccount: '1', PrincipalOrgID: 'o', FunctionUrlAuthType: 'NONE' }).requires(({ key }) => {
      keys.push(key);
      return 'no';
    });
    expect(keys.sort()).toEqual(['aws:principalorgid', 'aws:sourceaccount', 'aws:sourcearn', 'lambda:functionurlauthtype']);
  });

  test('in the properties it has', () => {
    const statement = of({ Principal: '*' });
    expect([statement.at('Principal'), statement.at('Action'), statement.at('Condition')]).toEqual(['Principal', 'Action', 'SourceArn']);
  });
});

describe('a policy of an event bus', () => {
  const of = (properties: object) => {
    const one = modelOf({ Bus: { Type: 'AWS::Events::EventBus' }, P: { Type: 'AWS::Events::EventBusPolicy', Properties: { EventBusName: { Ref: 'Bus' }, ...properties } } });
    return policiesOn(one, at(one, 'Stack/Bus')).map(statement => ({
      principals: statement.principals.map(({ type, value }) => `${type}:${value}`),
      actions: String(statement.actions),
      at: statement.at('Principal'),
      conditional: statement.isConditional,
    }));
  };

  test('is of the bus that it names, as a whole statement', () => {
    expect(of({ Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'events:PutEvents' } }))
      .toEqual([{ principals: ['AWS:111122223333'], actions: 'events:PutEvents', at: 'Statement.Principal', conditional: 'no' }]);
  });

  test('reads in parts as the statement that EventBridge makes of them', () => {
    expect(of({ Action: 'events:PutEvents', Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-a1b2c3d4e5' } }))
      .toEqual([{ principals: ['*:*'], actions: 'events:PutEvents', at: 'Principal', conditional: 'yes' }]);
  });
});

describe('a permission on a layer version', () => {
  const of = (properties: object) => {
    const one = modelOf({
      Layer: { Type: 'AWS::Lambda::LayerVersion' },
      P: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { LayerVersionArn: { Ref: 'Layer' }, Action: 'lambda:GetLayerVersion', ...properties } },
    });
    const [statement] = policiesOn(one, at(one, 'Stack/Layer'));
    const keys = statement.tests.flatMap(tests => tests === 'unknown' ? [] : tests).map(({ operator, key, values }) => `${operator} ${key} ${values}`);
    return { principals: statement.principals.map(({ type, value }) => `${type}:${value}`), keys, at: [statement.at('Principal'), statement.at('Condition')] };
  };

  test('is of the layer version that it names', () => expect(of({ Principal: '111122223333' }))
    .toEqual({ principals: ['AWS:111122223333'], keys: [], at: ['Principal', 'OrganizationId'] }));

  test('asks for the organization', () => expect(of({ Principal: '*', OrganizationId: 'o-a1b2c3d4e5' }))
    .toEqual({ principals: ['AWS:*'], keys: ['StringEquals aws:principalorgid o-a1b2c3d4e5'], at: ['Principal', 'OrganizationId'] }));
});
