"""The team lead's board: who has what, who is away, giving work on, and a deputy's day."""

from datetime import timedelta

import pytest

from cases.claims.models import Case
from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people import absences
from cases.people.policy import Role
from cases.people.rules import AgreementAhead, AgreementIncomplete, set_agreement
from cases.people.teams import list_teams
from cases.worklist.assigning import MOST_CASES, NoOneToTake, NothingToGive, assign, cases_of
from cases.worklist.board import loads_by_person
from cases.worklist.by_hand import tick_off
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.services import add_item, list_open_items
from tests.factories.records import make_case, make_creditor, make_user
from tests.factories.teams import make_absence, make_team
from tests.factories.visits import visit


def work_of(owner, count=1, **fields):
    """Cases of somebody, each with a task that is due."""
    cases = []
    for _ in range(count):
        case, _ = make_case(accepted_by=owner, **fields)
        add_item(
            case, WorkQueue.TASK, "case_reopened", f"test:{case.id}", owner_id=owner.id, why=""
        )
        cases.append(case)
    return cases


def owners(cases):
    db.session.expire_all()
    return [db.session.get(Case, case.id).owner_id for case in cases]


def test_work_is_given_on_in_turn_and_taken_back(at_work):
    with transaction():
        away, first, second, other = (make_user() for _ in range(4))
        cases = work_of(away, 3)
        kept = work_of(other)
        action = assign(cases_of(away.id), [first.id, second.id], other.id)
    assert owners(cases) == [first.id, second.id, first.id]
    assert owners(kept) == [other.id]
    items = [item.owner_id for case in cases for item in list_open_items(case.id)]
    assert set(items) == {first.id, second.id}
    with transaction():
        assign([cases[2].id], [other.id], other.id)  # Given on meanwhile: stays there.
    lead = visit(at_work, lead_email(), "en")
    assert "can be taken back" in lead.get("/team").text
    lead.post(f"/team/assignments/{action.public_id}/undo")
    assert owners(cases) == [away.id, away.id, other.id]
    assert lead.post(f"/team/assignments/{action.public_id}/undo").status_code == 409


def test_ticked_cases_alone_change_hands(at_work):
    owner, taker = make_user(), make_user()
    with transaction():
        cases = [make_case(accepted_by=owner)[0] for _ in range(3)]
    lead = visit(at_work, lead_email(), "en")
    page = lead.get(f"/team/work?from={owner.public_id}").text
    assert all(case.number in page for case in cases)
    assert lead.get("/team/work").status_code == 422
    ticked = [cases[0].public_id, cases[2].public_id]
    assert lead.post("/team/assignments", {"case": ticked}).status_code == 422
    given = lead.post("/team/assignments", {"case": ticked, "to": [taker.public_id]})
    assert given.status_code == 303
    assert owners(cases) == [taker.id, owner.id, taker.id]


def lead_email():
    with transaction():
        return make_user(Role.TEAM_LEAD).email


def test_only_people_who_work_on_cases_take_work_and_there_must_be_some(database):
    owner, books = make_user(), make_user(Role.ACCOUNTS)
    work_of(owner)
    for takers in ([books.id], [owner.id, books.id], []):
        with pytest.raises(NoOneToTake):
            assign(cases_of(owner.id), takers, owner.id)
    with pytest.raises(NothingToGive):
        assign(cases_of(books.id), [owner.id], owner.id)
    assert MOST_CASES == 2000


def test_a_rule_takes_one_client_or_one_kind_of_work(database):
    owner, client = make_user(), make_creditor()
    (case,) = work_of(owner, creditor=client)
    work_of(owner, 2)
    assert cases_of(owner.id, client.id) == [case.id]
    assert cases_of(owner.id, queue="legal") == []
    assert len(cases_of(owner.id)) == 3


def test_what_is_open_late_old_and_done_is_counted_by_person(at_work, database):
    owner = make_user()
    first, _ = work_of(owner, 2)
    (item,) = [one for one in list_open_items(first.id) if one.queue is WorkQueue.TASK]
    tick_off(item)
    db.session.execute(db.update(WorkItem).where(WorkItem.id == item.id).values(done_by=owner.id))
    late = clock.now() - timedelta(hours=1)
    add_item(first, WorkQueue.COMMITMENT, "case_reopened", "late", due_at=late, owner_id=owner.id,
             since=clock.today() - timedelta(days=40), why="")  # fmt: skip
    load = loads_by_person()[owner.id]
    assert load.by_queue[WorkQueue.TASK] == 1
    assert (load.late_commitments, load.done_this_week) == (1, 1)
    assert load.oldest_since <= clock.today() - timedelta(days=40)


def test_the_board_names_teams_and_people_only_when_the_works_council_agreed(at_work):
    with transaction():
        owner, colleague = make_user(name="Nora Fleißig"), make_user(name="Emre Ruhig")
        work_of(owner, 2)
        make_team(owner, colleague, target=5)
    lead = visit(at_work, lead_email(), "en")
    page = lead.get("/team").text
    assert "of 5" in page
    assert "Nora Fleißig</span>" not in page.split("Give work to others")[0]
    with transaction():
        set_agreement(clock.today(), "Betriebsvereinbarung 3/2026")
    assert "Nora Fleißig" in lead.get("/team").text.split("Give work to others")[0]
    with pytest.raises(AgreementIncomplete):
        set_agreement(None, "no day")
    with pytest.raises(AgreementAhead):
        set_agreement(clock.today() + timedelta(days=1), "not yet")


def test_a_deputys_day(at_work):
    with transaction():
        away, deputy = make_user(name="Annika Weg"), make_user(name="Mehmet Da")
        deputy_email = deputy.email
        (case,) = work_of(away)
        (own,) = work_of(deputy)
        (strange,) = work_of(make_user())
    stand_in, lead = visit(at_work, deputy_email, "en"), visit(at_work, lead_email(), "en")
    assert case.number not in stand_in.get("/worklist?mine=1").text
    lead.get("/team/absences")
    form = {"person": away.public_id, "deputy": deputy.public_id,
            "first_day": clock.today().strftime("%d.%m.%Y"), "last_day": "27.11.2026"}  # fmt: skip
    assert lead.post("/team/absences", form).status_code == 303
    page = stand_in.get("/worklist?mine=1").text
    assert "You stand in for Annika Weg" in page
    assert "for Annika Weg" in page
    assert (case.number in page, own.number in page, strange.number in page) == (True, True, False)
    assert "Annika Weg" in lead.get("/team").text
    taken = stand_in.post("/worklist/next?mine=1&queue=task").headers["Location"]
    assert taken.startswith("/cases/")
    with clock_at(clock.now() + timedelta(days=5)):  # Back at work.
        later = visit(at_work, deputy_email, "en")
        assert case.number not in later.get("/worklist?mine=1").text
    absence = absences.list_absences()[0].absence.public_id
    assert lead.post(f"/team/absences/{absence}/end").status_code == 303
    assert case.number not in stand_in.get("/worklist?mine=1").text
    assert lead.post(f"/team/absences/{absence}/end").status_code == 404


def test_absences_that_make_no_sense_are_told_in_a_sentence(database):
    one, deputy, third = make_user(), make_user(), make_user()
    books, today = make_user(Role.ACCOUNTS), clock.today()
    day = timedelta(days=1)

    def enter(person, stand_in, first, last):
        return absences.enter_absence(person.id, stand_in.id, first, last, third.id)

    for refusal, wish in (
        (absences.DaysNotInOrder, (one, deputy, today, today - day)),
        (absences.DaysOver, (one, deputy, today - 2 * day, today - day)),
        (absences.NotADeputy, (one, one, today, today)),
        (absences.NotADeputy, (one, books, today, today)),
    ):
        with pytest.raises(refusal):
            enter(*wish)
    enter(one, deputy, today, today + day)
    with pytest.raises(absences.AwayAlready):
        enter(one, third, today + day, today + day)
    with pytest.raises(absences.DeputyAway):
        enter(third, one, today, today)
    assert [each.covered for each in absences.list_absences()] == [True]
    enter(deputy, third, today, today)  # Ill as well: the work of the first lies still.
    assert [each.covered for each in absences.list_absences()] == [False, True]


def test_a_team_lead_makes_changes_and_gives_up_a_team(at_work):
    with transaction():
        one, client = make_user(), make_creditor()
    lead = visit(at_work, lead_email(), "en")
    lead.get("/team/teams/new")
    form = {"name": "Nord", "target": "40", "member": [one.public_id], "client": [client.public_id]}
    assert lead.post("/team/teams/new", form).status_code == 303
    assert lead.post("/team/teams/new", form).status_code == 422
    assert lead.post("/team/teams/new", {**form, "name": "Süd", "target": "0"}).status_code == 422
    (shape,) = list_teams()
    assert (shape.member_ids, shape.client_ids) == ((one.id,), (client.id,))
    lead.get(f"/team/teams/{shape.team.public_id}")
    changed = {"name": "Nordost", "target": "", "member": []}
    assert lead.post(f"/team/teams/{shape.team.public_id}", changed).status_code == 303
    assert "Nordost" in lead.get("/team/teams").text
    assert lead.post(f"/team/teams/{shape.team.public_id}/remove").status_code == 303
    assert list_teams() == []
    with transaction():
        make_absence()
    assert lead.get("/team/absences").status_code == 200
