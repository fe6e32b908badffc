import os

import boto3

from report import write_report

DYNAMODB = boto3.client("dynamodb")
S3 = boto3.client("s3")


def handler(event, _context):
    key = write_report(
        event["time"], DYNAMODB, os.environ["ORDERS_TABLE"], S3, os.environ["DOCUMENTS_BUCKET"]
    )
    return {"key": key}
