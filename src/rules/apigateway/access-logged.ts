import { stages } from '../../model/apigateway/apis';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const accessLogged = defineRule({
  id: 'apigateway/access-logged',
  severity: Severity.MEDIUM,
  summary: 'Stages of APIs log who called what, and with which result',
  rationale: 'Requests that never reach a function, such as those that were refused, appear in no log of a function. Without a log of access, nobody sees an attack, nor can tell afterwards who called.',
  remedy: 'Give each stage a log group for its access log.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  deployOptions: {
    accessLogDestination: new apigateway.LogGroupLogDestination(logGroup),
    accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
  },
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-APIG1'],
    'checkov': ['CKV_AWS_76', 'CKV_AWS_95'],
    'Trivy': ['AWS-0001'],
    'Prowler': ['apigatewayv2_api_access_logging_enabled'],
    'Sonar': ['S6258'],
  },
  compliance: {
    securityHub: ['APIGateway.9'],
    nist80053: ['AU-2', 'AU-3', 'AU-12', 'SI-4'],
    pciDss: ['10.2.1'],
    hipaa: ['164.312(b)'],
    owaspServerless: ['A10'],
    csaSas: ['SAS-5'],
  },

  *check(app) {
    for (const { resource, prefix, version } of stages(app)) {
      const property = `${prefix}${version === 1 ? 'AccessLogSetting' : 'AccessLogSettings'}`;
      const destination = resource.get(`${property}.DestinationArn`);
      yield { resource, property, holds: resource.get(property).has('DestinationArn'), message: () => `access is logged to \`${destination}\`, expected a log group` };
    }
  },
});
