"""Status reports of banks, from the schema's own shape and from real files."""

from pathlib import Path

import pytest
from lxml import etree

from cases.formats.bank.status_report import OrderStatus, read_status_report
from cases.formats.gate import Refused
from tests.factories.bank_files import pain002

#: Unchanged from ISO 20022.
SCHEMA = Path(__file__).parents[3] / "samples" / "xsd" / "pain.002.001.10.xsd"


def test_each_order_has_the_nearest_status():
    data = pain002(
        "RUN-7", group="PART",
        orders=[
            ("A-1", "ACSC", "", ""), ("A-2", "RJCT", "AC04", "Konto aufgelöst"),
            ("A-3", "RVMC", "", "Möbel Beispiel OHG"),
        ],
    )  # fmt: skip
    report = read_status_report(data)
    assert report.message_id == "RUN-7"
    assert report.orders == (
        OrderStatus("A-1", "ACSC", "", None, None),
        OrderStatus("A-2", "RJCT", "AC04 Konto aufgelöst", None, None),
        OrderStatus("A-3", "RVMC", "", "RVMC", "Möbel Beispiel OHG"),
    )


def test_a_status_of_the_file_holds_for_all_that_are_not_named():
    report = read_status_report(pain002("RUN-7", group="RJCT", reason="FF01"))
    assert report.orders == (OrderStatus(None, "RJCT", "FF01", None, None),)


def test_the_invented_report_keeps_the_schema():
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    data = pain002("RUN-7", group="PART", orders=[("A-2", "RJCT", "AC04", "Konto aufgelöst")])
    schema.assertValid(etree.fromstring(data))


@pytest.mark.parametrize(
    "data",
    [b"<Document/>", b"no xml", b"<!DOCTYPE a><a/>", pain002("", group="RJCT")],
    ids=["other", "text", "doctype", "of-nothing"],
)
def test_what_is_no_report_is_refused(data):
    with pytest.raises(Refused):
        read_status_report(data)
