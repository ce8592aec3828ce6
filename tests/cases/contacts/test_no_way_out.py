"""No contact leaves against a hard rule by any way: each way out against each hard reason."""

import ast
from datetime import datetime
from pathlib import Path

import pytest

from cases.claims.models import HoldReason
from cases.claims.queries import find_party, list_debtors
from cases.claims.reaching.allowed import HARD, Channel, Reason
from cases.claims.reaching.person import against_writing
from cases.claims.services import set_hold
from cases.core import audit, clock
from cases.core.database import db
from cases.core.mail import transport
from cases.letters.printing.services import list_kept_back, waiting
from cases.parties.models import DebtorKind, SpokespersonKind
from cases.parties.profiles import Card, set_card
from cases.parties.relationship import Policy
from cases.parties.relationship_rules import Scope, set_rule
from cases.parties.spokespersons import SpokespersonWish, name_spokesperson
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor, make_user
from tests.factories.ways_out import EXITS, WAYS, _set, leaves
from tests.infrastructure.post_office import SENDER, post_office

NOON = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
ROOT = Path(__file__).parents[3]
NOT_WANTED = ("phone", "visit", "email", "sms")


def held(reason):
    return lambda case: set_hold(case, reason)


def card(**said):
    return lambda case: set_card(list_debtors(case.id)[0].debtor.id, Card(**said))


def of_client(case):
    scope, without = Scope(DebtorKind.NATURAL_PERSON), frozenset(NOT_WANTED)
    set_rule(case.creditor_id, scope, Policy(without=without), "Stammkunden")


#: Hard reason -> how it comes about. What the client decides about visits waits for his answer.
COMES_UP = {
    Reason.DECEASED: held(HoldReason.DECEASED),
    Reason.INSOLVENT: held(HoldReason.INSOLVENCY),
    Reason.GUARDIAN: card(consent_reserved=True),
    Reason.MINOR: card(minor=True),
    Reason.OPTED_OUT: card(opted_out=NOT_WANTED),
    Reason.CLIENT_WISH: of_client,
}
#: These leave a letter.
OF_WAYS = {Reason.OPTED_OUT, Reason.CLIENT_WISH}


@pytest.fixture
def house(app):
    with app.app_context(), clock.clock_at(NOON), post_office() as office:
        transport.configure(transport.server_of(office.url, SENDER))
        make_agency()
        worker = make_user()
        audit.set_actor(worker.id)
        yield worker
        transport.configure(None)


def case_of(worker, number):
    debtor = debtor_details(
        "Weber" + chr(97 + number // 26) + chr(97 + number % 26),
        email=f"weber{number}@post.example",
        phone="040 5550177",
    )
    return make_case(make_creditor(), debtors=[debtor], accepted_by=worker)[0]


@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.deep)])
def test_no_way_leads_out_against_a_hard_rule(house, share):
    """Without a reason each way leads out; of the pairs of way and reason every fourth, or all."""
    assert set(COMES_UP) == HARD - {Reason.CLIENT_DECIDES}
    pairs = [(way, reason) for way in WAYS for reason in COMES_UP]
    wrong = []
    for number, (way, reason) in enumerate([*((way, None) for way in WAYS), *pairs[::share]]):
        case = case_of(house, number)
        begun = way.begin(case, house)
        if reason is not None:
            COMES_UP[reason](case)
        out = leaves(way, case, house, begun)
        may = reason is None or (reason in OF_WAYS and way.channel is Channel.LETTER)
        if out is not may:
            wrong.append((way.name, reason and reason.value, "left" if out else "stayed"))
    assert wrong == []


def test_whoever_speaks_for_the_debtor_is_written_to(house):
    for number, (reason, kind) in enumerate(
        [
            (Reason.GUARDIAN, SpokespersonKind.GUARDIAN),
            (Reason.MINOR, SpokespersonKind.LAWYER),
            (Reason.INSOLVENT, None),
        ]
    ):
        case = case_of(house, number)
        letter = _set(case, house)
        COMES_UP[reason](case)
        [found] = [each for each in list_kept_back() if each.letter.id == letter.id]
        assert found.why.code == f"may_not_write_{reason.value}"
        assert against_writing(find_party(case.id, letter.debtor_id)) is reason
        if kind is None:
            continue
        wish = SpokespersonWish(kind, "Rita Recht", "Hof 1", "20095", "Hamburg", how_known="Anruf")
        name_spokesperson(letter.debtor_id, wish)
        assert against_writing(find_party(case.id, letter.debtor_id)) is None
        assert letter.id in set(db.session.scalars(waiting()))


def test_every_way_out_stands_in_the_table():
    called = {name: set() for name in EXITS}
    for package in ("cases", "agency", "portal"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                    if name in called:
                        called[name].add(path.relative_to(ROOT).as_posix())
    known = {name: set(modules) for name, modules in EXITS.items()}
    same_name = {  # Other things of that name.
        "agency/filings/proceeding_pages.py", "agency/worklist/day.py", "agency/demo/office.py",
        "agency/demo/deliveries.py", "portal/pages/hand_over.py", "portal/pages/single_claim.py",
        "cases/strategies/running.py",
    }  # fmt: skip
    assert {name: modules - (same_name - known[name]) for name, modules in called.items()} == known
