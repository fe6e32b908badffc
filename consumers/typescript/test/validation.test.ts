import * as fs from 'fs';
import * as path from 'path';
import { App, Aspects, Duration, Mixins, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AccessAssertions, AccessDiff, BoundedTimeout, OwnLogGroup, SecureFunctionBlueprint, ServerlessChecks, ServerlessNagPack, ServerlessValidator, Severity } from 'cdk-secure-serverless';
import { WebhooksStack } from '../lib/webhooks-stack';

const URL = 'lambda/url-authenticated';
const VISIBILITY = 'sqs/visibility-covers-timeout';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly status: string;
}

/** What the report `findings.json` of a synthesized app says of a rule. */
function findingsOf(app: App, rule: string): Finding[] {
  const report = JSON.parse(fs.readFileSync(path.join(app.synth().directory, 'findings.json'), 'utf8'));
  return report.findings.filter((finding: Finding) => finding.rule === rule);
}

/** The rules that the CDK's report has violations of, though the synth failed. */
function violationsIn(app: App): string[] {
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports[0].violations.map(({ ruleName }: { ruleName: string }) => ruleName);
}

test('blueprint', () => {
  const app = new App();
  new SecureFunctionBlueprint({ timeout: Duration.seconds(5) }).applyTo(app);
  Template.fromStack(new WebhooksStack(app, 'Webhooks')).hasResourceProperties('AWS::Lambda::Function', {
    ReservedConcurrentExecutions: 10,
    TracingConfig: { Mode: 'Active' },
  });
});

test('mixins', () => {
  const stack = new WebhooksStack(new App(), 'Webhooks');
  stack.hook.with(new OwnLogGroup());
  Mixins.of(stack).apply(new BoundedTimeout({ timeout: Duration.seconds(7) }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 7 });
});

test('validator', () => {
  const app = new App();
  new WebhooksStack(app, 'Webhooks');
  Validations.of(app).addPlugins(new ServerlessValidator());
  expect(() => app.synth()).toThrow('validation-report.json');
  expect(violationsIn(app)).toContain(URL);
});

test('rule settings', () => {
  const app = new App();
  new WebhooksStack(app, 'Webhooks');
  Validations.of(app).addPlugins(new ServerlessValidator({
    reportOnly: true,
    rules: { [VISIBILITY]: { severity: Severity.CRITICAL, options: { factor: 4 } }, [URL]: { off: true } },
    reports: ['findings.json'],
  }));
  expect(findingsOf(app, VISIBILITY)).toEqual([expect.objectContaining({
    severity: 'critical',
    message: 'messages reappear after `30` s, expected at least `40` s: 4 timeouts of their reader, and the batching window',
  })]);
  expect(findingsOf(app, URL)).toEqual([]);
});

test('waiver', () => {
  const app = new App();
  new WebhooksStack(app, 'Webhooks');
  Validations.of(app).addPlugins(new ServerlessValidator({
    waivers: [{ rule: URL, scope: 'Webhooks/Hook', reason: 'the code checks the signature', owner: 'team-orders', expires: 'never' }],
    skip: ['lambda/permission-*', 'lambda/public-*', 'lambda/web-*'],
    reports: ['findings.json'],
  }));
  expect(findingsOf(app, URL)).toEqual([expect.objectContaining({ severity: 'critical', status: 'waived' })]);
});

test('checks', () => {
  const stack = new WebhooksStack(new App(), 'Webhooks');
  Aspects.of(stack).add(new ServerlessChecks());
  Annotations.fromStack(stack).hasError('/Webhooks/Hook/FunctionUrl/Resource', Match.stringLikeRegexp('the URL authenticates callers by `NONE`'));
});

test('nag pack', () => {
  const app = new App();
  new WebhooksStack(app, 'Webhooks');
  Validations.of(app).addPlugins(new ServerlessNagPack(app));
  expect(() => app.synth()).toThrow('validation-report.json');
  expect(violationsIn(app)).toContain(`SecureServerless-${URL}`);
});

test('access', () => {
  const stack = new WebhooksStack(new App(), 'Webhooks');
  const events = stack.node.findChild('Events');
  const access = AccessAssertions.fromStack(stack);
  access.allows(stack.hook, 'sqs:ReceiveMessage', events);
  access.denies(stack.hook, 'sqs:SendMessage', events);
  expect(() => access.denies(stack.hook, 'sqs:ReceiveMessage', events)).toThrow('expected that it is denied');
});

test('access diff', () => {
  const [older, app] = [new App(), new App()];
  new WebhooksStack(older, 'Webhooks');
  const baseline = older.synth().directory;
  AccessDiff.betweenAssemblies(baseline, baseline).assertNoNewAccess();
  new WebhooksStack(app, 'Webhooks').hook.addToRolePolicy(new PolicyStatement({ actions: ['sqs:PurgeQueue'], resources: ['*'] }));
  const { newAccess } = AccessDiff.between(baseline, app);
  expect(newAccess.flatMap(({ actions }) => actions)).toContain('sqs:PurgeQueue');
});
