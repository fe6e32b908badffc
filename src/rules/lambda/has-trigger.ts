import { AppModel } from '../../model/app-model';
import { ownFunctions } from '../../model/lambda/functions';
import { aliasesOf, versionsOf } from '../../model/lambda/qualifiers';
import { triggers } from '../../model/lambda/triggers';
import { mentionsOf } from '../../model/mentions';
import { Resource } from '../../model/resource';
import { Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const hasTrigger = defineRule({
  id: 'lambda/has-trigger',
  severity: Severity.LOW,
  summary: 'Something invokes each function',
  rationale: 'A function that nothing invokes is left over: nobody watches or updates it, while its role, its secrets and its dependencies stay in place for '
    + 'whoever gets hold of it.',
  remedy: 'Remove the function, or connect it. For one that people or other systems invoke, put its name into an output, or permit them to.',
  fix: 'new CfnOutput(this, \'HandlerName\', { value: handler.functionName });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html'],
  peers: {},
  compliance: { nist80053: ['CM-7', 'CM-8'], owaspServerless: ['A6'], csaSas: ['SAS-11'] },

  *check(app) {
    for (const fn of ownFunctions(app)) {
      yield {
        resource: fn,
        holds: triggers(app).of(fn).length > 0 ? 'yes' : invoked(app, fn),
        message: () => `nothing in the app is known to invoke ${fn}, expected a trigger, or somebody who may invoke it`,
      };
    }
  },
});

/** Whether somebody is given the right to invoke a function; who only learns its name may or may not use it. */
function invoked(app: AppModel, fn: Resource): Verdict {
  const mentions = [fn, ...aliasesOf(app, fn), ...versionsOf(app, fn)].map(named => mentionsOf(app, named));
  const types = mentions.flatMap(({ resources }) => resources).map(({ type }) => type);
  if (types.some(type => type === 'AWS::Lambda::Permission' || type.startsWith('AWS::IAM::'))) return 'yes';
  const elsewhere = mentions.some(({ outputs }) => outputs.length > 0) || types.some(type => !ACCESSORIES.has(type));
  return elsewhere ? 'unknown' : 'no';
}

/** What belongs to a function, or watches it, and never invokes it. */
const ACCESSORIES: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Dashboard', 'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::Version', 'AWS::Logs::LogGroup', 'AWS::Logs::MetricFilter', 'Custom::LogRetention',
]);
