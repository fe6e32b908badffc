import * as lambda from 'aws-cdk-lib/aws-lambda';
import { recursiveLoopTerminated } from '../../../src/rules/lambda/recursive-loop-terminated';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

testRule(recursiveLoopTerminated, {
  valid: {
    'the default': { app: stack => void new lambda.Function(stack, 'Fn', CODE) },
    'the default, written down': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, recursiveLoop: lambda.RecursiveLoop.TERMINATE }) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Loop: { Type: 'String' } } },
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { RecursiveLoop: { Ref: 'Loop' } } } },
      findings: [{ at: 'Stack/Fn', property: 'RecursiveLoop', message: 'recursive loops are set to `${parameter Loop}`, expected `Terminate`' }],
    },
  },
  invalid: {
    'loops that are let be': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, recursiveLoop: lambda.RecursiveLoop.ALLOW }),
      findings: [{ at: 'Stack/Fn/Resource', property: 'RecursiveLoop', message: 'recursive loops are set to `Allow`, expected `Terminate`' }],
    },
  },
});
