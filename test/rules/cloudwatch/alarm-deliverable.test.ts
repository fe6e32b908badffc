import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SecureFunction } from '../../../src';
import { alarmDeliverable } from '../../../src/rules/cloudwatch/alarm-deliverable';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const ALARM = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } };
const topic = (KmsMasterKeyId?: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId } });
const key = (...Statement: object[]) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } });
const allow = (principal: unknown, action: unknown = ['kms:Decrypt', 'kms:GenerateDataKey*'], more: object = {}) =>
  ({ Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...more });
const CLOUDWATCH = { Service: 'cloudwatch.amazonaws.com' };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const keptOut = (by: string) => ({
  at: 'Stack/Topic', property: 'KmsMasterKeyId', message: `key \`${by}\` keeps alarms out, expected one that lets \`cloudwatch.amazonaws.com\` in`,
});

function alarmed(stack: any, masterKey: kms.IKey) {
  new lambda.Function(stack, 'Fn', CODE).metricErrors().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 })
    .addAlarmAction(new SnsAction(new sns.Topic(stack, 'Topic', { masterKey })));
}

testRule(alarmDeliverable, {
  valid: {
    'no key': { resources: { Alarm: ALARM, Topic: topic() } },
    'a key that lets CloudWatch in': { resources: { Alarm: ALARM, Topic: topic(KEY), Key: key(allow(CLOUDWATCH)) } },
    'a key that lets it in for alarms of the account': {
      resources: {
        Alarm: ALARM, Topic: topic(KEY), Key: key(allow(CLOUDWATCH, 'kms:*', { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } })),
      },
    },
    'a key by its alias': {
      resources: {
        Alarm: ALARM,
        Topic: topic({ Ref: 'Alias' }),
        Key: key(allow(CLOUDWATCH)),
        Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/alarms', TargetKeyId: KEY } },
      },
    },
    'a key in the CDK that lets CloudWatch in': {
      app: stack => {
        const masterKey = new kms.Key(stack, 'Key');
        masterKey.grant(new iam.ServicePrincipal('cloudwatch.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey*');
        alarmed(stack, masterKey);
      },
    },
    'a topic that no alarm goes to': { resources: { Topic: topic('alias/aws/sns') } },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a key from elsewhere': {
      resources: { Alarm: ALARM, Topic: topic('alias/alarms') }, findings: [{ ...keptOut('alias/alarms'), reasons: ['Stack/Alarm goes to Stack/Topic'] }],
    },
    'a key for everybody under conditions': {
      resources: { Alarm: ALARM, Topic: topic(KEY), Key: key(allow('*', 'kms:*', { Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } } })) },
      findings: [keptOut('${Stack/Key.Arn}')],
    },
  },
  invalid: {
    'the key that AWS keeps': { resources: { Alarm: ALARM, Topic: topic('alias/aws/sns') }, findings: [keptOut('alias/aws/sns')] },
    'the key that AWS keeps, by ARN': {
      resources: { Alarm: ALARM, Topic: topic({ 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sns' }) },
      findings: [keptOut('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sns')],
    },
    'a key for the account alone, as the CDK makes it': {
      app: stack => alarmed(stack, new kms.Key(stack, 'Key')), findings: [{ ...keptOut('${Stack/Key/Resource.Arn}'), at: 'Stack/Topic/Resource' }],
    },
    'a key to decrypt alone': { resources: { Alarm: ALARM, Topic: topic(KEY), Key: key(allow(CLOUDWATCH, 'kms:Decrypt')) }, findings: [keptOut('${Stack/Key.Arn}')] },
    'a key without a policy': { resources: { Alarm: ALARM, Topic: topic(KEY), Key: { Type: 'AWS::KMS::Key' } }, findings: [keptOut('${Stack/Key.Arn}')] },
  },
});
