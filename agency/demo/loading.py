"""The order in which the demo is made: the house, its lists month by month, today."""

from datetime import timedelta
from random import Random

from agency.demo.agenda import Agenda, Story
from agency.demo.court import COURT_STORIES, OLD_STORIES, is_served_lately
from agency.demo.deliveries import deliver, hand_over_all, make_rows
from agency.demo.desk import Desk
from agency.demo.house import found
from agency.demo.later import leave_letters
from agency.demo.objections import objects
from agency.demo.office import go_to_court, pay_out, read_bank, run_night, work_at_night
from agency.demo.stories import STORIES
from agency.demo.today import fill
from agency.demo_logins import BEGUN, LOADED
from cases.core import audit, clock, outbox
from cases.core.database import transaction

SEED = 20_26
#: A case handed in so many days ago can have an order served this week.
NEAR_DEADLINE = range(104, 160)
DAYS = 720
#: Lists come this often, each from the next client, with so many debtors.
LIST_DAYS = 28
LIST_DEBTORS = 8
#: Each of so many cases is objected to; court is below, the others are worked out of it.
OBJECTION_EACH = 7
#: So many days back a case still asks for something; before, its story is over by now.
RECENT_DAYS = 160
RECENT_COURT_EACH, OLD_COURT_EACH = 6, 14


def build(debtors: int = LIST_DEBTORS, days: int = DAYS, *, printed_beside: bool = False) -> Agenda:
    """Make the whole demo. Each part is a transaction of its own.

    Letters that a court asks for are set at once, or by a process beside this one.
    """
    waker, outbox.WAKE[:] = list(outbox.WAKE), []
    try:
        return _build(debtors, days, printed_beside)
    finally:
        outbox.WAKE[:] = waker
        audit.set_actor(None)


def _build(debtors: int, days: int, printed_beside: bool) -> Agenda:
    today = clock.today()
    begins = today - timedelta(days=days)
    with clock.clock_at(begins), transaction():
        audit.record(BEGUN, "agency", 1)
        desk = Desk(found(), today, printed_beside=printed_beside)
    agenda = Agenda(until=today - timedelta(days=1))
    agenda.begin(begins + timedelta(days=2), "lists", _lists(desk, agenda, debtors), chore=True)
    agenda.begin(begins + timedelta(days=6), "bank", read_bank(desk))
    agenda.begin(begins + timedelta(days=6), "court", go_to_court(desk))
    agenda.begin(begins + timedelta(days=63), "pay-out", pay_out(desk))
    agenda.begin(begins + timedelta(days=15), "night", work_at_night(desk), chore=True)
    agenda.run()
    fill(desk)
    run_night()
    with transaction():
        leave_letters()
        audit.set_actor(None)
        audit.record(LOADED, "agency", 1)
    return agenda


def _lists(desk: Desk, agenda: Agenda, debtors: int) -> Story:
    """A list of each client in turn; each case gets the next story."""
    luck = Random(SEED)
    told = 0
    for month in range(10_000):
        client, day = month % 3, clock.today()
        rows = make_rows(luck, client, month * debtors, debtors)
        upload = deliver(desk, client, rows, f"offene-posten-{day}.csv")
        for case_id in hand_over_all(desk, client, upload, rows):
            name, story = _story(desk, case_id, told)
            agenda.begin(day + timedelta(days=1), name, story)
            told += 1
        yield LIST_DAYS


def _story(desk: Desk, case_id: int, told: int) -> tuple[str, Story]:
    """The next story. Only debtors at home are taken to the dunning court."""
    at_home = desk.people[case_id].country == "DE"
    if at_home and not desk.near_deadline and desk.days_ago() in NEAR_DEADLINE:
        desk.near_deadline = True
        return "is_served_lately", is_served_lately(desk, case_id)
    recent = desk.days_ago() < RECENT_DAYS
    each = RECENT_COURT_EACH if recent else OLD_COURT_EACH
    if told % each == 0 and at_home:
        stories = COURT_STORIES if recent else OLD_STORIES
        story = stories[told // each % len(stories)]
        return story.__name__, story(desk, case_id)
    if told % OBJECTION_EACH == 1:
        return "objects", objects(desk, case_id, told // OBJECTION_EACH)
    story = STORIES[told % len(STORIES)]
    return story.__name__, story(desk, case_id)
