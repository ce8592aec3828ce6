"""Indicators, burden of proof and missing evidence: each rule on both sides of its day."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from cases.objections.catalogue import Side, labels, reasons
from cases.objections.file_facts import DatedCents, FileFacts, Raised
from cases.objections.indicators import find_indicators, require_readable, shipped_rules
from cases.objections.models import ObjectionKind
from cases.objections.proof import burden_of, missing_for

RAISED_ON, AS_OF = date(2026, 5, 1), date(2026, 11, 1)
DAY = timedelta(days=1)


def speaks(kind="other", raised_on=RAISED_ON, as_of=AS_OF, **file):
    raised = Raised(kind, raised_on, as_of, FileFacts(**file))
    return {found.code: found.speaks_for.value for found in find_indicators(raised)}


MERCHANTS = {"merchants": True, "goods": True, "delivered_on": date(2026, 4, 1)}
REMINDED = (date(2026, 4, 1), date(2026, 4, 20))


@pytest.mark.parametrize(
    ("kind", "file", "expected"),
    [
        ("other", {"reminders": REMINDED}, {"first_raised_late": "pretext"}),
        ("other", {"reminders": (date(2026, 4, 1), RAISED_ON)}, {}),
        ("withdrawn", {"reminders": REMINDED}, {}),
        ("other", {"due_on": RAISED_ON - 30 * DAY}, {"first_raised_late": "pretext"}),
        ("other", {"due_on": RAISED_ON - 29 * DAY}, {}),
        ("other", {"due_on": RAISED_ON}, {}),
        ("other", {"due_on": RAISED_ON + DAY}, {"raised_before_due": "genuine"}),
        (
            "other",
            {"payments": (DatedCents(RAISED_ON - DAY, 100),), "claim_cents": 500},
            {"part_payment_before": "pretext"},
        ),
        (
            "other",
            {
                "payments": (DatedCents(RAISED_ON - DAY, 100),),
                "claim_cents": 500,
                "disputed_cents": 400,
            },
            {"part_payment_before": "genuine"},
        ),
        ("other", {"payments": (DatedCents(RAISED_ON, 100),)}, {}),
        ("other", {"promises": (DatedCents(RAISED_ON - DAY, 1),)}, {"promise_before": "pretext"}),
        ("other", {"promises": (DatedCents(RAISED_ON, 1),)}, {}),
        ("other", {"plan_agreed_on": RAISED_ON - DAY}, {"plan_before": "pretext"}),
        ("not_delivered", {"delivery_note_signed": True}, {"delivery_note_signed": "pretext"}),
        ("defect", {"delivery_note_signed": True}, {}),
        (
            "defect",
            {**MERCHANTS, "notice_sent_on": date(2026, 4, 15), "reminders": (date(2026, 4, 2),)},
            {"notified": "open"},
        ),
        (
            "defect",
            {**MERCHANTS, "notice_sent_on": date(2026, 4, 16), "reminders": (date(2026, 4, 2),)},
            {"not_notified": "pretext"},
        ),
        (
            "defect",
            {**MERCHANTS, "perishable": True, "notice_sent_on": date(2026, 4, 4)},
            {"not_notified": "pretext", "defect_notified_before": "genuine"},
        ),
        (
            "defect",
            {**MERCHANTS, "hidden": True, "discovered_on": date(2026, 4, 20)},
            {"not_notified": "open"},
        ),
        ("defect", {**MERCHANTS, "goods": False}, {}),
        (
            "paid",
            {"suspense_cents": (100, 250), "disputed_cents": 250},
            {"payment_in_suspense": "genuine"},
        ),
        ("paid", {"suspense_cents": (249,), "disputed_cents": 250}, {}),
        (
            "paid",
            {"direct_payment_reported_cents": 250, "disputed_cents": 250},
            {"creditor_was_paid": "genuine"},
        ),
        ("paid", {"direct_payment_reported_cents": 249, "disputed_cents": 250}, {}),
        ("other", {"creditor_asked_on": AS_OF - 14 * DAY}, {"creditor_silent": "genuine"}),
        ("other", {"creditor_asked_on": AS_OF - 13 * DAY}, {}),
        ("other", {"creditor_asked_on": AS_OF - 90 * DAY, "creditor_answered_on": AS_OF}, {}),
        ("not_delivered", {"invoice_returned_on": AS_OF}, {"invoice_returned": "genuine"}),
        ("defect", {"invoice_returned_on": AS_OF}, {}),
        (
            "withdrawn",
            {"delivered_on": date(2026, 4, 1), "withdrawal_sent_on": date(2026, 4, 15)},
            {"withdrawal_in_time": "genuine"},
        ),
        (
            "withdrawn",
            {"delivered_on": date(2026, 4, 1), "withdrawal_sent_on": date(2026, 4, 16)},
            {"withdrawal_in_time": "open"},
        ),
        (
            "withdrawn",
            {
                "contract_on": date(2026, 4, 1),
                "instructed_on": date(2026, 4, 10),
                "withdrawal_sent_on": date(2026, 4, 24),
            },
            {"withdrawal_in_time": "genuine"},
        ),
        (
            "withdrawn",
            {
                "contract_on": date(2026, 4, 1),
                "instructed_on": date(2026, 4, 10),
                "withdrawal_sent_on": date(2026, 4, 25),
            },
            {"withdrawal_late": "pretext"},
        ),
        (
            "withdrawn",
            {"delivered_on": date(2025, 4, 1), "withdrawal_sent_on": date(2026, 4, 15)},
            {"withdrawal_in_time": "open"},
        ),
        (
            "withdrawn",
            {"delivered_on": date(2025, 4, 1), "withdrawal_sent_on": date(2026, 4, 16)},
            {"withdrawal_late": "pretext"},
        ),
        ("other", {"limitation_day": RAISED_ON - DAY}, {"time_barred": "genuine"}),
        ("other", {"limitation_day": RAISED_ON}, {"time_barred": "open"}),
        ("other", {"limitation_day": AS_OF}, {}),
        ("time_barred", {"limitation_day": AS_OF}, {"not_time_barred": "pretext"}),
        ("other", {"terms_included": True}, {"terms_included": "open"}),
        ("other", {"terms_included": False}, {}),
    ],
)
def test_what_the_file_speaks_for(kind, file, expected):
    assert speaks(kind, **file) == expected


def test_every_indicator_has_its_words():
    for rule in shipped_rules():
        require_readable(rule.when)
        assert rule.words.endswith("."), rule.code
        assert rule.words.german.endswith("."), rule.code
        assert "%" not in rule.words + rule.words.german
        assert rule.source in {field.name for field in fields(FileFacts)}, rule.code


CONSUMER_GOODS = FileFacts(merchants=False, goods=True, delivered_on=date(2025, 3, 14))


@pytest.mark.parametrize(
    ("shown_on", "side"),
    [(date(2026, 3, 14), Side.CREDITOR), (date(2026, 3, 15), Side.DEBTOR)],
)
def test_the_presumption_of_a_defect_lasts_a_year_from_delivery(shown_on, side):
    """§ 477(1) BGB: what counts is when the defect showed itself."""
    burden = burden_of(Raised("defect", shown_on, date(2026, 11, 1), CONSUMER_GOODS))
    assert burden.on is side
    assert burden.until == (date(2026, 3, 14) if side is Side.CREDITOR else None)


@pytest.mark.parametrize(
    ("kind", "merchants", "side", "law"),
    [
        ("paid", False, Side.DEBTOR, "BGB § 362(1)"),
        ("not_ordered", False, Side.CREDITOR, "BGB §§ 241a, 312j(3), (4)"),
        ("not_delivered", True, Side.CREDITOR, "BGB § 447"),
        ("not_delivered", False, Side.CREDITOR, "BGB § 475(2)"),
        ("defect", True, Side.DEBTOR, "BGB § 363, HGB § 377"),
        ("set_off", True, Side.DEBTOR, "BGB § 387"),
        ("time_barred", True, Side.DEBTOR, "BGB § 214(1)"),
    ],
)
def test_who_must_prove(kind, merchants, side, law):
    burden = burden_of(Raised(kind, RAISED_ON, AS_OF, FileFacts(merchants=merchants)))
    assert (burden.on, burden.law) == (side, law)


def test_what_the_file_has_is_not_missing():
    empty = Raised("not_delivered", RAISED_ON, AS_OF)
    assert [each.what for each in missing_for(empty)] == ["proof_of_delivery"]
    signed = replace(empty, file=FileFacts(delivery_note_signed=True))
    assert missing_for(signed) == []


def test_every_kind_needs_something():
    assert set(reasons()) == set(ObjectionKind)
    assert all(missing_for(Raised(kind, RAISED_ON, AS_OF)) for kind in reasons())
    known = {field.name for field in fields(FileFacts)}
    for label in labels().values():
        assert {*label.given_by, *filter(None, [label.sets])} <= known, label.code
