import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { usagePlanLimited } from '../../../src/rules/apigateway/usage-plan-limited';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const planOf = (props: apigateway.UsagePlanProps): RuleCase['app'] => stack => {
  const api = new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE) });
  api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }], ...props });
};
const plan = (properties: object) => ({ Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: properties } });
const found = (rate = '(not set)', quota = '(not set)', at = 'Stack/Plan') => [{
  at, property: 'Throttle', message: `the rate is \`${rate}\` and the quota \`${quota}\`, expected one of them`,
}];
const stage = (throttle: object) => ({ ApiId: 'a1b2c3', Stage: 'prod', Throttle: throttle });

testRule(usagePlanLimited, {
  valid: {
    'a rate': { app: planOf({ throttle: { rateLimit: 10, burstLimit: 20 } }) },
    'a quota': { app: planOf({ quota: { limit: 1000, period: apigateway.Period.DAY } }) },
    'a rate that lets nothing through': { resources: plan({ Throttle: { RateLimit: 0 } }) },
    'a rate for methods of each stage': { resources: plan({ ApiStages: [stage({ '/orders/GET': { RateLimit: 10 } })] }) },
    'an API without usage plan': { app: stack => void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE) }) },
  },
  unknown: {
    'a rate that a parameter sets': {
      sections: { Parameters: { Rate: { Type: 'Number' } } }, resources: plan({ Throttle: { RateLimit: { Ref: 'Rate' } } }), findings: found('${parameter Rate}'),
    },
    'stages that a parameter brings': { sections: { Parameters: { Stages: { Type: 'String' } } }, resources: plan({ ApiStages: { Ref: 'Stages' } }), findings: found() },
  },
  invalid: {
    'neither rate nor quota': { app: planOf({}), findings: found(undefined, undefined, 'Stack/Api/Plan/Resource') },
    'a burst alone': { resources: plan({ Throttle: { BurstLimit: 10 } }), findings: found() },
    'a rate for methods of one stage of two': { resources: plan({ ApiStages: [stage({ '/orders/GET': { RateLimit: 10 } }), stage({})] }), findings: found() },
    'a rate that is switched off': { resources: plan({ Throttle: { RateLimit: -1 } }), findings: found('-1') },
  },
});
