"""camt.052, .053 and .054: what a statement says, and what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from cases.formats.bank.camt import read_camt
from cases.formats.bank.statement import EntryStatus

SAMPLES = Path(__file__).parents[3] / "samples" / "bank_camt"


def sample(name):
    return read_camt((SAMPLES / name).read_bytes())


def statement_with(entries, *, head="", version="08"):
    """A camt.053 file around the given entries."""
    return read_camt(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>m</MsgId><CreDtTm>2026-11-02T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id>{head}</Acct>{entries}</Stmt>
</BkToCstmrStmt></Document>""".encode()
    )


def entry(amount="10.00", currency="EUR", sign="CRDT", more="", status="<Sts><Cd>BOOK</Cd></Sts>"):
    """One Ntry element."""
    ccy = f' Ccy="{currency}"' if currency else ""
    indicator = f"<CdtDbtInd>{sign}</CdtDbtInd>" if sign else ""
    return (
        f"<Ntry><Amt{ccy}>{amount}</Amt>{indicator}{status}"
        f"<BookgDt><Dt>2026-11-02</Dt></BookgDt>{more}</Ntry>"
    )


def codes(read):
    return [each.code for each in read.findings]


def test_german_statement_is_read_with_all_that_matters():
    (statement,) = sample("de_camt053_v08_synthetisch_1.xml").statements
    assert (statement.account, statement.currency) == ("DE89370400440532013000", "EUR")
    assert (statement.opening_cents, statement.closing_cents) == (1000_00, 1474_25)
    assert [each.amount_cents for each in statement.entries] == [
        119_00,
        50_00,
        230_15,
        110_00,
        -27_00,
        -300_00,
        300_00,
        -7_90,
        75_00,
    ]
    assert statement.entries[0].counterparty.name == "Jürgen Weiß"
    assert statement.entries[0].counterparty.iban == "DE02120300000000202051"
    assert statement.entries[0].references.end_to_end is None  # NOTPROVIDED
    assert statement.entries[0].purpose == "Az. 2026/004710 Rate 1 Weiß"
    assert statement.entries[0].references.bank == "5401192028178476"
    assert statement.entries[2].references.structured == "RF97AZ20264703"
    assert not statement.held_back


def test_batch_keeps_its_details_with_names_and_mandates():
    batch = sample("de_camt053_v08_synthetisch_1.xml").statements[0].entries[3]
    assert batch.is_batch
    assert [each.amount_cents for each in batch.details] == [20_00, 21_00, 22_00, 23_00, 24_00]
    assert batch.details[4].references.mandate == "M-4804"
    assert batch.counterparty.name is None


def test_returned_direct_debit_tells_original_amount_fee_and_reason():
    returned = sample("de_camt053_v08_synthetisch_1.xml").statements[0].entries[4]
    assert returned.is_return
    assert (returned.amount_cents, returned.original_cents, returned.charges_cents) == (
        -27_00,
        23_00,
        4_00,
    )
    assert returned.return_reason == "MS03"
    assert returned.counterparty.name == "Schuldner 3"  # Not us, though we were the creditor.


def test_returned_payout_is_a_credit_from_the_one_we_paid():
    returned = sample("de_camt053_v08_synthetisch_1.xml").statements[0].entries[6]
    assert returned.is_return
    assert (returned.amount_cents, returned.counterparty.name) == (300_00, "Gläubiger GmbH")


def test_pending_entry_is_shown_and_is_no_money():
    pending = sample("de_camt053_v08_synthetisch_1.xml").statements[0].entries[8]
    assert pending.status is EntryStatus.PENDING


def test_swiss_batch_of_qr_bills_carries_a_qr_reference_in_each_detail():
    (statement,) = sample("ch_camt054_v08_qrr_sammler_synthetisch_1.xml").statements
    assert [each.references.structured for each in statement.entries[0].details] == [
        "000000000000000000002647119",
        "000000000000000000002647127",
        "000000000000000000002647135",
        "000000000000000000002647140",
    ]


def test_oldest_version_has_its_account_and_batch_elsewhere():
    read = sample("camt052.v1.xml")
    assert read.format == "camt.052.001.01"
    assert read.statements[0].account == "CH2801234000123456789"
    assert read.statements[0].entries[0].amount_cents == -200_000_00
    assert read.statements[0].entries[0].is_batch


def test_file_without_namespace_is_read_with_a_warning():
    read = sample("camt053_no_namespace.xml")
    assert codes(read) == ["namespace_missing"]
    assert read.statements[0].entries[0].amount_cents == 250_00


def test_file_that_breaks_its_schema_is_read_with_a_warning_that_names_the_line():
    read = sample("053-valid_example_with_debit.xml")
    broken = next(each for each in read.findings if each.code == "schema_broken")
    assert broken.line == 78
    assert broken.params["element"] == "PmtInfId"
    assert len(read.statements[0].entries) == 4
    assert not read.statements[0].held_back


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param(entry("12..34"), "amount_unreadable", id="garbled"),
        pytest.param(entry("-10.00"), "amount_unreadable", id="negative"),
        pytest.param(entry("1e3"), "amount_unreadable", id="exponent"),
        pytest.param(entry("10,00"), "amount_unreadable", id="decimal comma"),
        pytest.param(entry("99999999999999999.99"), "amount_unreadable", id="over 64 bits"),
        pytest.param(entry("1.005"), "amount_unreadable", id="finer than a cent"),
        pytest.param(entry("1.5", "JPY"), "amount_unreadable", id="half a yen"),
        pytest.param(entry("NaN"), "amount_unreadable", id="not a number"),
        pytest.param(entry("१०"), "amount_unreadable", id="digits of another script"),
        pytest.param(entry(""), "amount_missing", id="empty amount"),
        pytest.param(entry(currency=None), "currency_missing", id="no currency anywhere"),
        pytest.param(entry(sign=None), "direction_missing", id="neither credit nor debit"),
    ],
)
def test_one_entry_that_cannot_be_booked_holds_the_statement_back(written, code):
    read = statement_with(entry() + written)
    (error,) = [each for each in read.findings if each.severity == "error"]
    assert error.code == code
    assert error.line is not None
    assert len(read.statements[0].entries) == 1
    assert read.statements[0].held_back
    assert read.bookable == ()


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        pytest.param(" 10.00 ", "EUR", 1000, id="blanks around"),
        pytest.param("8.850", "EUR", 885, id="a zero too many"),
        pytest.param("1000", "JPY", 1000, id="yen have no decimals"),
        pytest.param("1000.00", "JPY", 1000, id="yen with zeros"),
        pytest.param("1.234", "KWD", 1234, id="dinars have three"),
        pytest.param("0", "EUR", 0, id="zero"),
    ],
)
def test_amount_is_counted_in_the_minor_unit_of_its_currency(amount, currency, units):
    read = statement_with(entry(amount, currency))
    assert read.statements[0].entries[0].amount_cents == units
    assert not read.statements[0].held_back


def test_currency_of_the_account_stands_in_for_that_of_an_entry():
    read = statement_with(entry(currency=None), head="<Ccy>CHF</Ccy>")
    assert read.statements[0].entries[0].currency == "CHF"
    assert "currency_from_account" in codes(read)


def test_balance_that_does_not_come_out_is_a_warning():
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-02</Dt></Dt></Bal>"
        for kind, amount in (("OPBD", "5.00"), ("CLBD", "16.00"))
    )
    assert "balance_mismatch" in codes(statement_with(balances + entry("10.00")))
    assert "balance_mismatch" not in codes(statement_with(balances + entry("11.00")))


def test_reversal_keeps_the_sign_that_the_bank_gives():
    read = statement_with(entry(more="<RvslInd>true</RvslInd>", sign="DBIT"))
    assert read.statements[0].entries[0].is_reversal
    assert read.statements[0].entries[0].amount_cents == -10_00


def test_pieces_of_the_purpose_are_joined_without_a_blank():
    details = (
        "<NtryDtls><TxDtls><RmtInf><Ustrd>Az 2026-0001</Ustrd><Ustrd>234-6 Rate</Ustrd>"
        "</RmtInf></TxDtls></NtryDtls>"
    )
    read = statement_with(entry(more=details))
    assert read.statements[0].entries[0].purpose == "Az 2026-0001234-6 Rate"


def test_details_that_do_not_add_up_are_noticed():
    details = "".join(f"<TxDtls><Amt Ccy='EUR'>{each}</Amt></TxDtls>" for each in ("4.00", "5.00"))
    read = statement_with(entry(more=f"<NtryDtls>{details}</NtryDtls>"))
    assert "details_do_not_add_up" in codes(read)


def test_missing_day_is_taken_from_the_value_day_else_from_the_statement():
    valued = entry().replace("BookgDt", "ValDt")
    assert statement_with(valued).statements[0].entries[0].booked_on == date(2026, 11, 2)
    undated = "<Ntry><Amt Ccy='EUR'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>"
    read = statement_with("<CreDtTm>2026-11-03T10:00:00</CreDtTm>" + undated, version="02")
    assert read.statements[0].entries[0].booked_on == date(2026, 11, 3)
    assert "date_from_statement" in codes(read)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"<a><b></a>", "xml_malformed", id="not well-formed"),
        pytest.param(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "xml_doctype", id="a DOCTYPE"),
        pytest.param("<!DOCTYPE a><a/>".encode("utf-16"), "xml_doctype", id="a DOCTYPE in UTF-16"),
        pytest.param(b"<a>" * 100_000, "xml_malformed", id="nested without end"),
        pytest.param(
            b"<Document xmlns='urn:x:pain.001.001.09'><CstmrCdtTrfInitn/></Document>",
            "not_a_bank_statement",
            id="a payment order",
        ),
        pytest.param(
            b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.052.001.02'/>",
            "no_statement",
            id="an empty message",
        ),
    ],
)
def test_what_is_no_statement_is_refused_with_a_reason(data, code):
    read = read_camt(data)
    assert code in codes(read)
    assert read.statements == ()


def test_latin_letters_in_a_file_that_claims_utf_8_are_repaired_with_a_note():
    text = (SAMPLES / "de_camt053_v08_synthetisch_1.xml").read_text("utf-8")
    read = read_camt(text.encode("cp1252"))
    assert "xml_encoding_repaired" in codes(read)
    assert read.statements[0].entries[0].counterparty.name == "Jürgen Weiß"
