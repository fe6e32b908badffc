from aws_cdk import Stack, aws_lambda as lambda_
from cdk_secure_serverless import FleetAlarms, SecureFunction
from constructs import Construct


class ReportsStack(Stack):
    """Functions that say nothing and get the defaults, watched together."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        for report in ("Daily", "Monthly"):
            SecureFunction(
                self,
                report,
                runtime=lambda_.Runtime.PYTHON_3_13,
                handler="index.handler",
                code=lambda_.Code.from_inline("def handler(event, context): pass"),
            )
        FleetAlarms(self, "Alarms", errors=3)
