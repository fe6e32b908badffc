import { KEPT_SECRETS } from '../../secrets/compliance';
import { secretsIn } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Where it is written what a target gets, by the resource that invokes it. */
const INPUTS: readonly (readonly [type: string, property: string])[] = [
  ['AWS::Events::Rule', 'Targets'],
  ['AWS::Scheduler::Schedule', 'Target'],
  ['AWS::Pipes::Pipe', 'EnrichmentParameters'],
  ['AWS::Pipes::Pipe', 'TargetParameters'],
];

export const inputsHoldNoSecrets = defineRule({
  id: 'events/inputs-hold-no-secrets',
  severity: Severity.HIGH,
  summary: 'What rules, schedules and pipes pass to their targets holds no secrets',
  rationale: 'The input of a target can be read by everybody who may describe the rule, the schedule or the pipe, and ends up in what the target logs.',
  remedy: 'Pass the ARN of a secret to the function that needs it; for calls to an API, use a connection of EventBridge, which keeps the credentials.',
  fix: `rule.addTarget(new targets.LambdaFunction(fn, {
  event: events.RuleTargetInput.fromObject({ secretArn: secret.secretArn }),
}));`,
  references: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html',
  ],
  peers: {},
  compliance: KEPT_SECRETS,

  check: app => secretsIn(app, INPUTS, 'the ARN of a secret that the target reads'),
});
