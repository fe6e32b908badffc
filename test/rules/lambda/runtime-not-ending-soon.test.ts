import { SecureFunction } from '../../../src';
import { runtimeNotEndingSoon } from '../../../src/rules/lambda/runtime-not-ending-soon';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const runtime = (Runtime: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Runtime } } });

testRule(runtimeNotEndingSoon, {
  valid: {
    'exactly as many days as asked for': { resources: runtime('nodejs18.x'), options: { asOf: '2025-08-22', days: 10 } },
    'one that has ended, which is for another rule': { resources: runtime('nodejs18.x'), options: { asOf: '2025-09-01', days: 10 } },
    'one that isn\'t known here': { resources: runtime('nodejs99.x') },
    'an image': { resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: 'image' } } } } },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Runtime: { Type: 'String' } } },
      resources: runtime({ Ref: 'Runtime' }),
      findings: [{
        at: 'Stack/Fn',
        property: 'Runtime',
        message: 'patches for runtime `${parameter Runtime}` end on a day not known here, expected one that gets them for 90 days more',
      }],
    },
  },
  invalid: {
    'one day less': {
      resources: runtime('nodejs18.x'),
      options: { asOf: '2025-08-23', days: 10 },
      findings: [{
        at: 'Stack/Fn',
        property: 'Runtime',
        message: 'patches for runtime `nodejs18.x` end on 2025-09-01, expected one that gets them for 10 days more, such as `nodejs24.x`',
      }],
    },
  },
});
