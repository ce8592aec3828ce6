"""Templates at the screen: changed beside their page, kept however wrong, released by two."""

import re

import pytest

from cases.core.database import transaction
from cases.letters.models import LetterKind
from cases.letters.written.kinds import shipped_text
from cases.people.policy import Role
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit


@pytest.fixture
def lead(at_work):
    with transaction():
        email = make_user(Role.ADMIN).email
    return visit(at_work, email, "en")


def test_a_template_is_changed_previewed_and_released_by_two(lead, at_work):
    with transaction():
        case, _ = make_case(accepted_by=make_user())
    assert "as shipped" in lead.get("/letter-texts").text
    answer = lead.post("/letter-texts", {"kind": "reminder", "language": "de"})
    address = answer.headers["Location"]
    assert "in every example" in lead.get(address).text
    bad = "# Kurz\n\n{nobody}"
    assert lead.post(address, {"body": bad}).status_code == 303
    page = lead.get(address).text
    assert "# Kurz" in page
    assert "Line 3:" in page
    assert "costs" in page
    assert lead.post(f"{address}/release").status_code == 422
    good = shipped_text(LetterKind.REMINDER, "de").replace("Zweite", "Weitere")
    assert lead.post(address, {"body": good, "case": case.number}).status_code == 303
    assert lead.get(f"{address}.pdf?case={case.number}").data.startswith(b"%PDF")
    assert lead.get(f"{address}.pdf?example=joint").data.startswith(b"%PDF")
    assert "no case of this number" in lead.get(f"{address}?case=nichts").text
    assert lead.post(f"{address}/release").status_code == 303
    assert lead.post(address, {"body": "spaet"}).status_code == 422
    with transaction():
        second = visit(at_work, make_user(Role.LEGAL).email, "en")
    waiting = second.get("/approvals").text
    assert second.post(re.search(r"/approvals/[^/]+/confirm", waiting)[0]).status_code == 303
    assert "Version 1" in lead.get("/letter-texts").text


def test_a_draft_is_thrown_away_and_a_kind_that_is_none_is_not_found(lead):
    lead.get("/letter-texts")
    answer = lead.post("/letter-texts", {"kind": "closing", "language": "en"})
    assert lead.post(f"{answer.headers['Location']}/drop").status_code == 303
    refused = lead.post("/letter-texts", {"kind": "first_demand", "language": "de"})
    assert refused.status_code == 404
