"""The end of a case and its reopening: what is settled, what is told, what is refused."""

from datetime import date, datetime

import pytest

from cases.claims.ending import (
    REMAINDERS,
    CaseNotClosed,
    Ending,
    Remainder,
    RemainderUnfit,
    StillOpen,
    end_case,
    reopen_case,
)
from cases.claims.models import HoldReason, Outcome, Phase
from cases.claims.queries import list_open_holds
from cases.claims.services import CaseClosed, ReasonMissing, set_hold
from cases.claims.timeline import list_events
from cases.consequences import KEPT, SETTLED
from cases.contacts.models import PromiseState
from cases.contacts.queries import list_open_commitments
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.filings.applications.drafts import list_drafts, recommend
from cases.filings.applications.models import FilingState
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, owed_on, post_payment
from cases.letters.models import Announcement, LetterState
from cases.letters.services import send_letter
from cases.tables import METADATA
from cases.worklist.services import list_open_items
from tests.factories.casework import (
    make_commitment_of,
    make_letter,
    make_objection,
    make_promise_of,
)
from tests.factories.court_cases import KENNZIFFER
from tests.factories.records import make_agency, make_case, make_user

TODAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency(kennziffer=KENNZIFFER)
        yield make_case(accepted_by=make_user())[0]


def kinds(case, **only) -> list[str]:
    return [event.kind for event in list_events(case.id) if only.items() <= vars(event).items()]


def pay_all(case) -> None:
    owed = owed_on(case, TODAY)
    allocation = allocate_by_law(owed, owed.open_cents, TODAY)
    post_payment(case, allocation, amount_cents=owed.open_cents, value_on=TODAY)


def test_every_table_that_hangs_on_a_case_is_settled_or_kept_with_a_reason():
    hanging = {
        table.name
        for table in METADATA.sorted_tables
        if any(key.column.table.name == "cases" for key in table.foreign_keys)
    }
    settled = {row.table for row in SETTLED}
    assert settled | set(KEPT) == hanging
    assert not settled & set(KEPT)
    assert all(KEPT.values())


def test_paid_is_refused_while_a_cent_is_open(case):
    with pytest.raises(StillOpen) as refused:
        end_case(case.id, Ending.usual(Outcome.PAID))
    assert refused.value.params["open_cents"] == owed_on(case, TODAY).open_cents
    assert case.phase is Phase.AMICABLE


def test_paid_means_paid(case):
    pay_all(case)
    end_case(case.id, Ending.usual(Outcome.PAID))
    assert (case.phase, case.outcome, case.closed_from) == (
        Phase.CLOSED, Outcome.PAID, Phase.AMICABLE,
    )  # fmt: skip
    assert not any(kind.startswith("remainder") for kind in kinds(case))


@pytest.mark.parametrize(
    ("outcome", "remainder", "still_open", "told"),
    [
        pytest.param(Outcome.PAID, Remainder.WAIVED, False, "remainder.let_go", id="waived"),
        pytest.param(Outcome.SETTLED, Remainder.SETTLED, False, "remainder.let_go", id="settled"),
        pytest.param(Outcome.UNCOLLECTIBLE, Remainder.LEFT, True, "remainder.left", id="left"),
    ],
)
def test_the_remainder_is_settled_as_the_caller_says(case, outcome, remainder, still_open, told):
    before = owed_on(case, TODAY).open_cents
    end_case(case.id, Ending(outcome, remainder, "so vereinbart"))
    assert statement(case.id).open_cents == (before if still_open else 0)
    event = next(event for event in list_events(case.id) if event.kind == told)
    # What is let go bears no interest on its own day.
    assert before - 1_00 < event.params["amount_cents"] <= before
    assert event.creditor_visible


def test_everything_that_hangs_on_it_ends_with_it(case, database):
    letter = make_letter(case)
    promise = make_promise_of(case)
    make_commitment_of(case)
    make_objection(case)
    set_hold(case, HoldReason.CREDITOR)
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurückgenommen"))
    assert list_open_holds(case.id) == []
    assert list_open_items(case.id) == []
    assert list_open_commitments(case.id) == []
    assert promise.state is PromiseState.WITHDRAWN
    assert letter.state is LetterState.CANCELLED
    announced = database.query(Announcement).one()
    assert announced.dropped_reason == "case.closed:withdrawn"
    assert {"promise.withdrawn", "commitment.withdrawn", "letter.cancelled"} <= set(kinds(case))


def test_a_cancelled_letter_never_leaves(case):
    letter = make_letter(case)
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurückgenommen"))
    send_letter("letter", letter.id)
    assert letter.state is LetterState.CANCELLED


def test_drafts_for_the_court_are_dropped_and_a_reopened_case_is_out_of_court(case):
    filing = recommend(case.id, "zahlt nicht")
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurückgenommen"))
    assert (filing.state, list_drafts(case.id)) == (FilingState.DROPPED, [])
    assert case.closed_from is Phase.COURT
    reopen_case(case.id, "Gläubiger hat es sich überlegt")
    assert case.phase is Phase.AMICABLE


def test_a_case_in_a_file_for_the_court_leaves_legal_a_task(case):
    filing = recommend(case.id, "zahlt nicht")
    filing.state = FilingState.BATCHED
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurückgenommen"))
    assert [item.reason for item in list_open_items(case.id)] == ["court_runs_on"]


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.UNFOUNDED])
def test_what_creditors_read_needs_a_reason(case, outcome):
    if outcome is Outcome.PAID:
        with pytest.raises(ReasonMissing):
            end_case(case.id, Ending(outcome, Remainder.WAIVED, " "))
        return
    with pytest.raises(ReasonMissing):
        end_case(case.id, Ending.usual(outcome, " "))
    assert case.phase is Phase.AMICABLE


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_knows_what_may_become_of_the_remainder(case, outcome):
    for remainder in set(Remainder) - set(REMAINDERS[outcome]):
        with pytest.raises(RemainderUnfit):
            end_case(case.id, Ending(outcome, remainder, "so"))


def test_a_case_ends_once_and_is_opened_again_with_a_reason(case):
    with pytest.raises(CaseNotClosed):
        reopen_case(case.id, "doch")
    end_case(case.id, Ending.usual(Outcome.UNCOLLECTIBLE, "verzogen"))
    with pytest.raises(CaseClosed):
        end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "noch einmal"))
    with pytest.raises(ReasonMissing):
        reopen_case(case.id, "")
    reopen_case(case.id, "neue Anschrift")
    assert (case.phase, case.outcome, case.closed_at) == (Phase.AMICABLE, None, None)
    assert [item.reason for item in list_open_items(case.id)] == ["case_reopened"]
    assert "case.reopened" in kinds(case, creditor_visible=True)


def test_a_reopened_case_owes_what_had_been_let_go(case):
    before = owed_on(case, TODAY).open_cents
    end_case(case.id, Ending(Outcome.SETTLED, Remainder.SETTLED, "Vergleich"))
    reopen_case(case.id, "Vergleich nicht erfüllt")
    assert statement(case.id).open_cents == before


def test_objections_without_a_verdict_are_held_again(case):
    objection = make_objection(case, 300_00)
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "zurück"))
    reopen_case(case.id, "doch weiter")
    (hold,) = list_open_holds(case.id)
    assert (hold.objection_id, hold.amount_cents) == (objection.id, 300_00)
    assert "objection_open" in [item.reason for item in list_open_items(case.id)]
