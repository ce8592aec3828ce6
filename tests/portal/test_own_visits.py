"""A client whose contract asks for it decides about visits to his customer, and sees no warning."""

from datetime import date, datetime

from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import find_open
from cases.contacts.visits.models import VisitState
from cases.contacts.visits.planning import plan_visit
from cases.contacts.visits.queries import get_visit
from cases.contacts.visits.safety import set_safety_note
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.planned_visits import HOURS, visit_wish, window
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import run_effects, visit

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
BEWARE = "Bissiger Hund am Tor"


def test_the_client_decides_and_never_sees_what_we_beware_of(fresh_app):
    with clock_at(NOW):
        with fresh_app.app_context(), transaction():
            make_agency()
            creditor = make_creditor("Vorsichtige GmbH", visits_need_approval=True)
            case, _ = make_case(creditor, accepted_by=make_user())
            found = plan_visit(case.id, visit_wish(case, window=window(date(2027, 1, 12))), HOURS)
            set_safety_note(found.debtor_id, BEWARE)
            visit_id, mine = found.public_id, f"/my-cases/{case.public_id}"
            asked_id = find_open(case.id, AskedFor.VISIT).public_id
            email = make_user(Role.CREDITOR_APPROVER, creditor=creditor).email
            other = make_user(Role.CREDITOR_ADMIN, creditor=make_creditor("Fremde GmbH")).email
        client, stranger = (visit(fresh_app, each, "en") for each in (email, other))
        listed = client.get("/my-approvals").text
        for page in (client.get(mine).text, listed):
            assert "May we visit the debtor?" in page
            assert BEWARE not in page
        assert "12 Jan 2027" in listed
        answer = {"approvals": asked_id, "agrees": "1"}
        assert stranger.post("/my-approvals", answer).status_code == 404
        refused = client.post("/my-approvals", {**answer, "agrees": "0"})
        assert (refused.status_code, 'href="#words"' in refused.text) == (422, True)
        assert client.post("/my-approvals", answer).status_code == 303
        assert "May we visit" not in client.get(mine).text
        run_effects(fresh_app)
        with fresh_app.app_context():
            assert get_visit(visit_id).state is VisitState.PLANNED
