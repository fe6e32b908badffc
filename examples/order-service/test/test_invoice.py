import unittest
from unittest import mock

from python_handlers import FakeS3, load

invoice = load("invoice", "invoice")

ORDER = {
    "id": "order-1",
    "createdAt": "2026-11-21T09:30:00.000Z",
    "items": [{"sku": "TEA-GREEN", "quantity": 2}, {"sku": "POT-CERAMIC", "quantity": 1}],
    "total": 4505,
}


class Invoice(unittest.TestCase):
    def test_shows_date_lines_and_total(self):
        page = invoice.invoice_of(ORDER)

        self.assertIn("<h1>Invoice order-1</h1>\n<p>2026-11-21</p>", page)
        self.assertIn("<tr><td>TEA-GREEN</td><td>2</td></tr>\n<tr><td>POT-CERAMIC</td><td>1</td></tr>", page)
        self.assertIn("Total: 45.05 EUR", page)

    def test_escapes_what_the_order_says(self):
        page = invoice.invoice_of({**ORDER, "items": [{"sku": "<script>", "quantity": 1}]})

        self.assertNotIn("<script>", page)
        self.assertIn("&lt;script&gt;", page)

    def test_refuses_a_quantity_that_is_no_number(self):
        with self.assertRaises(ValueError):
            invoice.invoice_of({**ORDER, "items": [{"sku": "TEA-GREEN", "quantity": "<b>"}]})


class Handler(unittest.TestCase):
    def test_writes_the_invoice_of_the_event_to_the_bucket_of_its_environment(self):
        s3 = FakeS3()
        handler = load("invoice", "handler", {"s3": s3}).handler
        with mock.patch.dict("os.environ", {"DOCUMENTS_BUCKET": "documents"}):
            self.assertEqual(handler({"detail-type": "OrderPaid", "detail": ORDER}, None), {"key": "invoices/order-1.html"})

        (written,) = s3.written
        self.assertEqual((written["Bucket"], written["Key"]), ("documents", "invoices/order-1.html"))
        self.assertIn(b"Invoice order-1", written["Body"])
