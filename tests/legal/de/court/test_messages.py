"""Court messages, made by an independent generator, in the published notation."""

from datetime import date

import pytest

from legal.de.court.eda.replies import read_file
from tests.factories import court_replies as court

SENT = date(2026, 10, 20)
GNR, SECOND = "26123456711", "26123456729"
REF = "INK-2026-004711"


def messages_of(data: bytes) -> list[dict]:
    (read,) = read_file(data)
    assert read.findings == ()
    return read.in_notation()["messages"]


def assert_says(message: dict, **expected: object) -> None:
    assert {key: message[key] for key in expected} == expected


@pytest.mark.parametrize("lines", [True, False], ids=["lines", "stream"])
def test_cost_note_names_all_defendants_and_what_to_pay(lines):
    file = court.cost_note(
        SENT,
        [GNR, SECOND],
        REF,
        principal_cents=1_299_00,
        court_fee_cents=41_00,
        lawyer_fee_cents=134_50,
        lawyer_expenses_cents=20_00,
        delivery_cents=3_50,
    )
    (message,) = messages_of(file.encode(lines=lines))
    assert_says(
        message,
        event="mb_issued",
        gnr=GNR,
        gnrs=[GNR, SECOND],
        own_ref=REF,
        date="2026-10-20",
        main="1299.00",
        court_fee="41.00",
        lawyer_fee="134.50",
        lawyer_expenses="20.00",
        lawyer_vat="0.00",
        delivery_costs="3.50",
    )
    assert message["payment"] == {
        "payee": "Landesoberkasse Baden-Württemberg",
        "iban": "DE02120300000000202051",
        "bic": "",
        "amount": "44.50",
        "reference": GNR,
    }
    assert message["remedy"]["norm"] == "§ 66 GKG"


def test_cost_record_one_byte_right_is_proven_by_the_amount_to_pay():
    file = court.cost_note(
        SENT,
        [GNR],
        REF,
        principal_cents=5_192_78,
        court_fee_cents=96_50,
        wide=True,
        lawyer_fee_cents=414_00,
        lawyer_expenses_cents=20_00,
    )
    (read,) = read_file(file.encode())
    assert [f.code for f in read.findings] == ["costs_one_byte_right"]
    (message,) = read.in_notation()["messages"]
    assert_says(message, court_fee="96.50", lawyer_fee="414.00", lawyer_expenses="20.00")


def test_costs_that_fit_no_reading_are_kept_and_doubted():
    file = court.cost_note(SENT, [GNR], REF, principal_cents=100_00, court_fee_cents=38_00)
    wrong = [line.replace("ZAW  020003800", "ZAW  020003900") for line in file.messages[0]]
    file.messages[0] = wrong
    (read,) = read_file(file.encode())
    assert [f.code for f in read.findings] == ["costs_differ_from_payment"]
    assert read.in_notation()["messages"][0]["court_fee"] == "38.00"


@pytest.mark.parametrize(
    ("nam", "event"),
    [
        ("05", "mb_served"),
        ("06", "mb_not_served"),
        ("08", "vb_served"),
        ("09", "vb_not_served"),
    ],
)
def test_service_note(nam, event):
    served = date(2026, 10, 17) if nam in {"05", "08"} else None
    reason = "Empfänger unter der angegebenen Anschrift nicht zu ermitteln. " * 2
    key = "" if served else "U"
    note = court.service_note(
        SENT,
        GNR,
        REF,
        nam,
        served_on=served,
        reason_key=key,
        reason=reason.strip()[:115] if key else "",
    )
    (message,) = messages_of(note.encode())
    assert_says(
        message,
        event=event,
        nam=nam,
        gnr=GNR,
        own_ref=REF,
        defendant="Jörg Weißbäcker",
        date="2026-10-17" if served else None,
        reason_key=key,
    )
    assert message["reason_text"] == (reason.strip()[:115] if key else "")
    assert message["address"]["street"] == "Königsallee 9"


def test_referral_names_the_trial_court_and_the_lawyer():
    (message,) = messages_of(court.referral(SENT, GNR, REF).encode())
    assert_says(
        message,
        event="referred",
        gnr=GNR,
        own_ref=REF,
        date="2026-10-20",
        court={"pgm": "1", "plz": "70190", "place": "Stuttgart"},
    )
    assert message["defendant_representative"]["name"] == "Rechtsanwältin Änne Groß"


@pytest.mark.parametrize(
    ("extent", "contested", "partial", "findings"),
    [
        pytest.param("1", None, False, [], id="in full"),
        pytest.param("2", 300_00, True, [], id="in part"),
        pytest.param("T", 300_00, True, ["extent_unknown"], id="unknown mark with an amount"),
        pytest.param("G", None, False, ["extent_unknown"], id="unknown mark without amount"),
    ],
)
def test_opposition(extent, contested, partial, findings):
    data = court.opposition(
        SENT,
        GNR,
        REF,
        extent=extent,
        contested_cents=contested,
        value_cents=1_299_00,
        further_costs_cents=213_50,
        received_on=date(2026, 10, 16),
        referral_requested=True,
    ).encode()
    (read,) = read_file(data)
    assert [f.code for f in read.findings] == findings
    assert [f.params["found"] for f in read.findings] == [extent] * len(findings)
    (message,) = read.in_notation()["messages"]
    assert_says(
        message,
        event="opposed",
        gnr=GNR,
        own_ref=REF,
        partial=partial,
        contested_main=None if contested is None else "300.00",
        value_in_dispute="1299.00",
        further_costs="213.50",
        opposition_received="2026-10-16",
        referral_requested=True,
        court={"pgm": "1", "plz": "70190", "place": "Stuttgart"},
    )
    assert message["defendant_representative"]["name"] == "Rechtsanwalt Öztürk"


def test_query_can_be_answered_by_changing_only_the_content():
    items = [("012", "AGPLZ", "7017"), ("040", "AGN1", "Joerg")]
    data = court.query(SENT, [GNR], REF, items, applied_on=date(2026, 10, 12)).encode()
    (message,) = messages_of(data)
    assert_says(
        message,
        event="query",
        gnr=GNR,
        gnrs=[GNR],
        own_ref=REF,
        monition_date="2026-10-20",
        application_date="2026-10-12",
        application_kind="01",
    )
    assert message["items"][0] == {
        "fschl": "012",
        "feldn": "AGPLZ",
        "index1": "01",
        "index2": "00",
        "mas": "1",
        "maz": "2",
        "mazpos": "1",
        "form": "3",
        "inhalt": "7017",
    }


def test_enforcement_order_issued():
    file = court.enforcement_order_issued(
        SENT,
        GNR,
        REF,
        principal_cents=1_299_00,
        court_fee_cents=41_00,
        interest_cents=12_34,
        ancillary_cents=5_00,
    )
    (message,) = messages_of(file.encode())
    assert_says(
        message,
        event="vb_issued",
        gnr=GNR,
        own_ref=REF,
        issued="2026-10-20",
        main="1299.00",
        court_fee="41.00",
        computed_interest="12.34",
        ancillary="5.00",
    )


def test_receipt_is_text_without_a_case():
    (read,) = read_file(court.receipt(SENT, "Ihre Datei ABC012 ist eingegangen.", "11 Sätze."))
    answer = read.in_notation()
    assert answer["text"] == "Ihre Datei ABC012 ist eingegangen.\n11 Sätze."
    assert answer["matchable"] is False
    assert answer["findings"] == []


def test_one_file_brings_messages_for_many_cases():
    file = court.service_note(SENT, GNR, REF, "05", served_on=SENT)
    other = court.service_note(SENT, SECOND, "INK-2", "05", served_on=SENT)
    file.add(*other.messages[0], gnrs=[SECOND])
    messages = messages_of(file.encode())
    assert [(m["gnr"], m["own_ref"]) for m in messages] == [(GNR, REF), (SECOND, "INK-2")]


def test_query_of_a_court_and_our_answer_are_told_apart():
    data = court.query(SENT, [GNR], REF, [("012", "AGPLZ", "7")], applied_on=SENT)
    data.court = ""
    (read,) = read_file(data.encode())
    assert read.messages  # The number 501 is in the courts' range.
    data.edaid = "ABC012"
    (read,) = read_file(data.encode())
    assert read.applications is not None
