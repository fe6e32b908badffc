import os

import boto3

from invoice import write_invoice

S3 = boto3.client("s3")


def handler(event, _context):
    return {"key": write_invoice(event["detail"], S3, os.environ["DOCUMENTS_BUCKET"])}
