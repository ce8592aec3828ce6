"""The demo: every story is told to its end, the books prove it, each role finds work."""

import os
import re

import pytest
from sqlalchemy import func, select

from agency.demo.loading import build
from agency.demo.printing import printing_beside
from agency.demo_logins import BEGUN, LOGINS, PASSWORD, known_logins
from agency.settings import BadSetting, Settings
from cases.claims.models import Case, Outcome, Phase
from cases.core import audit
from cases.core.database import db, transaction
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.trust import prove_trust
from cases.letters.models import Letter, SentLetter
from cases.objections.models import Objection, Verdict
from cases.people.policy import Role
from cases.people.services import create_user
from tests.factories.german_pages import english_words, pages, strange
from tests.factories.visits import visit
from tests.infrastructure.databases import application_on

#: Screens that are no lists: a form before its first answer, what failed, which is nothing, and
#: what waits to be paid, part by part; cases without a next step, of which there are none; runs for
#: the printer and running plans, whose letters a worker makes after the start; one's own visits of
#: today, for nobody is visited on a Sunday.
NO_LISTS = {
    "/calculators", "/operations", "/transfers", "/strategies", "/print-runs", "/plans", "/visits",
}  # fmt: skip


def assert_sound(agenda):
    """No service refused a story, and the records prove themselves."""
    assert [(name, repr(refusal)) for name, refusal in agenda.refused] == []
    assert list(verify_ledger()) == []
    assert list(audit.verify()) == []
    assert [proof.difference_cents for proof in prove_trust()] == [0]


def assert_every_role_finds_work(app):
    """Each entry of each menu opens, and none but those of the house is empty."""
    wrong, empty = [], []
    for email in LOGINS:
        person = visit(app, email, "de", PASSWORD)
        home = person.get("/", follow_redirects=True)
        entries = _menu_of(home.text)
        assert entries, email
        for entry in entries:
            shown = person.get(entry, follow_redirects=True)
            if shown.status_code != 200:
                wrong.append((email, entry))
            elif 'class="empty"' in shown.text and entry not in NO_LISTS:
                empty.append((email, entry))
    assert (wrong, empty) == ([], [])


def _menu_of(html):

    nav = re.search(r"<nav.*?</nav>", html, re.DOTALL)
    return re.findall(r'href="([^"#]+)"', nav.group(0)) if nav else []


def assert_every_case_opens(app):
    """Who works on cases can open each one."""
    with app.app_context():
        cases = list(db.session.scalars(select(Case.public_id)))
    person = visit(app, "leitung@recoup.example", "de", PASSWORD)
    wrong = [case for case in cases if person.get(f"/cases/{case}").status_code != 200]
    assert wrong == []


def assert_every_page_is_german(app, most=1):
    """No English word, no code and no day as programs write it, on any page behind any link."""
    english, wrong = english_words(), []
    for name in ("leitung", "sachbearbeitung", "mandant3"):
        person = visit(app, f"{name}@recoup.example", "de", PASSWORD)

        def read(address, person=person):
            shown = person.get(address, follow_redirects=True)
            assert shown.status_code < 500, address
            return shown.text if shown.mimetype == "text/html" else None

        for address, html in pages(read, "/", most):
            if found := strange(html, english):
                wrong.append((name, address, found))
    assert wrong == []


def test_a_small_demo_is_sound_and_leaves_nobody_without_work(fresh_app):
    with fresh_app.app_context():
        agenda = build(debtors=2, days=200)
        assert_sound(agenda)
        db.session.remove()
    assert_every_role_finds_work(fresh_app)
    assert_every_case_opens(fresh_app)


@pytest.mark.deep
def test_the_whole_demo_has_everything(fresh_app):
    with fresh_app.app_context():
        agenda = build()
        assert_sound(agenda)
        assert 180 <= db.session.scalar(select(func.count()).select_from(Case)) <= 260
        assert set(db.session.scalars(select(Case.phase).distinct())) == set(Phase)
        outcomes = set(db.session.scalars(select(Case.outcome).distinct()))
        assert set(Outcome) - outcomes <= {Outcome.TIME_BARRED}
        assert set(db.session.scalars(select(Objection.verdict).distinct())) >= set(Verdict)
        db.session.remove()
    assert_every_role_finds_work(fresh_app)
    assert_every_case_opens(fresh_app)
    assert_every_page_is_german(fresh_app, most=4)


@pytest.mark.deep
def test_a_second_process_sets_the_letters_that_a_court_asks_for(fresh_database, tmp_path):
    environment = {**os.environ, **fresh_database.process_environment(tmp_path / "var")}
    settings = Settings.from_environment(environment)
    with application_on(settings) as app, app.app_context(), printing_beside(environment):
        assert_sound(build(debtors=3, days=300, printed_beside=True))
        days = select(Letter.released_at, SentLetter.sent_at).join_from(SentLetter, Letter)
        sent = list(db.session.execute(days))
        db.session.remove()
    assert sent
    assert [pair for pair in sent if pair[0] != pair[1]] == []  # Each as of its own day.


def test_an_interrupted_first_start_is_named(fresh_database, tmp_path):
    settings = fresh_database.settings(tmp_path / "var")
    with application_on(settings) as app, app.app_context(), transaction():
        create_user("leitung@recoup.example", "Miriam Voss", Role.ADMIN, PASSWORD)
        audit.record(BEGUN, "agency", 1)
    with pytest.raises(BadSetting, match="incomplete"):
        known_logins(settings.database_url)
