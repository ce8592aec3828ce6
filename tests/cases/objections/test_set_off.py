"""From which day a counterclaim counts, and that the client is not asked about court meanwhile."""

from datetime import date, datetime, timedelta

import pytest

from cases.claims.asking import services as asking
from cases.claims.asking.models import Asked, AskedFor
from cases.claims.queries import list_claims
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.costs.booking import book_first_costs
from cases.ledger.models import EntryKind
from cases.ledger.queries import list_postings, statement
from cases.objections import errors
from cases.objections.facts import known_facts, note_fact
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.services import Disputed
from cases.objections.verdicts import Decision, decide_objection, reopen_objection
from tests.factories.casework import answer_all, decide, make_objection
from tests.factories.records import claim_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
TODAY, DAY = NOW.date(), timedelta(days=1)
INVOICED, DUE = date(2026, 3, 2), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(NOW), transaction():
        make_agency()
        yield


def set_off(due_on: date | None, cents: int = 600_00):
    details = claim_details(principal_cents=1_000_00, invoiced_on=INVOICED, due_on=DUE)
    case, (claim,) = make_case(claims=[details], accepted_by=make_user())
    book_first_costs(case, TODAY)
    disputed = [Disputed(claim.id, cents)]
    objection = make_objection(case, kind=ObjectionKind.SET_OFF, disputed=disputed)
    if due_on is not None:
        note_fact(claim, "counterclaim_due_on", due_on)
    return case, objection


def credited_on(case) -> list[date]:
    found = [p for p in list_postings(case.id) if p.kind is EntryKind.CREDIT_NOTE]
    return [posting.value_on for posting in found]


def test_it_counts_from_the_day_on_which_both_claims_faced_each_other():
    interest = []
    for due_on, expected in (
        (INVOICED - DAY, INVOICED),
        (INVOICED, INVOICED),
        (INVOICED + DAY, INVOICED + DAY),
        (DUE + DAY, DUE + DAY),
        (TODAY, TODAY),
    ):
        case, objection = set_off(due_on)
        decide(objection, Verdict.GENUINE)
        assert credited_on(case) == [expected], due_on
        owed = statement(case.id).claims[0]
        assert owed.principal_open_cents == 400_00
        interest.append(owed.interest_open_cents)
    assert interest[0] == interest[1] == interest[2] < interest[-1]  # It ran until then.


def test_a_day_is_needed_and_it_must_have_come():
    for due_on, refusal in ((None, errors.CounterclaimUndated),
                            (TODAY + DAY, errors.CounterclaimNotDue)):  # fmt: skip
        for verdict in (Verdict.GENUINE, Verdict.PARTLY_GENUINE):
            case, objection = set_off(due_on)
            parts = {list_claims(case.id)[0].id: 100_00}
            with pytest.raises(refusal), db.session.begin_nested():
                decide(objection, verdict, parts)
        assert decide(objection, Verdict.PRETEXT).verdict is Verdict.PRETEXT
    case, objection = set_off(None)
    answer_all(objection)
    said = Decision(Verdict.GENUINE, "Gutschrift", no_evidence="liegt dort", set_off_due_on=DUE)
    decide_objection(objection.id, said)
    assert credited_on(case) == [DUE]  # The day may be said with the verdict; the file keeps it.
    assert known_facts([list_claims(case.id)[0].id]).popitem()[1]["counterclaim_due_on"] == DUE


def test_costs_stay_where_the_claim_still_stood_when_the_order_was_given():
    for days, stay in ((0, False), (1, True)):
        case, objection = set_off(None)
        due_on = case.ordered_on + days * DAY
        note_fact(list_claims(case.id)[0], "counterclaim_due_on", due_on)
        before = statement(case.id).costs_open_cents
        with clock_at(NOW + 30 * DAY):
            decide(objection, Verdict.GENUINE)
            assert (statement(case.id).costs_open_cents == before) is stay, days
            reopen_objection(objection.id, "Doch nicht")
            assert statement(case.id).costs_open_cents == before


def test_about_court_the_client_is_asked_once_the_objection_is_decided():
    case, (claim,) = make_case(claims=[claim_details()], accepted_by=make_user())
    asked = asking.ask_client(case, AskedFor.COURT, reason="Zwei Briefe ohne Antwort")
    objection = make_objection(case, disputed=[Disputed(claim.id, 10_00)])  # The rest goes on.
    assert asked.state is Asked.WITHDRAWN
    with pytest.raises(asking.NotWhileContested):
        asking.ask_client(case, AskedFor.COURT)
    assert asking.ask_client(case, AskedFor.VISIT).state is Asked.OPEN
    decide(objection, Verdict.PRETEXT)
    assert asking.ask_client(case, AskedFor.COURT).state is Asked.OPEN
    reopen_objection(objection.id, "Neuer Beleg")
    assert asking.find_open(case.id, AskedFor.COURT) is None
