import unittest
from unittest import mock

from python_handlers import FakeDynamoDB, FakeS3, load

report = load("report", "report")


def order(id, customer="customer-1", status="PAID"):
    return {
        "id": {"S": id},
        "createdAt": {"S": "2026-11-21T09:30:00.000Z"},
        "customer": {"S": customer},
        "status": {"S": status},
        "total": {"N": "4500"},
        "day": {"S": "2026-11-21"},
    }


class Report(unittest.TestCase):
    def setUp(self):
        self.s3 = FakeS3()

    def write(self, *pages, time="2026-11-22T02:00:00Z"):
        self.dynamodb = FakeDynamoDB(*pages)
        return report.write_report(time, self.dynamodb, "Orders", self.s3, "documents")

    def test_has_a_line_for_each_order_of_each_page(self):
        self.write([order("order-1")], [], [order("order-2", status="DECLINED")])

        self.assertEqual(
            self.s3.written[0]["Body"].decode().splitlines(),
            [
                "id,createdAt,customer,status,total",
                "order-1,2026-11-21T09:30:00.000Z,customer-1,PAID,4500",
                "order-2,2026-11-21T09:30:00.000Z,customer-1,DECLINED,4500",
            ],
        )

    def test_covers_the_day_before_the_schedule_fired(self):
        for time, day in [("2026-11-22T00:00:00Z", "2026-11-21"), ("2026-03-01T23:59:59Z", "2026-02-28")]:
            with self.subTest(time):
                self.assertEqual(self.write([], time=time), f"reports/{day}.csv")
                (query,) = self.dynamodb.queries
                self.assertEqual(query["ExpressionAttributeValues"], {":day": {"S": day}})
                self.assertEqual((query["TableName"], query["IndexName"]), ("Orders", "by-day"))

    def test_is_written_on_a_day_without_orders_too(self):
        self.write([])

        self.assertEqual(self.s3.written[0]["Bucket"], "documents")
        self.assertEqual(self.s3.written[0]["Body"], b"id,createdAt,customer,status,total\n")

    def test_quotes_separators_and_disarms_formulas(self):
        self.write([order("order-1", customer='a,"b"'), order("order-2", customer="=HYPERLINK(1)")])

        _, quoted, disarmed = self.s3.written[0]["Body"].decode().splitlines()
        self.assertIn(',"a,""b""",', quoted)
        self.assertIn(",'=HYPERLINK(1),", disarmed)


class Handler(unittest.TestCase):
    def test_reports_to_the_bucket_of_its_environment(self):
        s3, dynamodb = FakeS3(), FakeDynamoDB([order("order-1")])
        handler = load("report", "handler", {"s3": s3, "dynamodb": dynamodb}).handler
        with mock.patch.dict("os.environ", {"ORDERS_TABLE": "Orders", "DOCUMENTS_BUCKET": "documents"}):
            self.assertEqual(handler({"time": "2026-11-22T02:00:00Z"}, None), {"key": "reports/2026-11-21.csv"})

        self.assertEqual(s3.written[0]["Bucket"], "documents")
        self.assertEqual(dynamodb.queries[0]["TableName"], "Orders")
