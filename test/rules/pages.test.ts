import * as fs from 'fs';
import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { ALL_RULES } from '../../src/rules';
import { Rule } from '../../src/rules/define-rule';
import { optionValues } from '../../src/rules/rule-options';
import { runRules } from '../../src/validation/run-rules';
import { codeBlocks, runExample } from '../example-code';

const DOCS = path.join(__dirname, '../../docs/rules');

/** The code blocks below a heading of a rule's page. */
function examples(rule: Rule, heading: string): string[] {
  const page = fs.readFileSync(path.join(DOCS, `${rule.id}.md`), 'utf8');
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return codeBlocks(section).filter(({ language }) => language === 'ts').map(({ code }) => code);
}

function outcome(rule: Rule, code: string) {
  const app = new cdk.App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new cdk.Stack(app, 'Stack');
  runExample(code, stack);
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
