import json
from pathlib import Path

import pytest
from aws_cdk import App, Aspects, Duration, Mixins, Validations
from aws_cdk.assertions import Annotations, Match, Template
from aws_cdk.aws_iam import PolicyStatement
from cdk_secure_serverless import (
    AccessAssertions,
    AccessDiff,
    BoundedTimeout,
    OwnLogGroup,
    RuleSettings,
    SecureFunctionBlueprint,
    ServerlessChecks,
    ServerlessNagPack,
    ServerlessValidator,
    Severity,
    Waiver,
)

from orders.webhooks_stack import WebhooksStack

URL = "lambda/url-authenticated"
VISIBILITY = "sqs/visibility-covers-timeout"


def findings_of(app, rule):
    """What the report `findings.json` of a synthesized app says of a rule."""
    report = json.loads(Path(app.synth().directory, "findings.json").read_text())
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def violations_in(app):
    """The rules that the CDK's report has violations of, though the synth failed."""
    report = json.loads(Path(app.outdir, "validation-report.json").read_text())
    return [violation["ruleName"] for violation in report["pluginReports"][0]["violations"]]


def test_blueprint():
    app = App()
    SecureFunctionBlueprint(timeout=Duration.seconds(5)).apply_to(app)
    Template.from_stack(WebhooksStack(app, "Webhooks")).has_resource_properties(
        "AWS::Lambda::Function",
        {"ReservedConcurrentExecutions": 10, "TracingConfig": {"Mode": "Active"}},
    )


def test_mixins():
    stack = WebhooksStack(App(), "Webhooks")
    stack.hook.with_(OwnLogGroup())
    Mixins.of(stack).apply(BoundedTimeout(timeout=Duration.seconds(7)))
    template = Template.from_stack(stack)
    template.has_resource_properties("AWS::Logs::LogGroup", {"RetentionInDays": 365})
    template.has_resource_properties("AWS::Lambda::Function", {"Timeout": 7})


def test_validator():
    app = App()
    WebhooksStack(app, "Webhooks")
    Validations.of(app).add_plugins(ServerlessValidator())
    with pytest.raises(RuntimeError, match="validation-report.json"):
        app.synth()
    assert URL in violations_in(app)


def test_rule_settings():
    app = App()
    WebhooksStack(app, "Webhooks")
    Validations.of(app).add_plugins(
        ServerlessValidator(
            report_only=True,
            rules={
                VISIBILITY: RuleSettings(severity=Severity.CRITICAL, options={"factor": 4}),
                URL: RuleSettings(off=True),
            },
            reports=["findings.json"],
        )
    )
    [finding] = findings_of(app, VISIBILITY)
    assert finding["severity"] == "critical"
    assert finding["message"] == (
        "messages reappear after `30` s, expected at least `40` s: 4 timeouts of their reader, and the batching window"
    )
    assert findings_of(app, URL) == []


def test_waiver():
    app = App()
    WebhooksStack(app, "Webhooks")
    Validations.of(app).add_plugins(
        ServerlessValidator(
            waivers=[
                Waiver(
                    rule=URL,
                    scope="Webhooks/Hook",
                    reason="the code checks the signature",
                    owner="team-orders",
                    expires="never",
                )
            ],
            skip=["lambda/permission-*", "lambda/public-*", "lambda/web-*"],
            reports=["findings.json"],
        )
    )
    [finding] = findings_of(app, URL)
    assert (finding["severity"], finding["status"]) == ("critical", "waived")


def test_checks():
    stack = WebhooksStack(App(), "Webhooks")
    Aspects.of(stack).add(ServerlessChecks())
    Annotations.from_stack(stack).has_error(
        "/Webhooks/Hook/FunctionUrl/Resource",
        Match.string_like_regexp("the URL authenticates callers by `NONE`"),
    )


def test_nag_pack():
    app = App()
    WebhooksStack(app, "Webhooks")
    Validations.of(app).add_plugins(ServerlessNagPack(app))
    with pytest.raises(RuntimeError, match="validation-report.json"):
        app.synth()
    assert f"SecureServerless-{URL}" in violations_in(app)


def test_access():
    stack = WebhooksStack(App(), "Webhooks")
    events = stack.node.find_child("Events")
    access = AccessAssertions.from_stack(stack)
    access.allows(stack.hook, "sqs:ReceiveMessage", events)
    access.denies(stack.hook, "sqs:SendMessage", events)
    with pytest.raises(RuntimeError, match="expected that it is denied"):
        access.denies(stack.hook, "sqs:ReceiveMessage", events)


def test_access_diff():
    older, app = App(), App()
    WebhooksStack(older, "Webhooks")
    baseline = older.synth().directory
    AccessDiff.between_assemblies(baseline, baseline).assert_no_new_access()
    WebhooksStack(app, "Webhooks").hook.add_to_role_policy(
        PolicyStatement(actions=["sqs:PurgeQueue"], resources=["*"])
    )
    new_access = AccessDiff.between(baseline, app).new_access
    assert any("sqs:PurgeQueue" in access.actions for access in new_access)
