"""What the office does by the calendar, whatever the cases: bank statements, the runs of the night."""

from collections.abc import Iterator

from agency.demo.desk import Desk, carry_out_waiting
from cases.core import clock
from cases.core.database import transaction
from cases.core.runs import RUN_KINDS, start_run
from cases.payments.importing import import_statement

STATEMENT_DAYS = 7
NIGHT_DAYS = 30


def read_bank(desk: Desk) -> Iterator[int]:
    """Each week the statement of the trust account."""
    while True:
        desk.act_as("buchhaltung")
        day = clock.today()
        import_statement(desk.tray.statement(day), f"auszug-{day}.xml")
        yield STATEMENT_DAYS


def work_at_night(_: Desk) -> Iterator[int]:
    """The runs of the night, once a month: each finds what became due since."""
    while True:
        run_night()
        yield NIGHT_DAYS


def run_night() -> None:
    """Begin the runs of today and do what they divide among workers."""
    for kind in RUN_KINDS:
        start_run(kind, clock.today())
    carry_out_waiting()
    with transaction():
        pass
