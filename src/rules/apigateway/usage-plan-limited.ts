import { Value } from '../../model/value';
import { agreed, all, any, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Whether a plan limits each of its stages by itself, by at least one method. */
function limitsEachStage(stages: Value): Verdict {
  return agreed(stages.branches.map(branch => {
    if (branch.kind !== 'absent' && !branch.isKnown) return 'unknown';
    const limited = branch.items.map(stage => any(stage.get('Throttle').entries.map(([, limit]) => limit.get('RateLimit').isNumber(rate => rate >= 0))));
    return limited.length === 0 ? 'no' : all(limited);
  }));
}

export const usagePlanLimited = defineRule({
  id: 'apigateway/usage-plan-limited',
  severity: Severity.LOW,
  summary: 'Usage plans limit how much one key may ask for',
  rationale: 'A key under a plan without limits can use up alone what the stage allows to all callers together, by accident or because it leaked.',
  remedy: 'Set a rate or a quota that one caller needs at most. AWS applies both on a best-effort basis: the limit of the stage is still needed.',
  fix: `api.addUsagePlan('Plan', {
  throttle: { rateLimit: 10, burstLimit: 20 },
  apiStages: [{ stage: api.deploymentStage }],
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SC-5(2)'], owaspServerless: ['A6'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const plan of app.ofType('AWS::ApiGateway::UsagePlan')) {
      const isLimit = (path: string) => plan.get(path).isNumber(limit => limit >= 0);
      const holds = any([isLimit('Throttle.RateLimit'), isLimit('Quota.Limit'), limitsEachStage(plan.get('ApiStages'))]);
      const message = () => `the rate is \`${plan.get('Throttle.RateLimit')}\` and the quota \`${plan.get('Quota.Limit')}\`, expected one of them`;
      yield { resource: plan, property: 'Throttle', holds, message };
    }
  },
});
