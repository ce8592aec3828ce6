"""The Swiss QR-bill: its payload as genuine codes have it, and what it refuses."""

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from cases.claims.references import iso11649, make_case_number, qrr
from cases.letters.codes.qr_bill import Bill, BillUnfit, Party, bill_content, bill_text, takes_bills

SAMPLES = Path(__file__).parents[2] / "samples" / "qr_swiss"
THOMAS = Party("Thomas LeClaire", "Rue examplaire 22a", "1000", "Lausanne", "CH")
BILL = Bill("CH4431999123000889012", THOMAS, 25_90, THOMAS, "")
QR_IBAN, IBAN = "CH4431999123000889012", "CH9300762011623852957"


@pytest.fixture
def case_number() -> str:
    return make_case_number(1, 2026)


def sample(name: str) -> list[str]:
    [code] = zxingcpp.read_barcodes(Image.open(SAMPLES / f"{name}.png"))
    return code.text.split("\n")


@pytest.mark.parametrize(
    ("name", "account"),
    [("qr-ultimate-debtor", QR_IBAN), ("qr-payment-reference-scor", IBAN)],
)
def test_the_payload_has_the_shape_of_genuine_codes(name, account, case_number):
    genuine = sample(name)
    lines = bill_text(replace(BILL, account=account, case_number=case_number)).split("\n")
    assert len(lines) == len(genuine) == 31
    # Header, account, address type and name, postcode to country, amount and currency.
    for same in (slice(0, 6), slice(8, 11), slice(18, 20), slice(30, 31)):
        assert lines[same] == genuine[same]
    assert lines[6:8] == ["Rue examplaire 22a", ""]  # The number may stand in the street.
    assert lines[27] == genuine[27]
    assert lines[28] == (qrr(case_number) if account == QR_IBAN else iso11649(case_number))


def test_only_francs_to_a_swiss_account():
    assert takes_bills(IBAN, "CHF")
    assert not takes_bills(IBAN, "EUR")
    assert not takes_bills("DE89370400440532013000", "CHF")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"account": "CH9300762011623852958"}, id="wrong check digits"),
        pytest.param({"account": "DE89370400440532013000"}, id="an account elsewhere"),
        pytest.param({"amount_cents": 0}, id="nothing to pay"),
        pytest.param({"payer": replace(THOMAS, name="N" * 71)}, id="a name too long"),
        pytest.param({"payer": replace(THOMAS, name="Ωmega")}, id="Greek"),
        pytest.param({"payer": replace(THOMAS, name="Two\nlines")}, id="a line end"),
        pytest.param({"payer": replace(THOMAS, town="")}, id="no town"),
    ],
)
def test_what_no_bank_would_read_is_refused(change, case_number):
    with pytest.raises(BillUnfit):
        bill_text(replace(BILL, case_number=case_number, **change))


def test_what_is_printed(case_number):
    shown = bill_content(replace(BILL, amount_cents=123_949_75, case_number=case_number), "de")
    assert shown["amount"] == "123 949.75"
    assert shown["account"] == "CH44 3199 9123 0008 8901 2"
    assert [len(part) for part in shown["reference"].split()] == [2, 5, 5, 5, 5, 5]
    assert shown == bill_content(
        replace(BILL, amount_cents=123_949_75, case_number=case_number), "de"
    )
