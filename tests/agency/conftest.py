"""The staff's screens in one transaction that is rolled back."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from cases.core.clock import clock_at
from cases.core.database import transaction
from tests.factories.records import make_agency, make_user
from tests.factories.visits import Visit, visit

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@pytest.fixture
def at_work(app: Flask) -> Iterator[Flask]:
    """A house, at ten o'clock on a Monday morning."""
    with clock_at(NOW):
        with transaction():
            make_agency()
        yield app


@pytest.fixture
def worker(at_work: Flask) -> Visit:
    """A case worker who reads English."""
    with transaction():
        email = make_user(name="Erika Muster").email
    person = visit(at_work, email, "en")
    person.get("/worklist")
    return person
