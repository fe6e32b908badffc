from pathlib import Path

import aws_cdk
from aws_cdk import aws_dynamodb as dynamodb, aws_ec2 as ec2, aws_lambda as lambda_, aws_secretsmanager as secretsmanager

EXAMPLES = sorted(Path(__file__).parent.parent.joinpath("examples").glob("*.txt"))


def names():
    """What the examples speak of, in an app of its own."""
    app = aws_cdk.App()
    stack = aws_cdk.Stack(app, "Stack")
    vpc = ec2.Vpc(stack, "Vpc")
    code = lambda_.Code.from_inline("def handler(event, context): pass")
    return {
        **vars(aws_cdk),
        "ec2": ec2,
        "lambda_": lambda_,
        "app": app,
        "self": stack,
        "stack": aws_cdk.Stack(app, "Other"),
        "vpc": vpc,
        "table": dynamodb.TableV2(stack, "Table", partition_key={"name": "id", "type": dynamodb.AttributeType.STRING}),
        "database": ec2.SecurityGroup(stack, "Database", vpc=vpc),
        "api_key": secretsmanager.Secret(stack, "ApiKey"),
        "fn": lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="index.handler", code=code),
    }


def test_examples():
    for handler in ("orders", "payments", "crawler"):
        Path("handlers", handler).mkdir(parents=True, exist_ok=True)
    assert EXAMPLES
    for example in EXAMPLES:
        exec(compile(example.read_text(), example.name, "exec"), names())
