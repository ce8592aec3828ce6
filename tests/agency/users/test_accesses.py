"""The privacy officer reads who signed in, was refused, and looked into which file."""

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit


def test_looks_into_a_file_and_refusals_are_listed_by_person_case_and_kind(at_work):
    with transaction():
        officer = make_user(Role.PRIVACY).email
        worker = make_user(name="Nora Neugier")
        email, person = worker.email, worker.public_id
        (case, _), (other, _) = make_case(), make_case()
    curious = visit(at_work, email, "en")
    for one in (case, other):
        curious.get(f"/cases/{one.public_id}")
    assert curious.get("/users").status_code == 403
    reader = visit(at_work, officer, "en")
    page = reader.get("/accesses").text
    for words in ("Nora Neugier", case.number, other.number, "Access refused", "Signed in"):
        assert words in page
    one = reader.get(f"/accesses?case={case.number}&person={person}").text
    rows = one.split("<tbody>")[1].split("</tbody>")[0]
    assert (case.number in rows, other.number in rows) == (True, False)
    refused = reader.get("/accesses?action=access.refused").text.split("<tbody>")[1]
    assert case.number not in refused
    assert "no case with this number" in reader.get("/accesses?case=12").text
    assert "No access in these days" in reader.get("/accesses?last_day=01.02.2020").text
    assert reader.get("/accesses?first_day=nonsense").status_code == 422
    assert reader.get("/cases").status_code == 403
    assert curious.get("/accesses").status_code == 403
