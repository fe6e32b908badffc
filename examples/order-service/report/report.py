"""Writes down the orders of a day."""

import csv
import io
from datetime import datetime, timedelta

COLUMNS = ["id", "createdAt", "customer", "status", "total"]

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_report(time, dynamodb, table, s3, bucket):
    """Reports on the day before `time`, that of the schedule's event: a retry writes the same file again."""
    day = (datetime.fromisoformat(time) - timedelta(days=1)).date().isoformat()
    key = f"reports/{day}.csv"
    s3.put_object(
        Bucket=bucket, Key=key, Body=csv_of(orders_of(day, dynamodb, table)).encode(), ContentType="text/csv"
    )
    return key


def orders_of(day, dynamodb, table):
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        IndexName="by-day",
        KeyConditionExpression="#day = :day",
        ExpressionAttributeNames={"#day": "day"},
        ExpressionAttributeValues={":day": {"S": day}},
    )
    for page in pages:
        yield from page["Items"]


def csv_of(orders):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for order in orders:
        writer.writerow([cell(order[column]) for column in COLUMNS])
    return text.getvalue()


def cell(attribute):
    (value,) = attribute.values()
    return "'" + value if value.startswith(FORMULA_STARTS) else value
