"""Row 18: the night, its letters, mails and print runs die at every step; nothing is done twice."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from string import ascii_lowercase

import pytest
from sqlalchemy import func, select

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect, EffectState
from cases.core.run_tables import Run, RunState
from cases.letters.mailing.models import LetterMail, MailedState
from cases.letters.models import Letter, LetterState, SentLetter
from cases.letters.printing.models import PrintRun, PrintRunLetter, PrintRunState
from cases.strategies.models import Attempt, Intention
from cases.strategies.shipped import SHIPPED
from tests.crashes.deadly_nights import POINTS
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.strategies import make_live_strategy
from tests.infrastructure.databases import application_on
from tests.infrastructure.post_office import SENDER, post_office

DAY = date(2026, 11, 23)
SMALL = next(each for each in SHIPPED if each.code == "small_amounts").plan
#: Deaths in the order in which the work is done: a child comes to one only while work of its kind
#: is left, and does everything before it. One that does not die leaves nothing to the others.
TIMES = (1, 2, 3)
RUN = ["night:1", *(f"written:{n}" for n in TIMES)]
OF_LETTERS = [f"{p}:{n}" for n in TIMES for p in ("render", "rendered", "stored", "registered")]
OF_MAILS = [f"{point}:{n}" for n in TIMES for point in ("mail", "mailed")]
OF_PRINT = ["print:1", "handed_over:1"]
#: Every child of these has done one letter less than its number when it dies, and one is left.
CASES = sum(int(death[-1]) - 1 for death in OF_LETTERS) + max(TIMES) + 1


def test_every_point_has_its_death():
    planned = {death.partition(":")[0] for death in (*RUN, *OF_LETTERS, *OF_MAILS, *OF_PRINT)}
    assert planned == set(POINTS)


def make_cases(number):
    make_agency()
    worker = make_user(name="Nora Petersen")
    make_live_strategy(SMALL)
    creditor = make_creditor()
    for n in range(number):
        debtor = debtor_details(
            f"Weber{ascii_lowercase[n % 26]}", street=f"Lindenallee {n + 1}",
            email=f"weber{n}@post.example",
        )  # fmt: skip
        make_case(creditor, debtors=[debtor], accepted_by=worker,
                  claims=[claim_details(principal_cents=60_00)])  # fmt: skip


def nights(environment, day, deaths):
    command = [sys.executable, "-m", "tests.crashes.deadly_nights", day.isoformat(), *deaths]
    told = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.splitlines()
    assert told == [*(f"{death} killed" for death in deaths), "alive 0"]


@pytest.mark.deep
def test_nothing_is_done_twice_wherever_the_night_dies(fresh_database, tmp_path):
    with post_office() as office:
        more = {"SMTP_URL": office.url, "MAIL_FROM": SENDER}
        settings = fresh_database.settings(tmp_path / "var", **more)
        environment = {
            **os.environ,
            **fresh_database.process_environment(tmp_path / "var", **more),
        }
        with application_on(settings) as app, app.app_context():
            with clock.clock_at(DAY), transaction():
                make_cases(CASES)
            nights(environment, DAY, [*RUN, *OF_LETTERS, *OF_PRINT])
            require_once(CASES, posted=CASES, mailed=0)
            pay_by = db.session.scalar(select(func.max(Letter.pay_by)))
            db.session.rollback()
            later = pay_by + timedelta(days=5)
            nights(environment, later, [*RUN, *OF_LETTERS, *OF_MAILS])
            require_once(2 * CASES, posted=CASES, mailed=CASES)
        # A mail that was handed over and not noted goes again, as the same one.
        received = Counter(message["Message-ID"] for message in office.received)
        assert len(received) == CASES
        assert any(number > 1 for number in received.values())


def require_once(letters, posted, mailed):
    """Every step, letter, mail and page in a print run is there, and no second time."""
    assert counts(Intention) == counts(Attempt) == counts(Letter) == counts(SentLetter) == letters
    steps = select(Intention.case_id, Intention.step_key).group_by(
        Intention.case_id, Intention.step_key
    )
    assert len(db.session.execute(steps).all()) == letters
    assert counts(Letter, Letter.state == LetterState.SENT) == letters
    numbers = sorted(db.session.scalars(select(Letter.number)))
    assert len(set(numbers)) == letters
    assert counts(PrintRunLetter) == posted  # Its key keeps a letter in one run.
    assert counts(PrintRun, PrintRun.state != PrintRunState.RELEASED) == 0
    assert counts(LetterMail, LetterMail.state == MailedState.SENT) == mailed
    assert counts(Effect, Effect.state != EffectState.DONE) == 0
    assert counts(Run, Run.state != RunState.DONE) == 0
    db.session.rollback()


def counts(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))
