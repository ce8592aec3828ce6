"""The order in which the demo is made: the house, its lists month by month, today."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from agency.demo.agenda import Agenda
from agency.demo.deliveries import deliver, hand_over_all, make_rows
from agency.demo.desk import Desk
from agency.demo.house import found
from agency.demo.office import read_bank, work_at_night
from agency.demo.stories import STORIES
from cases.core import audit, clock, outbox
from cases.core.database import transaction

SEED = 20_26
DAYS = 720
#: Lists come this often, each from the next client, with so many debtors.
LIST_DAYS = 28
LIST_DEBTORS = 8


def build(debtors: int = LIST_DEBTORS, days: int = DAYS) -> Agenda:
    """Make the whole demo. Each part is a transaction of its own."""
    waker, outbox.WAKE[:] = list(outbox.WAKE), []
    try:
        return _build(debtors, days)
    finally:
        outbox.WAKE[:] = waker
        audit.set_actor(None)


def _build(debtors: int, days: int) -> Agenda:
    today = clock.today()
    begins = today - timedelta(days=days)
    with clock.clock_at(begins), transaction():
        desk = Desk(found())
    agenda = Agenda(until=today - timedelta(days=1))
    agenda.begin(begins + timedelta(days=2), "lists", _lists(desk, agenda, debtors), chore=True)
    agenda.begin(begins + timedelta(days=6), "bank", read_bank(desk))
    agenda.begin(begins + timedelta(days=15), "night", work_at_night(desk), chore=True)
    agenda.run()
    return agenda


def _lists(desk: Desk, agenda: Agenda, debtors: int) -> Iterator[int]:
    """A list of each client in turn; each case gets the next story."""
    luck = Random(SEED)  # noqa: S311 - invented data, no secret
    told = 0
    for month in range(10_000):
        client, day = month % 3, clock.today()
        rows = make_rows(luck, client, month * debtors, debtors)
        upload = deliver(desk, client, rows, f"offene-posten-{day}.csv")
        for case_id in hand_over_all(desk, client, upload, rows):
            story = STORIES[told % len(STORIES)]
            agenda.begin(day + timedelta(days=1), story.__name__, story(desk, case_id))
            told += 1
        yield LIST_DAYS
