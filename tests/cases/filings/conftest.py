"""What the tests of filings share: a house with two people of legal on one day."""

from datetime import date

import pytest

from cases.core.clock import clock_at
from tests.factories.court_cases import make_house


@pytest.fixture
def house(database):
    """The house on Monday, 23 November 2026."""
    with clock_at(date(2026, 11, 23)):
        yield make_house()
