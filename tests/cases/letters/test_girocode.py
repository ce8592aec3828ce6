"""GiroCode (EPC069-12): text, picture and the way back."""

from dataclasses import replace

import pytest
import zxingcpp

from cases.claims.references import iso11649, make_case_number
from cases.letters.codes.girocode import Transfer, TransferUnfit, girocode_svg, girocode_text
from tests.factories.girocodes import parse_girocode as parse

NUMBER = make_case_number(1234, 2026)
TRANSFER = Transfer(
    name="Muster Inkasso GmbH",
    iban="DE89 3704 0044 0532 0130 00",
    amount_cents=1_041_20,
    text=NUMBER,
)


def test_text_is_line_by_line_as_the_guideline_has_it():
    assert girocode_text(TRANSFER).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Muster Inkasso GmbH",
        "DE89370400440532013000",
        "EUR1041.20",
        "",
        "",
        NUMBER,
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            {"iban": "DE89370400440532013001"}, "IBAN", id="wrong check digits of the IBAN"
        ),
        pytest.param({"currency": "CHF"}, "euro", id="Swiss francs"),
        pytest.param({"amount_cents": 0}, "amount", id="nothing"),
        pytest.param({"amount_cents": 100_000_000_000}, "amount", id="a billion"),
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"name": "x" * 71}, "name", id="long name"),
        pytest.param({"text": "x" * 141}, "text", id="long text"),
        pytest.param({"reference": iso11649(NUMBER)}, "never both", id="reference and text"),
        pytest.param({"text": "", "reference": "RF00123"}, "RF", id="wrong reference"),
        pytest.param({"name": "Muster\nBCD"}, "control", id="a line break in the name"),
        pytest.param({"bic": "XX"}, "BIC", id="wrong BIC"),
        pytest.param({"purpose": "abc"}, "purpose", id="wrong purpose"),
        pytest.param({"name": "ä" * 70, "text": "ä" * 140}, "bytes", id="more than 331 bytes"),
    ],
)
def test_unfit_payments_get_no_code(change, reason):
    with pytest.raises(TransferUnfit, match=reason):
        girocode_text(replace(TRANSFER, **change))


@pytest.mark.parametrize(
    "transfer",
    [
        TRANSFER,
        replace(TRANSFER, text="", reference=iso11649(NUMBER)),
        replace(TRANSFER, amount_cents=None, note="Danke", bic="COBADEFFXXX"),
        replace(TRANSFER, amount_cents=1, name="Österreicher & Söhne"),
    ],
)
def test_what_was_written_is_read_back(transfer):
    assert parse(girocode_text(transfer)) == replace(transfer, iban="DE89370400440532013000")


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "BCD",
        "BCD\n002\n1\nXXX\n\nA\nDE89370400440532013000",
        girocode_text(TRANSFER).replace("3000\n", "3001\n"),
        girocode_text(TRANSFER).replace("1041.20", "1,041.20"),
    ],
)
def test_payloads_that_break_the_rules_are_refused(payload):
    with pytest.raises(TransferUnfit):
        parse(payload)


def test_picture_is_the_same_bytes_every_time_and_decodes_to_the_text():
    import segno
    from PIL import Image

    assert girocode_svg(TRANSFER) == girocode_svg(TRANSFER)
    assert girocode_svg(TRANSFER).startswith("<svg")
    code = segno.make_qr(
        girocode_text(TRANSFER), error="m", mask=3, encoding="utf-8", boost_error=False
    )
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(4, 4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    (read,) = zxingcpp.read_barcodes(picture)
    assert parse(read.text).text == NUMBER
