"""The days of many claims at once are those of each claim by itself."""

from datetime import date

import pytest

from cases.claims.limitation import EventDays, confirm_event, note_event, refresh_limitation
from cases.claims.limitation_many import refresh_many
from cases.claims.models import Claim
from cases.core import clock
from cases.core.database import db
from legal.limitation_events import LimitationEventKind
from tests.factories.records import claim_details, debtor_details, make_case, make_creditor

CLAIMS = [
    {"invoiced_on": date(2023, 5, 2), "due_on": date(2023, 6, 1)},
    {"invoiced_on": date(2021, 12, 31), "due_on": None},
    {"invoiced_on": date(2024, 2, 29), "due_on": date(2024, 3, 31), "kind": "title"},
    {"invoiced_on": date(2022, 1, 1), "due_on": date(2022, 1, 1), "is_consumer_loan": True},
    {"invoiced_on": date(2020, 7, 1), "due_on": date(2020, 7, 31), "kind": "other"},
]
PLACES = [("20259", "Hamburg"), ("80331", "München"), ("01067", "Dresden")]


def days():
    rows = db.session.query(Claim).populate_existing().order_by(Claim.id)
    return [(claim.limitation_on, claim.limitation_conservative_on) for claim in rows]


@pytest.fixture
def cases(database):
    with clock.clock_at(date(2026, 11, 23)):
        creditor = make_creditor()
        made = [
            make_case(
                creditor,
                claims=[claim_details(**{"contract_on": None, **fields}) for fields in CLAIMS],
                debtors=[debtor_details(f"Weber {code}", postcode=code, city=city)],
            )
            for code, city in PLACES
        ]
        case, claims = made[0]
        row = note_event(
            case, claims[0], LimitationEventKind.PART_PAYMENT, EventDays(date(2025, 3, 10))
        )
        note_event(case, claims[1], LimitationEventKind.NEGOTIATIONS, EventDays(date(2024, 1, 5)))
        confirm_event(case, row.public_id)
        yield made


def test_the_set_based_form_says_what_the_single_one_says(cases):
    for case, claims in cases:
        refresh_limitation(case, claims)
    db.session.flush()
    singly = days()
    assert any(on for on, _ in singly)
    for claim in db.session.query(Claim):
        claim.limitation_on = claim.limitation_conservative_on = None
    db.session.flush()
    refresh_many([case.id for case, _ in cases])
    db.session.flush()
    assert days() == singly
