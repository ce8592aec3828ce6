"""Costs booked by hand: seen first, refused with the law named, taken back by reversal."""

from datetime import date

import pytest

from cases.claims.models import Purpose
from cases.core.database import db, transaction
from cases.costs.booking import book_first_costs
from cases.costs.by_hand import list_hand_entries
from cases.ledger.models import EntryKind
from cases.ledger.queries import statement
from cases.people.policy import Role
from tests.factories.records import claim_details, make_case, make_creditor, make_user
from tests.factories.visits import visit

TODAY = date(2026, 11, 23)


def open_case_of(purpose=Purpose.BUSINESS, *, owes_fee=False, **claim):
    """A business owes 1,000 euro; without a contract on the fee no collection costs stand."""
    with transaction():
        creditor = make_creditor(owes_collection_fee=owes_fee)
        return make_case(
            creditor,
            claims=[claim_details(purpose=purpose, **claim)],
            accepted_by=make_user(),
        )


@pytest.fixture
def clerk(at_work):
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    return visit(at_work, email, "en")


def send(clerk, case, then="book", **form):
    clerk.get(f"/cases/{case.public_id}/costs")
    return clerk.post(f"/cases/{case.public_id}/costs", {"then": then, **form})


def lump(claims):
    return {"kind": "lump_sum", "claim": claims[0].public_id}


def owed(case):
    return statement(case.id, TODAY).open_cents


def test_the_lump_sum_is_seen_with_its_effect_before_it_is_booked(clerk):
    case, claims = open_case_of()
    before = owed(case)
    preview = send(clerk, case, then="", **lump(claims))
    assert preview.status_code == 200
    assert "§ 288(5)" in preview.text
    assert "€40.00" in preview.text
    assert f"€{(before + 40_00) / 100:,.2f}" in preview.text
    assert owed(case) == before, "nothing is booked yet"
    assert send(clerk, case, **lump(claims)).status_code == 303
    assert owed(case) == before + 40_00
    assert "Lump sum" in clerk.get(f"/cases/{case.public_id}/statement").text


def test_a_consumer_owes_no_lump_sum(clerk):
    case, claims = open_case_of(Purpose.CONSUMER)
    answer = send(clerk, case, **lump(claims))
    assert answer.status_code == 422
    assert "A consumer does not owe the lump sum of § 288(5) BGB." in answer.text
    assert list_hand_entries(case) == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        pytest.param({"is_remuneration": False}, "only on claims for remuneration", id="damages"),
        pytest.param({"contract_on": date(2014, 7, 28)}, "that arose from", id="too old"),
        pytest.param({"due_on": date(2026, 12, 1)}, "Without default", id="not in default yet"),
    ],
)
def test_a_lump_sum_that_is_not_owed_says_why(clerk, claim, words):
    case, claims = open_case_of(**claim)
    answer = send(clerk, case, **lump(claims))
    assert answer.status_code == 422
    assert words in answer.text
    assert list_hand_entries(case) == []


def test_it_is_granted_once_and_again_only_after_it_was_taken_back(clerk):
    case, claims = open_case_of()
    before = owed(case)
    send(clerk, case, **lump(claims))
    assert send(clerk, case, **lump(claims)).status_code == 422
    [entry] = list_hand_entries(case)
    address, form = f"/cases/{case.public_id}/costs/reverse", {"journal": entry.journal_id}
    assert clerk.post(address, form).status_code == 422
    assert owed(case) == before + 40_00
    assert clerk.post(address, {**form, "why": "typed twice"}).status_code == 303
    assert owed(case) == before
    assert clerk.post(address, {**form, "why": "typed twice"}).status_code == 404
    assert send(clerk, case, **lump(claims)).status_code == 303


def test_legal_costs_are_set_off_against_it(clerk):
    # Up to 50 euro: half of 31.50 (§ 13(2) RVG) and 20 percent expenses are 18.90.
    case, claims = open_case_of(owes_fee=True, principal_cents=50_00)
    preview = send(clerk, case, then="", **lump(claims))
    assert "Legal costs of €18.90 are set off against it; €21.10 remains" in preview.text
    send(clerk, case, **lump(claims))
    with transaction():
        book_first_costs(case, TODAY)
    assert [e.amount_cents for e in list_hand_entries(case)] == [21_10], "counted already"


def test_legal_costs_booked_later_lower_a_lump_sum_that_stands(clerk):
    from cases.costs.booking import raise_fee

    case, claims = open_case_of(owes_fee=True, principal_cents=50_00)
    with transaction():
        book_first_costs(case, TODAY)
    send(clerk, case, **lump(claims))
    before = owed(case)
    with transaction():
        raise_fee(case, TODAY)
    [entry] = list_hand_entries(case)
    assert entry.kind is EntryKind.LUMP_SUM
    # Fee and lump sum together stay at forty euro: what the one gains the other gives.
    assert owed(case) == before
    assert entry.amount_cents == 5_98  # 40.00 less 34.02 at the rate of 0.9.


@pytest.mark.parametrize("kind", ["reminder_costs", "outlays"])
def test_amounts_are_booked_with_their_reason(clerk, kind):
    case, _ = open_case_of(Purpose.CONSUMER)
    before = owed(case)
    form = {"kind": kind, "amount": "2,50", "reason": "Zweite Mahnung vom 1.9.2026"}
    preview = send(clerk, case, then="", **form)
    assert "Zweite Mahnung vom 1.9.2026" in preview.text
    assert owed(case) == before
    assert send(clerk, case, **form).status_code == 303
    assert owed(case) == before + 2_50
    [entry] = list_hand_entries(case)
    assert (entry.kind, entry.words) == (EntryKind(kind), "Zweite Mahnung vom 1.9.2026")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({}, "kind", id="no kind"),
        pytest.param({"kind": "court_costs", "amount": "5", "reason": "x"}, "kind", id="not ours"),
        pytest.param({"kind": "lump_sum"}, "claim", id="no claim"),
        pytest.param({"kind": "lump_sum", "claim": "x"}, "claim", id="another claim"),
        pytest.param({"kind": "outlays", "reason": "Register"}, "amount", id="no amount"),
        pytest.param({"kind": "outlays", "amount": "-3", "reason": "R"}, "amount", id="negative"),
        pytest.param({"kind": "outlays", "amount": "5"}, "reason", id="no reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(clerk, form, field):
    case, _ = open_case_of()
    answer = send(clerk, case, **form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert list_hand_entries(case) == []


def test_reminder_costs_come_before_the_lump_sum(clerk):
    case, claims = open_case_of()
    send(clerk, case, **lump(claims))
    form = {"kind": "reminder_costs", "amount": "5", "reason": "Mahnung"}
    answer = send(clerk, case, **form)
    assert answer.status_code == 422
    assert "Take the booked lump sum back first" in answer.text


def test_case_workers_and_creditors_book_nothing(at_work, worker):
    case, claims = open_case_of()
    address = f"/cases/{case.public_id}/costs"
    assert worker.get(address).status_code == 403
    assert worker.post(address, {**lump(claims), "then": "book"}).status_code == 403
    with transaction():
        email = make_user(Role.CREDITOR, creditor=make_creditor()).email
    creditor = visit(at_work, email, "en")
    assert creditor.get(address).status_code in (403, 404)
    db.session.expire_all()
    assert list_hand_entries(case) == []
