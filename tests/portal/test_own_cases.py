"""What a creditor sees of its cases: figures and plain words, and never what is not for it."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, HoldReason
from cases.claims.queries import lock_case
from cases.claims.services import accept_case, set_hold
from cases.core.database import db, transaction
from cases.ledger.models import Account, Direction, EntryKind
from cases.ledger.posting import ClaimEntry, Line, post
from cases.objections.models import Verdict
from cases.people.policy import Role
from legal.allocation import Component
from tests.factories.casework import decide, make_objection
from tests.factories.records import (
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.visits import visit


class Story:
    """A creditor with a case in which something happened, and a stranger."""

    def __init__(self, app):
        with app.app_context():
            with transaction():
                make_agency()
                worker = make_user(Role.CASE_WORKER)
                own, other = make_creditor(), make_creditor("Andere AG")
                self.emails = [
                    make_user(Role.CREDITOR, creditor=each).email for each in (own, other)
                ]
                case, claims = make_case(own)
                accept_case(case.id, worker.id)
                make_case(own)
                self.case_id, self.number, self.key = case.id, case.number, case.public_id
            with transaction():
                case = lock_case(self.case_id)
                post(
                    "payment", case=case, value_on=date(2026, 11, 2), currency="EUR",
                    entries=[ClaimEntry(Direction.CREDIT, Component.PRINCIPAL, EntryKind.PAYMENT,
                                        400_00, claims[0].id)],
                    lines=[Line(Account.TRUST_BANK, 400_00, own.id, case.id),
                           Line(Account.CREDITOR_PAYABLES, -400_00, own.id, case.id)],
                )  # fmt: skip
                set_hold(case, HoldReason.DECEASED, note="verstorben laut Nachbarin")
                timeline.record(case, "follow_up.set", due_on=date(2026, 12, 1), note="intern")
            db.session.remove()
        self.person, self.stranger = (visit(app, email) for email in self.emails)


@pytest.fixture
def story(fresh_app):
    return Story(fresh_app)


def test_the_case_page_says_where_it_stands_and_what_came_in(story):
    page = story.person.get(f"/my-cases/{story.key}").text
    assert "Außergerichtlich" in page
    assert "400,00" in page
    assert "600,00" in page
    assert "Auftrag angenommen" in page


def test_nothing_about_the_debtors_person_is_shown(story):
    page = story.person.get(f"/my-cases/{story.key}").text
    assert "Wir warten aus rechtlichen Gründen." in page
    for secret in ("verstorben", "deceased", "Nachbarin", "intern", "01.12.2026"):
        assert secret not in page


def test_a_stranger_finds_no_case(story):
    assert story.stranger.get(f"/my-cases/{story.key}").status_code == 404
    assert story.number not in story.stranger.get("/my-cases").text


@pytest.mark.parametrize(("query", "found"), [
    ("", 2), ("?stage=amicable", 1), ("?stage=court", 0), ("?q=Weber", 2), ("?q=weber%25", 2),
    ("?q=nobody", 0), ("?stage=nonsense&before=x", 2),
])  # fmt: skip
def test_the_list_filters_and_searches(story, query, found):
    page = story.person.get(f"/my-cases{query}").text
    assert page.count('class="ref"') == found


def test_the_overview_counts_what_is_open_and_recovered(story):
    page = story.person.get("/overview").text
    assert "1.600,00" in page
    assert page.count("400,00") >= 2
    assert "Bei uns in Prüfung" in page
    assert story.number in page


def test_the_overview_of_a_new_creditor_says_what_to_do(story):
    page = story.stranger.get("/overview").text
    assert "Noch keine Akten" in page


def test_the_portal_role_sees_its_own_cases_without_any_filter(fresh_app, story):
    from cases.core.database import enter_portal

    with fresh_app.app_context():
        creditor_id = db.session.scalar(select(Case.creditor_id).where(Case.id == story.case_id))
        enter_portal(creditor_id + 1)
        assert list(db.session.scalars(select(Case))) == []
        db.session.remove()


def test_the_search_finds_what_the_creditor_has_in_hand_and_nobody_elses(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            own, other = make_creditor(), make_creditor("Andere AG")
            email = make_user(Role.CREDITOR, creditor=own).email
            debtor = debtor_details("Brüggemann", given_name="Öz", customer_number="K 10-003")
            case, _ = make_case(own, debtors=[debtor])
            make_case(other, debtors=[debtor])
            number, serial = case.number, case.number.split("-")[1]
        db.session.remove()
    person = visit(fresh_app, email)
    for text in ("brueggemann", "Brügg", "oez", "K10003", serial, serial.lstrip("0"), number):
        page = person.get("/my-cases", query_string={"q": text}).text
        assert page.count('class="ref"') == 1, text
        assert number in page
        assert "1 Akte passt zu Ihrer Suche" in page
    assert "Keine Akte passt" in person.get("/my-cases?q=niemand").text


@pytest.mark.parametrize(("verdict", "told"), [
    (Verdict.PRETEXT, "Er trägt nicht"), (Verdict.PARTLY_GENUINE, "teilweise begründet"),
])  # fmt: skip
def test_the_creditor_sees_how_an_objection_was_decided(fresh_app, verdict, told):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            own = make_creditor()
            email = make_user(Role.CREDITOR, creditor=own).email
            case, claims = make_case(own, accepted_by=make_user())
            key = case.public_id
        with transaction():
            genuine = {claims[0].id: 50_00} if verdict is Verdict.PARTLY_GENUINE else None
            decide(make_objection(case), verdict, genuine)
        db.session.remove()
    page = visit(fresh_app, email).get(f"/my-cases/{key}").text
    assert told in page
    assert "Schutzbehauptung" not in page


def test_own_cases_are_sorted_by_any_column_and_nothing_else_shows(story):
    newest = story.person.get("/my-cases").text
    assert 'aria-sort="descending"' in newest
    rising = story.person.get("/my-cases?sort=open").text
    falling = story.person.get("/my-cases?sort=-open").text
    for page in (rising, falling):
        assert story.number in page
    found = [re.findall(r"\d{4}-\d{7}-\d", page) for page in (rising, falling)]
    assert found[0] == list(reversed(found[1]))
    assert story.number not in story.stranger.get("/my-cases?sort=-received").text
    for after in ("1_x", "_", "9" * 30, "1_" + "9" * 300):
        answer = story.person.get("/my-cases", query_string={"sort": "debtor", "after": after})
        assert answer.status_code == 200, after
