import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps } from 'aws-cdk-lib';
import { plainOrders } from './plain-orders';
import { vulnerableShop } from './vulnerable-shop';
import { AppModel } from '../../src/model/app-model';
import { readTree, stacksBelow } from '../../src/model/read-tree';
import { configureRules } from '../../src/validation/configure-rules';
import { scan } from '../../src/validation/scan';
import { FLAG_SETTINGS } from '../function/fixtures';

const [, RECOMMENDED] = FLAG_SETTINGS.find(([name]) => name === 'recommended flags')!;

/** One line a finding: what is open as undecided has a question mark. */
function findings(app: App): string[] {
  app.synth();
  const { findings: all } = scan(AppModel.of(readTree(stacksBelow(app).filter(stack => !stack.nestedStackParent))), configureRules({}).rules);
  return all.map(({ verdict, severity, rule, constructPath, property = '' }) =>
    [verdict === 'undecided' ? '?' : '', severity, rule.id, constructPath, property].filter(Boolean).join(' '));
}

/** Each line of these files was checked by hand when it came to be there. */
function golden(name: string): string[] {
  return fs.readFileSync(path.join(__dirname, 'golden', `${name}.txt`), 'utf8').trimEnd().split('\n');
}

test.each<[string, (props: AppProps) => App]>([
  ['plain-orders', plainOrders],
  ['vulnerable-shop', vulnerableShop],
])('%s yields exactly what is known to be wrong with it', (name, build) => {
  const app = build({ ...RECOMMENDED, context: { ...RECOMMENDED.context, 'aws:cdk:enable-path-metadata': true } });
  expect(findings(app)).toEqual(golden(name));
});
