"""Limitation at the screen: both days with their law, events legal confirms, a day it sets."""

from datetime import date

import pytest
from sqlalchemy import select

from cases.claims.limitation import OTHER, list_limitation_events, refresh_limitation
from cases.claims.models import Claim
from cases.core.audit import AuditEvent
from cases.core.database import db, transaction
from cases.ledger.models import Account
from cases.ledger.posting import Line, post
from cases.payments.booking import Money, book_payment
from cases.people.policy import Role
from cases.worklist.services import list_open_items
from legal.limitation_events import LimitationEventKind
from tests.factories.records import claim_details, make_case, make_creditor, make_user
from tests.factories.visits import visit

SAFE = date(2029, 12, 31)  # Due in 2026: three years from the end of the year, a Monday.


@pytest.fixture
def case(at_work):
    with transaction():
        made, claims = make_case(accepted_by=make_user())
        refresh_limitation(made, claims)
    return made


@pytest.fixture
def lawyer(at_work):
    with transaction():
        email = make_user(Role.LEGAL).email
    return visit(at_work, email, "en")


def claim_of(case):
    query = select(Claim).where(Claim.case_id == case.id).order_by(Claim.position)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def page_of(case):
    return f"/claims/{claim_of(case).public_id}/limitation"


def pay(case, cents, day=date(2026, 11, 20)):
    with transaction():
        post(
            "bank_entry",
            value_on=day,
            currency="EUR",
            lines=[Line(Account.TRUST_BANK, cents), Line(Account.SUSPENSE, -cents)],
        )
        book_payment(case, Money(cents, "EUR", day, day, None, "bank:test"))


def test_the_case_file_shows_the_safe_day_and_leads_to_its_steps(worker, case):
    file = worker.get(f"/cases/{case.public_id}").text
    assert "time-barred after 31 Dec 2029" in file
    assert page_of(case) in file
    page = worker.get(page_of(case)).text
    assert "3 years from the end of 31 Dec 2026." in page
    assert "§ 195 BGB" in page
    assert "The computed day is the same" in page


def test_a_noted_event_moves_the_computed_day_only_until_legal_confirms_it(worker, lawyer, case):
    form = {"kind": "acknowledgement", "first_day": "02.11.2026", "note": "E-Mail"}
    # A period that has not begun cannot start anew, so the event must lie in a running one.
    with transaction():
        claim = claim_of(case)
        claim.invoiced_on, claim.due_on = date(2024, 5, 1), date(2024, 6, 1)
    assert worker.post(f"{page_of(case)}/events", form).status_code == 303
    claim = claim_of(case)
    assert (claim.limitation_on, claim.limitation_conservative_on) == (
        date(2029, 11, 2),
        date(2027, 12, 31),
    )
    page = worker.get(page_of(case)).text
    assert "Computed day: time-barred after 2 Nov 2029" in page
    assert "§ 212(1) no. 1 BGB" in page
    [row] = list_limitation_events([claim.id])
    confirm = f"{page_of(case)}/events/{row.public_id}/confirm"
    assert confirm not in page
    assert worker.post(confirm).status_code == 403
    assert confirm in lawyer.get(page_of(case)).text
    assert lawyer.post(confirm).status_code == 303
    assert claim_of(case).limitation_conservative_on == date(2029, 11, 2)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({}, "kind", id="no event"),
        pytest.param({"kind": "part_payment"}, "first_day", id="no day"),
        pytest.param({"kind": "payment_order"}, "served_on", id="neither applied for nor served"),
        pytest.param({"kind": "deferral", "first_day": "02.11.2026", "last_day": "01.11.2026"},
                     "last_day", id="an end before its start"),
        pytest.param({"kind": "part_payment", "first_day": "24.11.2026"}, "first_day",
                     id="tomorrow"),
    ],
)  # fmt: skip
def test_an_event_without_its_day_is_refused_at_the_field(worker, case, form, field):
    answer = worker.post(f"{page_of(case)}/events", form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert list_limitation_events([claim_of(case).id]) == []


def test_a_part_payment_appears_unconfirmed_for_the_claims_it_went_to(worker, at_work):
    with transaction():
        old = claim_details(invoiced_on=date(2024, 5, 1), due_on=date(2024, 6, 1))
        case, claims = make_case(claims=[old, claim_details()], accepted_by=make_user())
        refresh_limitation(case, claims)
    before = claim_of(case).limitation_conservative_on
    pay(case, 100_00)
    [row] = list_limitation_events([claim.id for claim in claims])
    assert (row.claim_id, row.kind, row.first_day, row.confirmed_at) == (
        claims[0].id,
        LimitationEventKind.PART_PAYMENT,
        date(2026, 11, 20),
        None,
    )
    assert claim_of(case).limitation_conservative_on == before
    assert claim_of(case).limitation_on == date(2029, 11, 20)
    pay(case, 50_00)
    assert len(list_limitation_events([claim.id for claim in claims])) == 1, "once a day"
    assert "not confirmed" in worker.get(page_of(case)).text


def test_a_payment_of_everything_leaves_nothing_to_become_time_barred(case):
    pay(case, 5_000_00)
    assert list_limitation_events([claim_of(case).id]) == []


def test_a_kind_without_a_rule_waits_for_legal_who_sets_the_day(worker, lawyer, case):
    assert worker.post(f"{page_of(case)}/kind", {"claim_kind": OTHER}).status_code == 303
    assert claim_of(case).limitation_conservative_on is None
    assert [i.reason for i in list_open_items(case.id)].count("limitation_day_needed") == 1
    assert "Legal must set the last day" in worker.get(page_of(case)).text
    form = {"last_day_on": "30.06.2027", "why": "§ 439 HGB"}
    assert worker.post(f"{page_of(case)}/day", form).status_code == 403
    lawyer.get(page_of(case))
    assert lawyer.post(f"{page_of(case)}/day", form).status_code == 303
    assert claim_of(case).limitation_conservative_on == date(2027, 6, 30)
    assert "limitation_day_needed" not in [i.reason for i in list_open_items(case.id)]
    assert "§ 439 HGB" in lawyer.get(f"/cases/{case.public_id}").text
    logged = select(AuditEvent.fields).where(AuditEvent.action == "limitation.set")
    assert "why" in db.session.scalars(logged).one()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"last_day_on": "30.06.2027"}, "why", id="no reason"),
        pytest.param({"last_day_on": "30.06.2027", "why": "  "}, "why", id="a blank reason"),
        pytest.param({"why": "§ 439 HGB"}, "last_day_on", id="no day"),
    ],
)
def test_legal_sets_no_day_without_a_reason(lawyer, case, form, field):
    answer = lawyer.post(f"{page_of(case)}/day", form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert claim_of(case).limitation_conservative_on == SAFE


def test_legal_withdraws_its_day_and_the_law_counts_again(lawyer, case):
    lawyer.post(f"{page_of(case)}/day", {"last_day_on": "30.06.2027", "why": "§ 202 BGB"})
    assert "Legal has set this day" in lawyer.get(page_of(case)).text
    assert lawyer.post(f"{page_of(case)}/day/withdraw").status_code == 303
    assert claim_of(case).limitation_conservative_on == SAFE


def test_a_longer_period_is_for_legal(worker, lawyer, case):
    assert worker.post(f"{page_of(case)}/kind", {"claim_kind": "title"}).status_code == 422
    assert worker.post(f"{page_of(case)}/kind", {"claim_kind": "nonsense"}).status_code == 422
    assert claim_of(case).kind is None
    lawyer.get(page_of(case))
    assert lawyer.post(f"{page_of(case)}/kind", {"claim_kind": "title"}).status_code == 303
    assert claim_of(case).limitation_conservative_on == date(2056, 7, 31)
    assert "30 years" in lawyer.get(page_of(case)).text


def test_a_stranger_sees_no_limitation(at_work, case):
    with transaction():
        emails = [make_user(Role.CREDITOR, creditor=make_creditor()).email]
        other, _ = make_case(accepted_by=make_user())
        accounts = make_user(Role.ACCOUNTS).email
    address = page_of(case)
    creditor = visit(at_work, emails[0], "en")
    assert creditor.get(address).status_code in (403, 404)
    clerk = visit(at_work, accounts, "en")
    assert clerk.post(f"{address}/events", {"kind": "part_payment"}).status_code == 403
    assert page_of(other) != address


def test_an_event_of_another_case_is_not_found(lawyer, case):
    with transaction():
        other, _ = make_case(accepted_by=make_user())
    lawyer.post(f"{page_of(other)}/events", {"kind": "negotiations", "first_day": "02.11.2026"})
    [row] = list_limitation_events([claim_of(other).id])
    assert lawyer.post(f"{page_of(case)}/events/{row.public_id}/confirm").status_code == 404
