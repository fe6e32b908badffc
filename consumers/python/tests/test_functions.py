import pytest
from aws_cdk import App, Stack, aws_lambda as lambda_
from aws_cdk.assertions import Match, Template
from cdk_secure_serverless import Concurrency, ConcurrencyBudget, Egress, SecureDefaults, SecureFunction, SecureNetwork

from orders.payments_stack import PaymentsStack
from orders.reports_stack import ReportsStack

FUNCTION = "AWS::Lambda::Function"

app = App()
network = SecureNetwork(Stack(app, "Network"), "Network")
payments_stack = PaymentsStack(app, "Payments", network=network)
reports_stack = ReportsStack(app, "Reports")

shared = Template.from_stack(Stack.of(network))
payments = Template.from_stack(payments_stack)
reports = Template.from_stack(reports_stack)


def test_secure_function():
    reports.resource_properties_count_is(
        FUNCTION,
        {"Timeout": 10, "MemorySize": 128, "ReservedConcurrentExecutions": 10, "TracingConfig": {"Mode": "Active"}},
        2,
    )
    reports.all_resources_properties("AWS::IAM::Role", {"ManagedPolicyArns": Match.absent()})


def test_egress():
    shared.has_resource_properties(
        "AWS::EC2::VPCEndpoint",
        {"ServiceName": {"Fn::Join": ["", ["com.amazonaws.", {"Ref": "AWS::Region"}, ".secretsmanager"]]}},
    )
    shared.has_resource_properties(
        "AWS::Route53Resolver::FirewallDomainList",
        {"Domains": Match.array_with(["api.payments.example.com"])},
    )


def test_concurrency():
    payments.has_resource_properties(FUNCTION, {"ReservedConcurrentExecutions": 20})
    payments.has_resource_properties(
        "AWS::Lambda::Alias",
        {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 2}},
    )


def test_alarms():
    payments.has_resource_properties("AWS::CloudWatch::Alarm", {"Threshold": 1, "OKActions": Match.any_value()})


def test_failures():
    payments.has_resource_properties(
        "AWS::Lambda::EventInvokeConfig",
        {"MaximumEventAgeInSeconds": 600, "MaximumRetryAttempts": 1},
    )
    payments.has_resource_properties(
        FUNCTION,
        {"DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": [Match.string_like_regexp("^Unpaid"), "Arn"]}}},
    )


def test_logging():
    payments.has_resource_properties("AWS::Logs::LogGroup", {"RetentionInDays": 90, "KmsKeyId": Match.any_value()})
    payments.has_resource_properties(
        FUNCTION,
        {"LoggingConfig": {"LogFormat": "JSON", "ApplicationLogLevel": "WARN"}},
    )


def test_secrets():
    payments.has_resource_properties(
        FUNCTION,
        {"Environment": {"Variables": {"API_KEY": {"Ref": Match.string_like_regexp("^ApiKey")}}}},
    )


def test_weakened():
    payments.has_resource(
        FUNCTION,
        {
            "Properties": {"TracingConfig": Match.absent()},
            "Metadata": {
                "cdk-secure-serverless": {"weakened": {"tracing": "addresses of customers must not be in traces"}},
            },
        },
    )


def test_defaults():
    assert SecureDefaults.of(payments_stack).timeout.to_seconds() == 5
    payments.all_resources_properties(FUNCTION, {"Timeout": 5})


def test_network():
    payments.resource_count_is("AWS::EC2::VPC", 0)
    shared.resource_count_is("AWS::EC2::VPC", 1)


def test_fleet_alarms():
    reports.has_resource_properties("AWS::CloudWatch::Alarm", {"Threshold": 3})


def test_concurrency_budget():
    crowded = App()
    ConcurrencyBudget.of(crowded).allow(quota=150)
    SecureFunction(
        Stack(crowded, "Crowded"),
        "Busy",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): pass"),
        concurrency=Concurrency.reserved(100),
    )
    with pytest.raises(RuntimeError, match="the quota is 150, of which Lambda keeps 100 unreserved"):
        crowded.synth()


def test_clear_errors():
    with pytest.raises(RuntimeError, match=r"Wrong/Wrong has 2 faults:[^$]*`memorySize` is `1` \(allowed: whole MiB from 128 to 10240\)"):
        SecureFunction(
            Stack(App(), "Wrong"),
            "Wrong",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            memory_size=1,
            egress=Egress.unrestricted("why not"),
        )
