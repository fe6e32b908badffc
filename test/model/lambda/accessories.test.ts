import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AppModel } from '../../../src/model/app-model';
import { eventInvokeConfigsFor } from '../../../src/model/lambda/event-invoke-configs';
import { logGroupOf } from '../../../src/model/lambda/log-group-of';
import { aliasesOf, versionsOf } from '../../../src/model/lambda/qualifiers';
import { readTree, stacksBelow } from '../../../src/model/read-tree';
import { CODE } from '../../function/fixtures';

function modelOf(build: (stack: Stack) => void): AppModel {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  build(new Stack(app, 'Stack'));
  app.synth();
  return AppModel.of(readTree(stacksBelow(app)));
}

function only(app: AppModel, type: string) {
  const found = app.ofType(type).filter(({ constructPath }) => !constructPath.includes('LogRetention'));
  expect(found).toHaveLength(1);
  return found[0];
}

describe('the log group of a function', () => {
  test.each<[string, (stack: Stack) => void, string | undefined, string | undefined]>([
    ['is the one it is given', stack => {
      new lambda.Function(stack, 'Fn', { ...CODE, logGroup: new logs.LogGroup(stack, 'Logs') });
    }, 'Stack/Logs/Resource', undefined],
    ['is the one that has its name', stack => {
      const fn = new lambda.Function(stack, 'Fn', CODE);
      new logs.LogGroup(stack, 'Logs', { logGroupName: `/aws/lambda/${fn.functionName}` });
    }, 'Stack/Logs/Resource', undefined],
    ['is the one of its physical name', stack => {
      new lambda.Function(stack, 'Fn', { ...CODE, functionName: 'reader' });
      new logs.LogGroup(stack, 'Logs', { logGroupName: '/aws/lambda/reader' });
    }, 'Stack/Logs/Resource', undefined],
    ['may have its retention set by the CDK alone', stack => {
      new lambda.Function(stack, 'Fn', { ...CODE, logRetention: logs.RetentionDays.ONE_DAY });
    }, undefined, 'Stack/Fn/LogRetention/Resource'],
    ['is none of the app otherwise', stack => {
      const other = new lambda.Function(stack, 'Fn', CODE);
      new logs.LogGroup(stack, 'Logs', { logGroupName: `/elsewhere/${other.functionName}` });
    }, undefined, undefined],
  ])('%s', (_, build, logGroup, retention) => {
    const app = modelOf(build);
    const found = logGroupOf(app, only(app, 'AWS::Lambda::Function'));
    expect(found.logGroup?.constructPath).toBe(logGroup);
    expect(found.retention?.constructPath).toBe(retention);
  });

  test('has the name that Lambda gives it', () => {
    const app = modelOf(stack => new lambda.Function(stack, 'Fn', CODE));
    expect(String(logGroupOf(app, only(app, 'AWS::Lambda::Function')).name)).toContain('/aws/lambda/');
  });
});

describe('versions, aliases and their configurations', () => {
  const app = modelOf(stack => {
    const fn = new lambda.Function(stack, 'Fn', { ...CODE, maxEventAge: Duration.minutes(5) });
    fn.addAlias('live', { maxEventAge: Duration.minutes(10) });
  });
  const fn = only(app, 'AWS::Lambda::Function');
  const [alias] = aliasesOf(app, fn);

  test('are found by their function', () => {
    expect(versionsOf(app, fn)).toHaveLength(1);
    expect(aliasesOf(app, fn)).toHaveLength(1);
    expect(aliasesOf(app, alias)).toEqual([]);
  });

  test.each([['the function', undefined, '300'], ['the alias', alias, '600']])('%s has its own', (_, qualifier, age) => {
    const found = eventInvokeConfigsFor(app, { fn, qualifier });
    expect(found.map(({ config, applies }) => [String(config.get('MaximumEventAgeInSeconds')), applies])).toEqual([[age, 'yes']]);
  });

  test('an unknown qualifier may be meant', () => {
    const raw = AppModel.of([{
      name: 'Stack',
      template: {
        Parameters: { Alias: { Type: 'String' } },
        Resources: {
          Fn: { Type: 'AWS::Lambda::Function' },
          Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Fn' }, Qualifier: { Ref: 'Alias' } } },
        },
      },
    }]);
    expect(eventInvokeConfigsFor(raw, { fn: raw.ofType('AWS::Lambda::Function')[0] }).map(({ applies }) => applies)).toEqual(['unknown']);
  });
});
