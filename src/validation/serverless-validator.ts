import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack } from 'aws-cdk-lib';
import { AppModel } from '../model/app-model';
import { readTree, stacksBelow } from '../model/read-tree';
import { ALL_RULES } from '../rules';
import { Finding } from './finding';
import { runRules } from './run-rules';
import { optionValues } from '../rules/rule-options';
import { Severity } from '../rules/severity';

/**
 * Checks a synthesized app against the rules for serverless functions.
 *
 * @example
 * Validations.of(app).addPlugins(new ServerlessValidator());
 */
export class ServerlessValidator implements IPolicyValidationPlugin {
  public readonly name = 'cdk-secure-serverless';
  public readonly ruleIds?: string[] = ALL_RULES.map(rule => rule.id);

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { findings } = runRules(AppModel.of(readTree(stacksOf(context))), ALL_RULES.map(rule => ({
      rule, severity: rule.severity, options: optionValues(rule.options ?? {}, {}).values,
    })));
    const violated = findings.filter(finding => finding.verdict === 'violated');
    return {
      success: violated.every(({ severity }) => severity !== Severity.CRITICAL && severity !== Severity.HIGH),
      violations: violated.map(violation),
    };
  }
}

/** The stacks that the validator was registered on, whatever else the app has. */
function stacksOf(context: IPolicyValidationContext): Stack[] {
  const paths = new Set(context.stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
  return stacksBelow(context.appConstruct).filter(stack => paths.has(stack.node.path));
}

function violation(finding: Finding): PolicyViolation {
  return {
    ruleName: finding.rule.id,
    description: finding.message,
    fix: finding.rule.remedy,
    severity: finding.severity,
    violatingResources: [{
      constructPath: finding.constructPath,
      locations: finding.property ? [`Properties.${finding.property}`] : [],
    }],
  };
}
