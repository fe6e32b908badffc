import { AccessDiff } from '../../../src/access/diff/access-change';
import { accessDiff } from '../../../src/access/diff/access-diff';
import { AppModel } from '../../../src/model/app-model';
import { modelOf } from '../../iam/model-of';

export type Resources = Readonly<Record<string, object>>;

export const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
export const allow = (Action: string | readonly string[], Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
export const deny = (Action: string | readonly string[], Resource: unknown = '*', more: object = {}) => ({ ...allow(Action, Resource, more), Effect: 'Deny' });
export const inline = (...statements: object[]) => [{ PolicyName: 'Inline', PolicyDocument: document(...statements) }];
export const trusted = (Principal: unknown = { Service: 'lambda.amazonaws.com' }) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
export const resource = (Type: string, Properties: object = {}, path?: string) => ({ Type, Properties, ...path ? { Metadata: { 'aws:cdk:path': path } } : {} });

/** A role with rights. */
export function role(statements: readonly object[], more: object = {}): object {
  return resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trusted(), ...statements.length > 0 ? { Policies: inline(...statements) } : {}, ...more });
}

/** What there is to have access to. */
export const STORES: Resources = {
  Table: resource('AWS::DynamoDB::Table'),
  Bucket: resource('AWS::S3::Bucket'),
  Queue: resource('AWS::SQS::Queue'),
  Key: resource('AWS::KMS::Key', { KeyPolicy: document(allow('kms:*', '*', { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } })) }),
};

/** How an app with some resources beside the stores differs from one with others. */
export function diffOf(before: Resources, after: Resources, sections: object = {}): AccessDiff {
  return accessDiff(modelOf({ ...STORES, ...before }, sections), modelOf({ ...STORES, ...after }, sections));
}

/** The same of two stacks whose account and region are known. */
export function diffInAccount(before: Resources, after: Resources): AccessDiff {
  const [older, newer] = [before, after].map(Resources =>
    AppModel.of([{ name: 'Stack', template: { Resources }, account: '111111111111', region: 'eu-west-1' }]));
  return accessDiff(older, newer);
}
