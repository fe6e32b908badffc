import * as fs from 'fs';
import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { ALL_RULES } from '../../src/rules';
import { Rule } from '../../src/rules/define-rule';
import { optionValues } from '../../src/rules/rule-options';
import { runRules } from '../../src/validation/run-rules';
import { CODE } from '../function/fixtures';

const DOCS = path.join(__dirname, '../../docs/rules');

/** The code blocks below a heading of a rule's page. */
function examples(rule: Rule, heading: string): string[] {
  const page = fs.readFileSync(path.join(DOCS, `${rule.id}.md`), 'utf8');
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
}

/** What an example may name: the CDK, its service modules as they are usually imported, and what a function needs. */
function scopeOf(stack: cdk.Stack, app: cdk.App): Record<string, unknown> {
  const services = Object.keys(cdk).filter(name => name.startsWith('aws_')).map(name => name.slice('aws_'.length));
  const modules: Record<string, unknown> = {};
  for (const service of services) {
    Object.defineProperty(modules, service, { enumerable: true, get: () => jest.requireActual(`aws-cdk-lib/aws-${service.replace(/_/g, '-')}`) });
  }
  const flat = ['lambda-event-sources', 'lambda-destinations', 'events-targets', 's3-notifications', 'apigatewayv2-integrations', 'apigatewayv2-authorizers',
    'cloudwatch-actions', 'sns-subscriptions', 'lambda-nodejs', 'stepfunctions-tasks'];
  const named = flat.map(module => jest.requireActual(`aws-cdk-lib/aws-${module}`));
  return new Proxy({ ...CODE, stack, app, cdk }, {
    has: (_, name) => typeof name === 'string' && !(name in globalThis),
    get: (own: any, name) => typeof name === 'symbol' ? undefined
      : own[name] ?? (cdk as any)[name] ?? modules[name] ?? named.find(module => name in module)?.[name] ?? jest.requireActual('../../src')[name],
  });
}

function outcome(rule: Rule, code: string) {
  const app = new cdk.App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new cdk.Stack(app, 'Stack');
  const javascript = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } }).outputText;
  new Function('scope', `with (scope) {${javascript}}`)(scopeOf(stack, app));
  app.synth();
  const model = AppModel.of(readTree(stacksBelow(app).filter(each => !each.nestedStackParent)));
  return runRules(model, [{ rule, severity: rule.severity, options: optionValues(rule.options ?? {}, {}).values }]);
}

describe.each(ALL_RULES)('the page of $id', rule => {
  test.each(examples(rule, 'Rejected'))('is right that this is rejected: %s', code => {
    expect(outcome(rule, code).findings.filter(({ verdict }) => verdict === 'violated')).not.toEqual([]);
  });

  test.each(examples(rule, 'Accepted'))('is right that this is accepted: %s', code => {
    const { findings, compliant } = outcome(rule, code);
    expect(findings).toEqual([]);
    expect(compliant).not.toEqual([]);
  });

  test('shows both', () => {
    expect(examples(rule, 'Rejected')).not.toEqual([]);
    expect(examples(rule, 'Accepted')).not.toEqual([]);
  });
});
