"""Writes an order down as an invoice that a browser shows and prints."""

from html import escape
from string import Template

PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Invoice $id</title>
<h1>Invoice $id</h1>
<p>$date</p>
<table>
$lines
</table>
<p>Total: $total EUR</p>
</html>
""")

LINE = Template("<tr><td>$sku</td><td>$quantity</td></tr>")


def write_invoice(order, s3, bucket):
    """Writes the invoice; an event that arrives twice writes the same one again."""
    key = f"invoices/{order['id']}.html"
    s3.put_object(
        Bucket=bucket, Key=key, Body=invoice_of(order).encode(), ContentType="text/html; charset=utf-8"
    )
    return key


def invoice_of(order):
    return PAGE.substitute(
        id=escape(order["id"]),
        date=escape(order["createdAt"][:10]),
        lines="\n".join(line_of(item) for item in order["items"]),
        total=amount(order["total"]),
    )


def line_of(item):
    return LINE.substitute(sku=escape(item["sku"]), quantity=int(item["quantity"]))


def amount(cents):
    return f"{cents // 100}.{cents % 100:02}"
