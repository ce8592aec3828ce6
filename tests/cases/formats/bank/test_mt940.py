"""MT940 and MT942: fields, days, signs, purposes, and one bad line that harms nobody else."""

from datetime import date
from pathlib import Path

import pytest

from cases.formats.bank.mt940 import read_mt940
from cases.formats.bank.statement import EntryStatus

SAMPLES = Path(__file__).parents[3] / "samples" / "bank_mt940"


def sample(name):
    text = (SAMPLES / name).read_bytes().decode("cp1252")
    return read_mt940(text.replace("\r\n", "\n"))


def message(*lines, opening="C261101EUR100,00", closing="C261102EUR110,00"):
    """One statement around the given lines."""
    return "\n".join(
        [
            ":20:STARTUMS",
            ":25:37040044/532013000",
            ":28C:1/1",
            f":60F:{opening}",
            *lines,
            f":62F:{closing}",
            "-",
            "",
        ]
    )


def only(line, *more):
    """The only entry of a statement with this :61:."""
    return read_mt940(message(f":61:{line}", *more)).statements[0].entries[0]


def codes(read):
    return [each.code for each in read.findings]


@pytest.mark.parametrize(
    ("line", "booked_on", "value_on", "cents"),
    [
        pytest.param("2611021102C10,00NTRFNONREF", "2026-11-02", "2026-11-02", 10_00, id="credit"),
        pytest.param(
            "2611021102D10,NTRFNONREF", "2026-11-02", "2026-11-02", -10_00, id="no decimals"
        ),
        pytest.param(
            "261102CR10,5NTRFNONREF", "2026-11-02", "2026-11-02", 10_50, id="no entry date"
        ),
        pytest.param("261102    DR10,50NTRF", "2026-11-02", "2026-11-02", -10_50, id="blank date"),
        pytest.param(
            "2612310102CR10,00NTRF", "2027-01-02", "2026-12-31", 10_00, id="booked next year"
        ),
        pytest.param(
            "2701021231CR10,00NTRF", "2026-12-31", "2027-01-02", 10_00, id="booked last year"
        ),
        pytest.param(
            "2611021102RC10,00NTRF", "2026-11-02", "2026-11-02", -10_00, id="credit reversed"
        ),
        pytest.param(
            "2611021102RDR10,00NTRF", "2026-11-02", "2026-11-02", 10_00, id="debit reversed"
        ),
        pytest.param(
            "2611021102C50,00 NTRFNONREF", "2026-11-02", "2026-11-02", 50_00, id="a blank"
        ),
        pytest.param(
            "1602300301DR6,00N024NONREF", "2016-03-01", "2016-02-29", -6_00, id="30 February"
        ),
    ],
)
def test_statement_line_gives_days_and_signed_amount(line, booked_on, value_on, cents):
    entry = only(line)
    assert (entry.booked_on, entry.value_on) == (
        date.fromisoformat(booked_on),
        date.fromisoformat(value_on),
    )
    assert entry.amount_cents == cents


def test_day_that_does_not_exist_is_named():
    read = sample("transaction_details_wrapped.sta")
    (finding,) = read.findings
    assert (finding.code, finding.params["value"]) == ("date_corrected", "1602300301")


def test_one_bad_line_holds_back_its_own_statement_only():
    bad = message(":61:2611021102CnullNTRF", ":61:2611021102C10,00NTRFNONREF")
    read = read_mt940(bad + message(":61:2611021102C10,00NTRFNONREF"))
    assert [each.held_back for each in read.statements] == [True, False]
    assert [len(each.entries) for each in read.statements] == [1, 1]
    unreadable = next(each for each in read.findings if each.code == "line_unreadable")
    assert unreadable.line == 5


def test_statement_cut_off_before_its_closing_balance_is_held_back():
    read = read_mt940(message(":61:2611021102C10,00NTRFNONREF").partition(":62F:")[0])
    assert codes(read) == ["closing_balance_missing"]
    assert read.statements[0].held_back
    assert len(read.statements[0].entries) == 1


def test_balance_that_does_not_come_out_is_a_warning():
    read = read_mt940(message(":61:2611021102C10,00NTRFNONREF", closing="C261102EUR120,00"))
    assert codes(read) == ["balance_mismatch"]
    assert not read.statements[0].held_back


def test_returned_direct_debit_of_a_german_bank():
    (entry,) = sample("deutschebank.txt").statements[0].entries
    assert entry.is_return
    assert (entry.amount_cents, entry.original_cents, entry.charges_cents) == (-12_35, 11_85, 50)
    assert entry.references.end_to_end == "A1.200080779.400143254.4961336"
    assert entry.references.mandate == "20852HW2723821"
    assert entry.references.creditor_id == "DE41EON00000129793"
    assert entry.counterparty.iban == "DE50712345600200691329"
    assert entry.counterparty.name == "TESTEREL"
    assert entry.purpose.startswith("SONSTIGE GRUENDE ENDABRECHNUNG NR. 500106875")


@pytest.mark.parametrize(
    ("information", "purpose", "name"),
    [
        pytest.param(
            [":86:166?00GUTSCHRIFT?20SVWZ+AZ 2026-0001?21234-6 RATE?32MAX?33MUSTER"],
            "AZ 2026-0001234-6 RATE",
            "MAXMUSTER",
            id="number broken over two fields",
        ),
        pytest.param(
            [":86:166?20EREF+X?21 S?22VWZ+AZ 2026", "-0001234-6?32MAX"],
            "AZ 2026-0001234-6",
            "MAX",
            id="mark and line broken",
        ),
        pytest.param(
            [":86:166>00GUTSCHRIFT>20Rate 2>32MAX"], "Rate 2", "MAX", id="another separator"
        ),
        pytest.param([":86:166?20SVWZ: Rate 3?32MAX"], "Rate 3", "MAX", id="mark with a colon"),
        pytest.param(
            [":86:Rate 4 von", "Max Muster"], "Rate 4 von Max Muster", None, id="plain text"
        ),
        pytest.param([":86:/EREF/E-1/NAME/MAX/REMI/Rate 5/"], "Rate 5", "MAX", id="slash words"),
        pytest.param([":NS:01Rate 6", "15MAX"], "Rate 6", "MAX", id="NS lines"),
        pytest.param(
            [":86:166?20SVWZ+Beginn um", ":20:15 Uhr?32MAX"],
            "Beginn um:20:15 Uhr",
            "MAX",
            id="a time of day looks like a field",
        ),
        pytest.param([], "", None, id="nothing"),
    ],
)
def test_purpose_and_name_are_found_in_every_flavour(information, purpose, name):
    entry = only("2611021102C10,00NTRFNONREF", *information)
    assert (entry.purpose, entry.counterparty.name) == (purpose, name)


def test_field_25_written_for_86_is_understood():
    (entry,) = sample("sepa_snippet_broken.txt").statements[0].entries
    assert entry.counterparty.iban == "DE14508800500194785000"


def test_unreadable_available_balance_harms_nothing():
    read = sample("oldenburgischelandesbank2.txt")
    assert [each.amount_cents for each in read.statements[0].entries] == [230_00]


def test_closing_balance_may_lack_its_currency():
    statements = sample("raphaelm.sta").statements
    assert [each.closing_cents for each in statements] == [105_000_00, 145_000_00, 95_000_00]
    assert {each.currency for each in statements} == {"DEM"}


def test_interim_report_is_pending_and_needs_no_closing_balance():
    read = sample("mt942.sta")
    assert read.format == "mt942"
    assert read.statements[0].entries[0].status is EntryStatus.PENDING
    assert read.statements[0].currency == "EUR"
    assert read.findings == ()


def test_what_stands_around_the_messages_is_ignored():
    inside = message(":61:2611021102C10,00NTRF")
    text = "Beispiel\n{1:F01X}{2:I940X}{4:\n" + inside + "-}{5:{MAC:0}}"
    assert len(read_mt940(text).statements[0].entries) == 1


#: The library gives up on this one.
UNREADABLE_ELSEWHERE = {"oldenburgischelandesbank2.txt"}
SECOND_OPINION = sorted(
    path.name
    for path in SAMPLES.iterdir()
    if path.suffix in {".sta", ".txt"} and path.name not in UNREADABLE_ELSEWHERE
)


@pytest.mark.parametrize("name", SECOND_OPINION)
def test_amounts_agree_with_an_independent_library(name):
    import mt940

    text = (SAMPLES / name).read_bytes().decode("cp1252")
    theirs = [int(each.data["amount"].amount * 100) for each in mt940.parse(text)]
    read = sample(name)
    ours = [each.amount_cents for statement in read.statements for each in statement.entries]
    assert ours == theirs


def test_original_amount_and_charges_of_a_return_are_read_from_the_text():
    marked = only(
        "2603110311DR53,00N109NONREF",
        ":86:109?00RETOURE?20EREF+2026-0000007?24OAMT+50,00?25COAM+3,00?26SVWZ+RUECKLASTSCHRIFT",
    )
    assert (marked.original_cents, marked.charges_cents) == (50_00, 3_00)
    written = only(
        "2603110311DR23,00N109NONREF",
        ":86:109?00RETOURE?21SVWZ+WIDERSPRUCH DURCH ZAHLER O?23CMT: EUR 20,00 CHGS: EUR 3,?2400",
    )
    assert (written.original_cents, written.charges_cents) == (20_00, 3_00)


def test_two_accounts_in_one_message_are_held_back():
    read = read_mt940(message(":61:2611021102C10,00NTRFNONREF", ":25:1325.76.155"))
    assert "accounts_merged" in codes(read)
    assert read.statements[0].held_back
