import { Stage, stages } from '../../model/apigateway/apis';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Each place of a stage that switches the trace on or off, for all routes or for some. */
function traces({ resource, prefix, version }: Stage): readonly string[] {
  if (version === 2) return ['DefaultRouteSettings', ...resource.get('RouteSettings').entries.map(([route]) => `RouteSettings.${route}`)];
  const settings = `${prefix}MethodSettings`;
  return [...prefix ? [prefix.slice(0, -1)] : [], ...resource.get(settings).items.map((_, index) => `${settings}.${index}`)];
}

export const noDataTrace = defineRule({
  id: 'apigateway/no-data-trace',
  severity: Severity.MEDIUM,
  summary: 'Stages of APIs don\'t log whole requests and responses',
  rationale: 'A data trace writes bodies and headers into the log in plain text, with what customers sent and the tokens by which they proved who they are. AWS advises against it outside of tests.',
  remedy: 'Switch the data trace off; a log of access and one of errors tell what happened without the data.',
  fix: 'new apigateway.LambdaRestApi(this, \'Api\', { handler, deployOptions: { dataTraceEnabled: false } });',
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html'],
  peers: { checkov: ['CKV_AWS_276'] },
  compliance: {
    nist80053: ['AU-3(3)', 'SC-28', 'SI-11'],
    pciDss: ['3.3.1'],
    hipaa: ['164.312(a)(1)'],
    owaspServerless: ['A3'],
    csaSas: ['SAS-5', 'SAS-7'],
  },

  *check(app) {
    for (const stage of stages(app)) {
      const { resource } = stage;
      for (const settings of traces(stage)) {
        const property = `${settings}.DataTraceEnabled`;
        const trace = resource.get(property).or(false);
        yield { resource, property, holds: trace.is(false), message: () => `the data trace is \`${trace}\`, expected \`false\`` };
      }
    }
  },
});
