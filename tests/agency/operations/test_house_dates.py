"""Days of the house ring before their day, and an insurance too small is refused."""

from datetime import date

import pytest

from cases.core import clock
from cases.core.database import db, transaction
from cases.people.policy import Role
from cases.worklist.house_dates import services
from cases.worklist.house_tasks import list_house_tasks
from tests.factories.records import make_user
from tests.factories.visits import visit

TYPED = {
    "kind": "insurance", "what": "Haftpflicht erneuern", "due_on": "31.12.2026", "ring_days": "14",
    "insured": "250.000,00",
}  # fmt: skip


@pytest.fixture
def admin(at_work):
    with transaction():
        email = make_user(Role.ADMIN).email
    return visit(at_work, email, "en")


def test_it_rings_is_done_and_comes_again(admin):
    for wrong, sentence in (
        ({"insured": "249.999,99"}, "at least 250,000 euro"),
        ({"insured": ""}, "up to which sum"),
        ({"due_on": "31.13.2026"}, ""),
        ({"kind": "dance"}, ""),
    ):
        answer = admin.post("/house/dates", {**TYPED, **wrong})
        assert (answer.status_code, sentence in answer.text) == (422, True), wrong
    assert admin.post("/house/dates", TYPED).status_code == 303
    [entered] = services.list_dates()
    assert list_house_tasks() == []
    day = date(2026, 12, 17)
    with clock.clock_at(day), transaction():
        services.ring(list(db.session.scalars(services.near(day))), day)
        services.ring(list(db.session.scalars(services.near(day))), day)
    [task] = list_house_tasks()
    assert task.params["what"] == "Haftpflicht erneuern"
    done = f"/house/dates/{entered.public_id}/done"
    assert admin.post(done, {"next_on": "31.12.2026"}).status_code == 422
    assert admin.post(done, {"next_on": "31.12.2027", "note": "Police 7"}).status_code == 303
    assert list_house_tasks() == []
    assert [one.due_on.year for one in services.list_dates()] == [2027, 2026]
    assert admin.post(done, {}).status_code == 422
