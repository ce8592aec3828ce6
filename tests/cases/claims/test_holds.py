"""Holds by hand: a reason, a day on which somebody looks again, and a reason to lift them."""

from datetime import date, datetime, timedelta

import pytest

from cases.claims import holds
from cases.claims.ending import Ending, end_case
from cases.claims.models import HoldReason, Outcome
from cases.claims.queries import list_claims, list_open_holds
from cases.claims.services import CaseClosed, ReasonMissing
from cases.claims.timeline import list_events
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.worklist.services import list_open_items
from tests.factories.casework import make_hold_of, make_objection
from tests.factories.records import make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
SOON = date(2026, 12, 1)


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        yield make_case(accepted_by=make_user())[0]


@pytest.mark.parametrize("reason", holds.REASONS)
def test_every_reason_holds_and_comes_up_on_its_day(case, reason):
    hold = holds.hold_case(case.id, holds.HoldWish(reason, SOON, "laut Anruf"))
    assert [one.id for one in list_open_holds(case.id)] == [hold.id]
    item = next(item for item in list_open_items(case.id) if item.reason == "hold_ends")
    assert item.visible_on == SOON
    holds.lift_by_hand(hold.id, "erledigt")
    assert list_open_holds(case.id) == []
    assert "hold_ends" not in [item.reason for item in list_open_items(case.id)]
    assert hold.lifted_reason == "erledigt"


def test_a_hold_needs_a_day_to_come_and_other_reasons_need_words(case):
    with pytest.raises(holds.HoldDayMissing):
        holds.hold_case(case.id, holds.HoldWish(HoldReason.CREDITOR, NOW.date()))
    with pytest.raises(holds.HoldWordsMissing):
        holds.hold_case(case.id, holds.HoldWish(HoldReason.OTHER, SOON, " "))


def test_a_hold_is_lifted_once_with_a_reason_and_never_behind_an_objection(case):
    hold = make_hold_of(case)
    with pytest.raises(ReasonMissing):
        holds.lift_by_hand(hold.id, "")
    holds.lift_by_hand(hold.id, "erledigt")
    with pytest.raises(holds.HoldLifted):
        holds.lift_by_hand(hold.id, "noch einmal")
    make_objection(case)
    with pytest.raises(holds.HoldNeedsVerdict):
        holds.lift_by_hand(list_open_holds(case.id)[0].id, "keine Lust")


def test_the_reason_of_a_hold_is_not_told_to_the_creditor(case):
    make_hold_of(case, HoldReason.DECEASED)
    event = next(event for event in list_events(case.id) if event.kind == "hold.set")
    assert not event.creditor_visible


def test_a_claim_is_left_out_with_a_reason_and_comes_back(case):
    claim = list_claims(case.id)[0]
    with pytest.raises(ReasonMissing):
        holds.exclude_claim(case.id, claim.id, " ")
    holds.exclude_claim(case.id, claim.id, "Gutschrift angekündigt")
    assert claim.excluded_reason == "Gutschrift angekündigt"
    holds.include_claim(case.id, claim.id)
    assert claim.excluded_reason is None


def test_nothing_is_held_in_a_closed_case(case):
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "zurück"))
    wish = holds.HoldWish(HoldReason.CREDITOR, NOW.date() + timedelta(days=9))
    with pytest.raises(CaseClosed):
        holds.hold_case(case.id, wish)
