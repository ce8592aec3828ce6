"""Our letters to read: a creditor's own, as they left the house, and nobody else's."""

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.services import accept_case
from cases.core.database import db, transaction
from cases.people.policy import Role
from tests.factories.casework import make_letter
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import run_effects, visit


def test_a_creditor_reads_its_own_letters_and_no_others(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            worker = make_user(Role.CASE_WORKER)
            own, other = make_creditor(), make_creditor("Andere AG")
            emails = [make_user(Role.CREDITOR, creditor=each).email for each in (own, other)]
            case, _ = make_case(own)
            accept_case(case.id, worker.id)
            key = case.public_id
        db.session.remove()
    person, stranger = (visit(fresh_app, email) for email in emails)
    assert "Noch kein Schreiben versandt" in person.get(f"/my-cases/{key}").text
    with fresh_app.app_context(), transaction():
        letter = make_letter(db.session.scalars(select(Case).where(Case.public_id == key)).one())
        address = f"/my-cases/letters/{letter.public_id}.pdf"
        number = letter.number
    assert person.get(address).status_code == 404  # Released, and not on paper yet.
    run_effects(fresh_app)
    page = person.get(f"/my-cases/{key}").text
    assert number in page
    assert address in page
    read = person.get(address)
    assert (read.mimetype, read.data[:5]) == ("application/pdf", b"%PDF-")
    assert stranger.get(address).status_code == 404
