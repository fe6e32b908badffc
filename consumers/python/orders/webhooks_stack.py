from aws_cdk import Duration, Stack, aws_lambda as lambda_, aws_lambda_event_sources as event_sources, aws_sqs as sqs
from constructs import Construct


class WebhooksStack(Stack):
    """As it was before anybody thought of security: a function that everybody may run, and a queue that is read twice."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.hook = lambda_.Function(
            self,
            "Hook",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            timeout=Duration.seconds(10),
        )
        self.hook.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE)
        queue = sqs.Queue(self, "Events", visibility_timeout=Duration.seconds(30))
        self.hook.add_event_source(event_sources.SqsEventSource(queue))
