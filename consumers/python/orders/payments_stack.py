from aws_cdk import (
    Duration,
    Stack,
    aws_events as events,
    aws_events_targets as targets,
    aws_lambda as lambda_,
    aws_logs as logs,
    aws_secretsmanager as secretsmanager,
    aws_sqs as sqs,
)
from cdk_secure_serverless import (
    Alarms,
    AwsService,
    Concurrency,
    Egress,
    Failures,
    LimitedConcurrency,
    Logging,
    SecureDefaults,
    SecureFunction,
    SecureNetwork,
    Weakened,
)
from constructs import Construct

PYTHON = {
    "runtime": lambda_.Runtime.PYTHON_3_13,
    "handler": "index.handler",
    "code": lambda_.Code.from_inline("def handler(event, context): pass"),
}


class PaymentsStack(Stack):
    """Functions whose every default is said otherwise."""

    def __init__(self, scope: Construct, construct_id: str, *, network: SecureNetwork, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        SecureDefaults.set(self, network=network, timeout=Duration.seconds(5))

        unpaid = sqs.Queue(self, "Unpaid", enforce_ssl=True)
        charge = SecureFunction(
            self,
            "Charge",
            **PYTHON,
            secrets={"API_KEY": secretsmanager.Secret(self, "ApiKey")},
            egress=Egress.all(
                Egress.to_services(AwsService.SECRETS_MANAGER),
                Egress.to_hosts(["api.payments.example.com"]),
            ),
            concurrency=Concurrency.provisioned(reserved=20, provisioned=2),
            failures=Failures.to_queue(unpaid, max_event_age=Duration.minutes(10), retry_attempts=1),
            logging=Logging.json(
                retention=logs.RetentionDays.THREE_MONTHS,
                level=lambda_.ApplicationLogLevel.WARN,
            ),
            alarms=Alarms.per_function(error_rate=1, notify_recovery=True),
        )
        events.Rule(
            self,
            "Hourly",
            schedule=events.Schedule.rate(Duration.hours(1)),
            targets=[targets.LambdaFunction(LimitedConcurrency.alias_of(charge))],
        )

        SecureFunction(
            self,
            "Crawl",
            **PYTHON,
            egress=Egress.unrestricted("it fetches pages that customers name"),
            concurrency=Concurrency.unreserved("the account runs nothing else"),
            alarms=Alarms.none("whoever runs it by hand sees it fail"),
            failures=Failures.discarded("the next run fetches the page again"),
            tracing=lambda_.Tracing.DISABLED,
            weakened=[Weakened.tracing("addresses of customers must not be in traces")],
        )
