import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as signer from 'aws-cdk-lib/aws-signer';
import { codeSigned } from '../../../src/rules/lambda/code-signed';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const ZIP = { Code: { S3Bucket: 'artifacts', S3Key: 'orders.zip' } };
const fn = (properties: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { ...ZIP, ...properties } });
const config = (policy?: unknown) => ({
  Type: 'AWS::Lambda::CodeSigningConfig',
  Properties: { AllowedPublishers: { SigningProfileVersionArns: ['arn'] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: policy } },
});
const SIGNED = fn({ CodeSigningConfigArn: { Ref: 'Config' } });
const policyIs = (policy: string) => ({
  at: 'Stack/Config',
  property: 'CodeSigningPolicies.UntrustedArtifactOnDeployment',
  message: `for code that is not signed the policy is \`${policy}\`, expected \`Enforce\``,
});
const UNSIGNED = { at: 'Stack/Fn', property: 'CodeSigningConfigArn', message: 'the code signing configuration is `(not set)`, expected one' };
const inL2 = (untrustedArtifactOnDeployment?: lambda.UntrustedArtifactOnDeployment) => (stack: any) => void new lambda.Function(stack, 'Fn', {
  ...CODE,
  code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Artifacts', 'artifacts'), 'orders.zip'),
  codeSigningConfig: new lambda.CodeSigningConfig(stack, 'Config', {
    signingProfiles: [new signer.SigningProfile(stack, 'Profile', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA })], untrustedArtifactOnDeployment,
  }),
});

testRule(codeSigned, {
  valid: {
    'signed': { resources: { Fn: SIGNED, Config: config('Enforce') } },
    'signed in the CDK': { app: inL2(lambda.UntrustedArtifactOnDeployment.ENFORCE) },
    'an app that signs nothing': { resources: { Fn: fn() } },
    'signed elsewhere': { resources: { Fn: fn({ CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1' }) }, options: { required: true } },
    'images, which can not be signed so': { resources: { Fn: fn({ Code: { ImageUri: 'image' } }) }, options: { required: true } },
    'code in the template, too': { resources: { Fn: fn({ Code: { ZipFile: '' } }) }, options: { required: true } },
  },
  unknown: {
    'a policy from a parameter': {
      sections: { Parameters: { Policy: { Type: 'String' } } },
      resources: { Fn: SIGNED, Config: config({ Ref: 'Policy' }) },
      findings: [policyIs('${parameter Policy}')],
    },
  },
  invalid: {
    'a warning alone': { resources: { Fn: SIGNED, Config: config('Warn') }, findings: [policyIs('Warn')] },
    'the default, which is a warning': { resources: { Fn: SIGNED, Config: config() }, findings: [policyIs('Warn')] },
    'the default of the CDK': { app: inL2(), findings: [{ ...policyIs('Warn'), at: 'Stack/Config/Resource' }] },
    'one function without': { resources: { Signed: SIGNED, Fn: fn(), Config: config('Enforce') }, findings: [UNSIGNED] },
    'all functions, where it is required': { resources: { Fn: fn() }, options: { required: true }, findings: [UNSIGNED] },
  },
});
