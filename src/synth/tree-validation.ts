import * as fs from 'fs';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ServerlessRulesProps } from './serverless-rules-props';
import type { AcknowledgedNames } from '../validation/acknowledgements';
import { Policy } from '../validation/policy';
import { FailOn } from '../validation/profile';
import type { Scan } from '../validation/scan';
import { isDate } from '../validation/waiver';

/** What is looked at, and what somebody has accepted. */
export interface ValidatedTree extends AcknowledgedNames {
  /** Top-level stacks; those nested in them belong to them. */
  readonly stacks: readonly Stack[];
  /** What findings are reported on, if not on all stacks; what is beside it only explains them. */
  readonly scopes?: readonly IConstruct[];
  /** How to get at the template of a stack. */
  readonly read?: (stack: Stack) => unknown;
}

/** The engine over a construct tree, with the props that each of the ways in has. */
export class TreeValidation {
  public readonly policy: Policy;

  /** @param owner the class whose props they are, which an error names */
  constructor(owner: string, private readonly props: ServerlessRulesProps, moreFaults: readonly string[] = []) {
    this.policy = new Policy({ ...props, failOn: props.reportOnly ? FailOn.NEVER : props.failOn });
    const faults = [...this.policy.faults, ...this.faults(), ...moreFaults];
    if (faults.length === 0) return;
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    throw new Error(`${owner} has ${count}:\n${faults.map(fault => `  - ${fault}`).join('\n')}`);
  }

  public scan(tree: ValidatedTree): Scan {
    const { waivers, waiverFile, baselineFile } = this.props;
    const decide = (found: Scan) => waivers || waiverFile || baselineFile ? decisions().decided(found, this.props) : found;
    return engine().scanTree(tree, this.policy, decide);
  }

  private faults(): string[] {
    const { waiverFile, baselineFile, today } = this.props;
    return [
      ...Object.entries({ waiverFile, baselineFile }).filter(([, file]) => file !== undefined && !fs.existsSync(file))
        .map(([prop, file]) => `\`${prop}\` is \`${file}\`, where there is no file`),
      ...baselineFile !== undefined && fs.existsSync(baselineFile) ? decisions().baselineFaults(baselineFile) : [],
      ...today === undefined || isDate(today) ? [] : [`\`today\` is \`${today}\`, expected a day such as \`2030-12-31\``],
    ];
  }
}

/** Loaded when first needed, with all rules and the model: an app that only registers the validation doesn't wait for them. */
function engine(): typeof import('./scan-tree') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./scan-tree');
}

/** Loaded for those who have waivers or a baseline, with what reads YAML. */
function decisions(): typeof import('./decisions') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./decisions');
}
