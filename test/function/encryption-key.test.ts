import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { FLAG_SETTINGS, stackWith } from './fixtures';
import { SecureDefaults } from '../../src';
import { allowCloudWatchAlarms, allowLogGroups, encryptionKeyFor } from '../../src/function/shared/encryption-key';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const KEY_ARN = 'arn:aws:kms:eu-central-1:111122223333:key/8e5ae2a1-0d1e-4cbb-9a04-0c9c7e0a2f5a';

describe.each(FLAG_SETTINGS)('the shared key (%s)', (_, appProps) => {
  test('rotates, outlives its stack, has no physical name and lets IAM of the account decide', () => {
    const stack = stackWith(appProps);
    encryptionKeyFor(new Construct(stack, 'One'));

    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', {
      Properties: {
        EnableKeyRotation: true,
        Description: Match.stringLikeRegexp('functions in this stack'),
        KeyPolicy: { Statement: [Match.objectLike({ Action: 'kms:*', Principal: { AWS: Match.anyValue() } })] },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    template.resourceCountIs('AWS::KMS::Alias', 0);
  });

  test('is one for all functions of a stack and of the stacks nested in it', () => {
    const stack = stackWith(appProps);
    const nested = new NestedStack(stack, 'Nested');
    const key = encryptionKeyFor(new Construct(stack, 'One'));

    expect(encryptionKeyFor(new Construct(stack, 'Two'))).toBe(key);
    expect(encryptionKeyFor(new Construct(nested, 'Three'))).toBe(key);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
    Template.fromStack(nested).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('is another one for another stack', () => {
    const app = new App(appProps);
    expect(encryptionKeyFor(new Stack(app, 'One'))).not.toBe(encryptionKeyFor(new Stack(app, 'Two')));
  });

  test('is the key of the defaults where they have one', () => {
    const stack = stackWith(appProps);
    const own = new kms.Key(stack, 'Own');
    SecureDefaults.set(stack, { encryptionKey: own });

    expect(encryptionKeyFor(new Construct(stack, 'One'))).toBe(own);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('lets CloudWatch Logs in for log groups of the account and region, however many ask', () => {
    const stack = stackWith(appProps, { env: ENV });
    const key = encryptionKeyFor(stack);
    allowLogGroups(key, new Construct(stack, 'One'));
    allowLogGroups(key, new Construct(stack, 'Two'));

    // Counted before the CDK merges what is the same, which takes time for hundreds of functions.
    expect((key as kms.Key)['policy']?.statementCount).toBe(2);
    expect(statementsOf(stack)).toHaveLength(2);
    const { Action, ...statement } = statementsOf(stack)[1];
    expect([...Action].sort()).toEqual(['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
    expect(statement).toEqual({
      Effect: 'Allow',
      Principal: { Service: { 'Fn::Join': ['', ['logs.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] } },
      Resource: '*',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.resolve(`arn:${stack.partition}:logs:eu-central-1:111122223333:log-group:*`),
        },
      },
    });
  });

  test('lets CloudWatch in for alarms of the account and region, however many ask', () => {
    const stack = stackWith(appProps, { env: ENV });
    const key = encryptionKeyFor(stack);
    allowCloudWatchAlarms(key, new Construct(stack, 'One'));
    allowCloudWatchAlarms(key, new Construct(stack, 'Two'));

    expect(statementsOf(stack)).toHaveLength(2);
    expect(statementsOf(stack)[1]).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: {
          'aws:SourceArn': stack.resolve(`arn:${stack.partition}:cloudwatch:eu-central-1:111122223333:alarm:*`),
        },
      },
    });
  });

  test('is scoped by pseudo parameters in a stack without an environment', () => {
    const stack = stackWith(appProps);
    allowLogGroups(encryptionKeyFor(stack), stack);

    expect(statementsOf(stack)[1].Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']).toEqual({
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*',
      ]],
    });
  });
});

describe('a key whose policy is kept elsewhere', () => {
  test('gets a warning that names each missing statement once', () => {
    const stack = stackWith();
    const key = kms.Key.fromKeyArn(stack, 'Imported', KEY_ARN);
    allowLogGroups(key, stack);
    allowLogGroups(key, stack);
    allowCloudWatchAlarms(key, stack);

    const warnings = Annotations.fromStack(stack).findWarning('/Stack/Imported', Match.anyValue()).map(({ entry }) => String(entry.data));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('log groups encrypted with it can not be created');
    expect(warnings[0]).toContain('"Service":"logs.${AWS::Region}.${AWS::URLSuffix}"');
    expect(warnings[0]).toContain('"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"');
    expect(warnings[1]).toContain('"Service":"cloudwatch.amazonaws.com"');
  });

  test('is not named where the policy can be changed', () => {
    const stack = stackWith();
    allowLogGroups(new kms.Key(stack, 'Own'), stack);

    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

function statementsOf(stack: Stack): any[] {
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  return key.Properties.KeyPolicy.Statement;
}
