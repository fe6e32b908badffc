import { App, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { concurrencyWithinQuota } from '../../../src/rules/lambda/concurrency-within-quota';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const PROPERTY = 'ReservedConcurrentExecutions';

function reserving(...reservations: unknown[]) {
  return Object.fromEntries(reservations.map((reserved, index) => [`Fn${index}`, {
    Type: 'AWS::Lambda::Function', Properties: reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved },
  }]));
}

function reserve(stack: Stack, reserved: number): void {
  new lambda.Function(stack, 'Fn', { ...CODE, reservedConcurrentExecutions: reserved });
}

function inStages(app: App, ...ids: string[]): void {
  for (const id of ids) reserve(new Stack(new Stage(app, id), 'Stack'), 500);
}

const environment = { account: '111122223333', region: 'eu-west-1' };
const HERE = 'account 111122223333 in region eu-west-1';

testRule(concurrencyWithinQuota, {
  valid: {
    '900 of 1000': { resources: reserving(800, 100), environment },
    'nothing reserved': { resources: reserving(undefined) },
    'more in an account with a higher quota': { resources: reserving(1900), options: { quota: 2000 } },
    'accounts and regions apart': {
      app: (_, app) => [['111122223333', 'eu-west-1'], ['111122223333', 'eu-west-2'], ['444455556666', 'eu-west-1']].forEach(([account, region], index) =>
        reserve(new Stack(app, `Stack${index}`, { env: { account, region } }), 500)),
    },
    'stages of unknown accounts apart': { app: (_, app) => inStages(app, 'Test', 'Live') },
    'the whole quota where the user keeps nothing back': { resources: reserving(1000), options: { unreserved: 0 } },
  },
  unknown: {
    'a reservation that may exceed it': {
      sections: { Parameters: { Reserved: { Type: 'Number', AllowedValues: [1, 101] } } },
      resources: reserving(800, { Ref: 'Reserved' }),
      environment,
      findings: [{ at: 'Stack/Fn0', property: PROPERTY, message: `functions of ${HERE} reserve \`801\` executions together, expected at most \`900\`` }],
    },
    'a reservation of which nothing is known': {
      sections: { Parameters: { Reserved: { Type: 'Number' } } },
      resources: reserving(800, { Ref: 'Reserved' }),
      environment,
      findings: [{ at: 'Stack/Fn0', property: PROPERTY, message: `functions of ${HERE} reserve \`800\` executions together or more, expected at most \`900\`` }],
    },
  },
  invalid: {
    'one too many': {
      resources: reserving(100, 801),
      environment,
      findings: [{
        at: 'Stack/Fn1',
        property: PROPERTY,
        message: `functions of ${HERE} reserve \`901\` executions together, expected at most \`900\``,
        reasons: ['Stack/Fn0 reserves 100', 'Stack/Fn1 reserves 801'],
      }],
    },
    'too many whatever else is unknown': {
      sections: { Parameters: { Reserved: { Type: 'Number' } } },
      resources: reserving(901, { Ref: 'Reserved' }),
      environment,
      findings: [{ at: 'Stack/Fn0', property: PROPERTY, message: `functions of ${HERE} reserve \`901\` executions together or more, expected at most \`900\`` }],
    },
    'two stacks of one app together': {
      app: (stack, app) => {
        reserve(stack, 500);
        reserve(new Stack(app, 'Other'), 401);
      },
      findings: [{
        at: 'Stack/Fn/Resource',
        property: PROPERTY,
        message: 'functions of account unknown in region unknown reserve `901` executions together, expected at most `900`',
      }],
    },
    'a small quota, of which nothing can be reserved': {
      resources: reserving(1),
      environment,
      options: { quota: 10 },
      findings: [{ at: 'Stack/Fn0', property: PROPERTY, message: `functions of ${HERE} reserve \`1\` executions together, expected at most \`0\`` }],
    },
  },
});
