"""Heirs take a debtor's place; a client's orders by phone are taken at once and confirmed."""

from datetime import date, datetime

import pytest

from cases.claims.joint_default import starts_of
from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors, list_open_holds
from cases.claims.reports import list_reports
from cases.claims.services import set_hold
from cases.contacts.client_orders import (
    ClientOrder,
    OrderDayMissing,
    OrderFromMissing,
    OrderTaken,
    take_order,
)
from cases.contacts.estates import errors
from cases.contacts.estates.heirs import Heir, list_estates, name_heirs, take_back_heirs
from cases.contacts.estates.inquiry import Inquiry, ask_court
from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.mail.models import Mail
from cases.parties.models import DebtorKind
from cases.worklist.services import list_open_items
from tests.factories.records import debtor_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
ANNA = Heir("Weber", "Anna", "Werftstraße 21", "22113", "Hamburg")
BERND = Heir("Weber", "Bernd", "Am Markt 3", "20095", "Hamburg")
COURT = Inquiry("Amtsgericht Hamburg", "Sievekingplatz 1", "20355", "Hamburg", "Lindenallee 7")


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        worker = make_user(name="Erika Muster")
        audit.set_actor(worker.id)
        found, _ = make_case(accepted_by=worker)
        yield found


def reasons(case):
    return {item.reason for item in list_open_items(case.id)}


def names(case):
    return [one.debtor.full_name for one in list_debtors(case.id)]


def test_heirs_owe_jointly_in_default_since_the_same_day(case):
    set_hold(case, HoldReason.DECEASED)
    (dead,) = [one.debtor for one in list_debtors(case.id)]
    before = starts_of(case.id)[dead.id]
    for heirs, how, refusal in (
        ([], "Erbschein", errors.NoHeirs),
        ([ANNA], " ", errors.HeirSourceMissing),
        ([Heir("Weber", "Anna", "", "22113", "Hamburg")], "Erbschein", errors.HeirIncomplete),
        ([ANNA, ANNA], "Erbschein", errors.SameDebtor),
    ):
        with pytest.raises(refusal):
            name_heirs(case.id, dead.public_id, heirs, how)
    name_heirs(case.id, dead.public_id, [ANNA, BERND], "Erbschein vom 3.11.2026")
    assert names(case) == ["Anna Weber", "Bernd Weber"]
    assert list_open_holds(case.id) == []
    assert all(start == before for start in starts_of(case.id).values())
    assert "heirs_to_write" in reasons(case)
    (estate,) = list_estates(case.id)
    take_back_heirs(estate)
    assert names(case) == ["Jonas Weber"]
    assert [hold.reason for hold in list_open_holds(case.id)] == [HoldReason.DECEASED]
    assert starts_of(case.id)[dead.id] == before
    with pytest.raises(errors.NoHeirsNamed):
        take_back_heirs(estate)


def test_the_probate_court_is_asked_by_a_letter_of_the_house(case):
    worker = make_user(phone="040 5550123")
    dead = list_debtors(case.id)[0].debtor
    with pytest.raises(errors.CourtIncomplete):
        ask_court(case.id, dead.public_id, Inquiry("", "", "", "", "Lindenallee 7"), worker.id)
    estate = ask_court(case.id, dead.public_id, COURT, worker.id)
    assert (estate.asked_on, estate.court) == (date(2026, 11, 23), "Amtsgericht Hamburg")
    assert estate.file_id is not None
    waiting = next(item for item in list_open_items(case.id) if item.reason == "heirs_awaited")
    assert waiting.visible_on == date(2027, 1, 4)
    company, _ = make_case(
        debtors=[debtor_details("Sommer GmbH", kind=DebtorKind.COMPANY, given_name=None)],
        accepted_by=worker,
    )
    with pytest.raises(errors.NotNaturalPerson):
        ask_court(company.id, list_debtors(company.id)[0].debtor.public_id, COURT, worker.id)


def test_orders_of_a_client_count_at_once_and_are_confirmed(case):
    with pytest.raises(OrderFromMissing):
        take_order(case.id, OrderTaken(ClientOrder.STOP, " "))
    with pytest.raises(OrderDayMissing):
        take_order(case.id, OrderTaken(ClientOrder.WAIT, "Frau Kern", until_on=date(2026, 11, 23)))
    wait = OrderTaken(ClientOrder.WAIT, "Frau Kern", "Kunde ist krank", date(2026, 12, 7))
    assert take_order(case.id, wait) == "buchhaltung@stadtwerke.example"
    (hold,) = list_open_holds(case.id)
    assert (hold.reason, hold.until_on) == (HoldReason.CREDITOR, date(2026, 12, 7))
    assert hold.note == "Frau Kern: Kunde ist krank"
    other, _ = make_case(accepted_by=make_user())
    take_order(other.id, OrderTaken(ClientOrder.STOP, "Frau Kern"))
    assert list_open_holds(other.id)[0].until_on == date(2026, 12, 21)
    third, _ = make_case(accepted_by=make_user())
    take_order(third.id, OrderTaken(ClientOrder.WITHDRAW, "Frau Kern"))
    assert [one.kind.value for one in list_reports(third.id)] == ["withdrawal"]
    kinds = {mail.kind for mail in db.session.query(Mail)}
    assert kinds == {f"client.order.{order.value}" for order in ClientOrder}
