import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps } from 'aws-cdk-lib';
import { Rule } from '../../src/rules/define-rule';
import { Severity } from '../../src/rules/severity';

/** The CDK writes its report and leaves it to the caller to fail. */
export const REPORTED: AppProps = { context: { '@aws-cdk/core:failSynthOnValidationErrors': false } };

export interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: 'success' | 'failure';
  readonly metadata: Record<string, string>;
  readonly violations: Violation[];
  readonly suppressedViolations?: Violation[];
}

export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly severity: string;
  readonly ruleMetadata: Record<string, string>;
  readonly violatingConstructs: {
    readonly constructPath: string;
    readonly stackTraces?: string[];
    readonly cloudFormationResource?: { readonly templatePath: string; readonly logicalId: string; readonly propertyPaths?: string[] };
  }[];
}

/** What the CDK writes about each plugin that has something to say. */
export function pluginReports(app: App): PluginReport[] {
  const { directory } = app.synth();
  const file = path.join(directory, 'validation-report.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).pluginReports : [];
}

/** Each violation of each construct, as `rule at construct`. */
export function violations(app: App): string[] {
  return pluginReports(app).flatMap(report => report.violations).flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`));
}

/** A rule of a given severity that queues break unless they are FIFO queues, and of which nothing is known where that is a parameter. */
export function queuesAreFifo(severity: Severity, metadata: Partial<Rule> = {}): Rule {
  return {
    id: 'sqs/queues-are-fifo',
    severity,
    summary: 'Queues are FIFO queues',
    rationale: 'Order matters.',
    remedy: 'Make it a FIFO queue.',
    fix: "new sqs.Queue(this, 'Queue', { fifo: true });",
    references: [],
    peers: {},
    compliance: {},
    *check(app) {
      for (const resource of app.ofType('AWS::SQS::Queue')) {
        const fifo = resource.get('FifoQueue').or(false);
        yield { resource, property: 'FifoQueue', holds: fifo.isTrue, message: () => `\`FifoQueue\` is \`${fifo}\`, expected \`true\`` };
      }
    },
    ...metadata,
  };
}

/** Lets the validation know `rules` alone, until mocks are restored. */
export function useRules(...rules: Rule[]): void {
  jest.replaceProperty(jest.requireActual('../../src/rules'), 'ALL_RULES', rules);
}
