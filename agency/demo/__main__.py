"""`python -m agency.demo`: load the demo data unless somebody is there already."""

import os
from collections.abc import Mapping

from sqlalchemy import func, select

from agency.app import create_app
from agency.demo.loading import build
from agency.demo.printing import printing_beside
from agency.demo.quickly import load_quickly
from agency.settings import Settings
from cases.core.database import db
from cases.people.models import User


def load_demo(environ: Mapping[str, str]) -> None:
    """Load the demo data unless people are there already."""
    with load_quickly(create_app(Settings.from_environment(environ))):
        is_empty = not db.session.scalar(select(func.count()).select_from(User))
        db.session.rollback()
        if is_empty:
            with printing_beside(environ):
                build(printed_beside=True)


if __name__ == "__main__":
    load_demo(os.environ)
