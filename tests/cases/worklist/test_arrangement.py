"""The order of 10,000 cases, bands of the house, one case for one person, sharing, diary."""

import random
from datetime import date, timedelta

import pytest

from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.contacts.services import FollowUp, set_follow_up
from cases.core import clock
from cases.core.copying import copy_rows
from cases.core.database import db, new_public_id, transaction
from cases.parties.debtor_models import Organisation
from cases.parties.profiles import Card, set_card
from cases.worklist import arrangement, sharing
from cases.worklist.day import count_overdue, list_diary, list_done
from cases.worklist.listing import Filter, Position, list_items
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.queries import position_of
from cases.worklist.services import (
    ReservedByOther,
    add_item,
    finish_all_items,
    list_open_items,
    reserve,
    take_next,
)
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user


@pytest.fixture
def house(database):
    with transaction():
        make_agency()
        yield


def test_the_order_of_ten_thousand_equals_a_sort(house):
    case, _ = make_case()
    finish_all_items(case)
    chance, today, now = random.Random(7), clock.today(), clock.now()
    columns = ("public_id", "case_id", "creditor_id", "queue", "urgency", "negative_cents", "since",
               "visible_on", "reason", "params", "cause", "created_at")  # fmt: skip
    queues, urgencies = list(WorkQueue), arrangement.bands()
    rows = []
    for number in range(10_000):
        queue = chance.choice(queues)
        cents = -chance.randrange(1, 400) * 100
        since = today - timedelta(days=chance.randrange(60))
        rows.append((new_public_id(), case.id, case.creditor_id, queue.value, urgencies[queue],
                     cents, since, today, "follow_up", "{}", f"n:{number}", now))  # fmt: skip
    copy_rows("work_items", columns, rows)
    expected = [row[10] for row in sorted(rows, key=lambda r: (r[4], r[5], r[6]))]
    found, after = [], None
    while True:
        page = list_items(0, Filter(), after, 1_000)
        found += page
        if len(page) < 1_000:
            break
        after = Position.parse(str(position_of(page[-1])))
    keys = [(item.urgency, item.negative_cents, item.since) for item in found]
    assert (len(found), keys) == (10_000, sorted(keys))
    assert {item.cause for item in found} == set(expected)


def test_the_house_arranges_bands_but_nothing_before_statutory_days(house):
    case, _ = make_case()
    add_item(case, WorkQueue.TASK, "follow_up", "a")
    add_item(case, WorkQueue.LEGAL, "legal_deadline", "b")
    arrangement.set_bands({WorkQueue.TASK: 1, WorkQueue.LEGAL: 9})
    add_item(case, WorkQueue.TASK, "follow_up", "c")
    db.session.expire_all()
    urgencies = {item.cause: item.urgency for item in list_open_items(case.id)}
    assert (urgencies["a"], urgencies["b"], urgencies["c"]) == (1, 0, 1)
    assert {i.cause for i in list_items(0, Filter(queue=WorkQueue.TASK))} == {"a", "c"}
    with pytest.raises(arrangement.BandWrong):
        arrangement.set_bands({WorkQueue.TASK: 10})


def test_a_case_that_somebody_has_is_not_offered_for_another_reason(house):
    case, _ = make_case()
    one, two = make_user().id, make_user().id
    add_item(case, WorkQueue.TASK, "follow_up", "a")
    item = take_next(one)
    assert item.case_id == case.id
    add_item(case, WorkQueue.COMMITMENT, "call_back", "b")
    assert take_next(two) is None
    assert list_items(two) == []
    newer = next(each for each in list_open_items(case.id) if each.cause == "b")
    with pytest.raises(ReservedByOther):
        reserve(newer.id, two)
    reserve(newer.id, one)


def test_the_list_is_filtered_by_reason_phase_amount_and_organisation(house):
    large, _ = make_case(
        claims=[claim_details(principal_cents=9_000_00)], debtors=[debtor_details("Groß")]
    )
    make_case(debtors=[debtor_details("Klein")])
    set_card(list_debtors(large.id)[0].debtor.id, Card(organisation=Organisation.LARGE))

    def cases(**wanted):
        return {item.case_id for item in list_items(0, Filter(**wanted))}

    everybody = cases()
    assert len(everybody) == 2
    assert cases(least_cents=5_000_00) == {large.id}
    assert cases(organisation=Organisation.LARGE) == {large.id}
    assert cases(organisation=Organisation.PERSON) == everybody - {large.id}
    assert cases(reason="new_case") == everybody
    assert cases(reason="call_back") == set()


def test_new_cases_go_to_who_has_least_within_the_limits(house):
    cases = [make_case(debtors=[debtor_details(f"Nr {n}")])[0] for n in range(5)]
    one, two = make_user().id, make_user().id
    sharing.set_rule(one, 1)
    sharing.set_rule(two, 3)
    with pytest.raises(sharing.LimitWrong):
        sharing.set_rule(two, -1)
    assert sharing.share_out() == 4
    owners = [db.session.get(Case, case.id).owner_id for case in cases]
    assert sorted(map(owners.count, (one, two, None))) == [1, 1, 3]
    assert sharing.share_out() == 0


def test_the_diary_shows_days_of_a_person_and_what_is_overdue(house):
    case, _ = make_case(accepted_by=make_user())
    colleague, today = make_user().id, clock.today()
    day = today + timedelta(days=3)
    set_follow_up(case.id, FollowUp(day, "Nachfragen", owner_id=colleague))
    (row,) = list_diary(colleague, today, day)
    assert (row.item.visible_on, row.case.id) == (day, case.id)
    assert list_diary(colleague, today, day - timedelta(days=1)) == []
    db.session.get(WorkItem, row.item.id).visible_on = today - timedelta(days=1)
    db.session.flush()
    assert count_overdue(colleague) == 1
    assert list_done(colleague, date(2020, 1, 1)) == []


def test_views_and_notes_belong_to_their_people(house):
    one, two = make_user().id, make_user().id
    view = arrangement.save_view(one, "Große", {"least": "1000"})
    assert arrangement.save_view(one, "Große", {"least": "2000"}).id == view.id
    with pytest.raises(arrangement.NotFound):
        arrangement.remove_view(view.public_id, two)
    arrangement.remove_view(view.public_id, one)
    assert arrangement.list_views(one) == []
    with pytest.raises(arrangement.ViewNameMissing):
        arrangement.save_view(one, " ", {})
    note = arrangement.hand_over(one, two, "Frau Hartwig ruft an")
    arrangement.read_note(note.public_id, two)
    assert arrangement.list_notes(two)[0].read_at is not None
    with pytest.raises(arrangement.NotFound):
        arrangement.read_note(note.public_id, one)
    with pytest.raises(arrangement.NoteEmpty):
        arrangement.hand_over(one, two, " ")
