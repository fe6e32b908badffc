import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { pluginReport } from './plugin-report';
import { assemblyDirectory, registeredStacks } from './registered-stacks';
import { ServerlessRulesProps } from './serverless-rules-props';
import { TreeValidation } from './tree-validation';
import { qualifiedId, withoutPlugin } from '../validation/acknowledgement-ids';
import type { Finding } from '../validation/finding';

/** The name before the ids of the pack's rules, apart from that of cdk-nag's own pack `Serverless`. */
const PACK = 'SecureServerless';

/**
 * The rules for serverless functions as a pack beside those of cdk-nag 3, without depending on it. `sqs/visibility-covers-timeout` is
 * `SecureServerless-sqs/visibility-covers-timeout` here, and is acknowledged as the rules of other packs are: by this id, with
 * `SecureServerless::` before it or without, with `[VisibilityTimeout]` after it for one property, or by the plain id of the rule.
 *
 * @example
 * import { Validations } from 'aws-cdk-lib';
 * import { ServerlessNagPack } from 'cdk-secure-serverless';
 *
 * Validations.of(app).addPlugins(new ServerlessNagPack(app));
 */
export class ServerlessNagPack implements IPolicyValidationPlugin {
  public readonly name = PACK;

  private readonly validation: TreeValidation;

  /**
   * @param scope what findings are reported on: the construct and what is below it; everything that the pack is registered on if left out
   * @param props which rules check the app, and what becomes of what they find
   */
  constructor(private readonly scope?: IConstruct, props: ServerlessRulesProps = {}) {
    this.validation = new TreeValidation('ServerlessNagPack', props);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { policy } = this.validation;
    const scan = this.validation.scan({
      stacks: registeredStacks(context),
      scopes: this.scope && [this.scope],
      idsOf: nagIds,
      namesPlugin: false,
    });
    const findings = policy.reported(scan.findings).filter(({ status }) => status === 'open');
    return pluginReport(scan, findings, policy, { plugin: PACK, rule: id => `${PACK}-${id}` }, assemblyDirectory(context));
  }
}

/**
 * All the ways in which users of cdk-nag name a finding, and what `SecureFunction` records. Not the one that the CDK itself knows,
 * which then keeps place and reason in its report.
 */
function nagIds(finding: Finding): readonly string[] {
  const { rule: { id }, property } = finding;
  const written = [`${PACK}-${id}`, id].flatMap(name => property ? [name, `${name}[${property}]`] : [name]);
  const known = `${PACK}::${PACK}-${id}`;
  return [...written.flatMap(name => [withoutPlugin(name), `${PACK}::${name}`]), ...qualifiedId(finding)].filter(name => name !== known);
}
