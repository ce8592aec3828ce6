"""Every booking and every source is said in words; no code of the program reaches a reader."""

import re
from pathlib import Path

import pytest
from flask_babel import force_locale

from agency.ledger.words import origin_words
from agency.rates.words import SHIPPED
from cases.core.database import transaction
from cases.ledger.court_costs import COURT_JOURNALS, TITLED
from cases.ledger.words import JOURNALS
from cases.people.policy import Role
from legal.de.base_rates import base_rates
from tests.factories.records import make_user
from tests.factories.visits import visit

ROOT = Path(__file__).parents[3]
KINDS = re.compile(r'\b_?post\(\s*"([a-z_.]+)"')


def test_every_kind_of_booking_has_its_words():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cases").rglob("*.py"))
    kinds = {*KINDS.findall(code), *COURT_JOURNALS, TITLED}
    assert len(kinds) > 15
    assert kinds - set(JOURNALS) == set()


def test_every_shipped_source_of_a_rate_has_its_words():
    assert {rate.source for rate in base_rates().rows} == set(SHIPPED)


def test_a_reference_is_said_without_the_name_of_a_record(app):
    with app.test_request_context(), force_locale("en"):
        assert origin_words("bank:0I_fqzatj1T") == "bank entry"
        assert origin_words("court:2024-0000003-5") == "court, 2024-0000003-5"
        assert origin_words("KB-2025-00081") == "KB-2025-00081"
        assert origin_words(None) == ""


@pytest.mark.parametrize("address", ["/rates", "/calculators?of=interest"])
def test_sources_with_a_percent_sign_are_shown_in_german(at_work, address):
    """A translation is no pattern to be filled in."""
    with transaction():
        email = make_user(Role.ADMIN).email
    page = visit(at_work, email, "de").get(address)
    assert page.status_code == 200
    if address == "/rates":
        assert "Hauptrefinanzierungssatz der EZB von 2,40 %" in page.text
