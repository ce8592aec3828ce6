"""A small application with the shell and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask_wtf import CSRFProtect

from agency import messages
from cases.core.clock import clock_at
from portal.shell.setup import register_shell


@pytest.fixture
def app() -> Iterator[Flask]:
    """The shell on 23 November 2026."""
    messages.compile_catalogues()
    app = Flask("sample", static_folder=None)
    app.config.update(SECRET_KEY="only for tests " * 4, TESTING=True, HOUSE_NAME="Lindholm Inkasso")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    CSRFProtect(app)
    register_shell(app)
    with clock_at(date(2026, 11, 23)):
        yield app
