import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { pluginReport } from './plugin-report';
import { assemblyDirectory, registeredStacks } from './registered-stacks';
import { ServerlessRulesProps } from './serverless-rules-props';
import { TreeValidation } from './tree-validation';
import { qualifiedId } from '../validation/acknowledgement-ids';
import { PLUGIN_NAME } from '../validation/acknowledgement-line';

/** Properties of a `ServerlessValidator`. */
export interface ServerlessValidatorProps extends ServerlessRulesProps {
  /**
   * Only findings on this construct and below it are reported. Everything else that the validator was registered on is still read,
   * for what is set there.
   *
   * @default - all that the validator was registered on; the CDK widens a stack to the stage or app that it is in
   */
  readonly scope?: IConstruct;

  /**
   * Files to write reports to, relative to the assembly: `['serverless.sarif', 'serverless.html']`. The extension says which format.
   *
   * @default - no reports beside the CDK's own `validation-report.json`
   */
  readonly reports?: string[];
}

/**
 * Checks the templates of an app, a stage or a stack against the rules for serverless functions, as the last step of synthesis.
 * Each finding says what is wrong, where in your code it was set, why it matters, what to write instead, and how to accept it.
 *
 * @example
 * import { Validations } from 'aws-cdk-lib';
 * import { ServerlessValidator } from 'cdk-secure-serverless';
 *
 * Validations.of(app).addPlugins(new ServerlessValidator());
 */
export class ServerlessValidator implements IPolicyValidationPlugin {
  // No `ruleIds`: the CDK would write all of them into the metadata of each template, which would differ with each new rule.
  public readonly name = PLUGIN_NAME;

  private readonly validation: TreeValidation;

  constructor(private readonly props: ServerlessValidatorProps = {}) {
    this.validation = new TreeValidation('ServerlessValidator', props, props.reports && reportFiles().reportFaults(props.reports));
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { policy } = this.validation;
    const scan = this.validation.scan({
      stacks: registeredStacks(context),
      scopes: this.props.scope && [this.props.scope],
      idsOf: qualifiedId,
      namesPlugin: true,
    });
    const reported = policy.reported(scan.findings);
    const assembly = assemblyDirectory(context);
    if (this.props.reports) reportFiles().writeReports({ ...scan, findings: reported }, this.props.reports, assembly);
    return pluginReport(scan, reported, policy, { plugin: PLUGIN_NAME, rule: id => id }, assembly);
  }
}

/** Loaded for those who want reports. */
function reportFiles(): typeof import('./report-files') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./report-files');
}
