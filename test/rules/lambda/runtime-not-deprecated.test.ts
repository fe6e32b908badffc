import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { runtimeNotDeprecated } from '../../../src/rules/lambda/runtime-not-deprecated';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const runtime = (Runtime: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Runtime } } });
const finding = (message: string) => ({ at: 'Stack/Fn', property: 'Runtime', message });

testRule(runtimeNotDeprecated, {
  valid: {
    'a current one': { resources: runtime('nodejs24.x') },
    'the day before its end': { resources: runtime('nodejs18.x'), options: { asOf: '2025-08-31' } },
    'an image': { resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: 'image' } } } } },
    'one of two current ones': {
      sections: { Parameters: { Runtime: { Type: 'String', AllowedValues: ['nodejs24.x', 'nodejs22.x'] } } }, resources: runtime({ Ref: 'Runtime' }),
    },
    'the latest that the CDK knows': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, runtime: lambda.Runtime.NODEJS_LATEST }) },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Runtime: { Type: 'String' } } },
      resources: runtime({ Ref: 'Runtime' }),
      findings: [finding('when runtime `${parameter Runtime}` ends is not known here, expected one that gets patches on 2026-10-20')],
    },
    'one that is newer than the table': {
      resources: runtime('nodejs99.x'),
      findings: [finding('when runtime `nodejs99.x` ends is not known here, expected one that gets patches on 2026-10-20')],
    },
    'one of which only deployment knows': {
      sections: { Parameters: { Runtime: { Type: 'String', AllowedValues: ['nodejs24.x', 'nodejs16.x'] } } },
      resources: runtime({ Ref: 'Runtime' }),
      findings: [finding('when runtime `nodejs24.x or nodejs16.x` ends is not known here, expected one that gets patches on 2026-10-20')],
    },
  },
  invalid: {
    'the day of its end': {
      resources: runtime('nodejs18.x'),
      options: { asOf: '2025-09-01' },
      findings: [finding('runtime `nodejs18.x` gets no patches since 2025-09-01, expected one such as `nodejs24.x`')],
    },
    'one that ended long ago': {
      resources: runtime('python2.7'), findings: [finding('runtime `python2.7` gets no patches since 2021-07-15, expected one such as `python3.14`')],
    },
    'one that ended, in the CDK': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, runtime: lambda.Runtime.PYTHON_3_8 }),
      findings: [{ ...finding('runtime `python3.8` gets no patches since 2024-10-14, expected one such as `python3.14`'), at: 'Stack/Fn/Resource' }],
    },
  },
});
