"""`recoup doctor`: what is right, missing or wrong, in plain words, with the remedy."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from agency.cli.surroundings import command_environment
from agency.settings import BadSetting, Settings, read_setting


@click.command()
def command() -> None:
    """Say what is missing or wrong with this installation; exit 1 if anything is."""
    from agency.running import diagnoses

    environ = command_environment()
    try:
        settings = Settings.from_environment(environ)
    except BadSetting as error:
        # Without settings the machine itself can still be looked at.
        remedy = "correct it (docs/operations.md), or start the embedded servers: `make run`"
        diagnoses.report(
            [
                *diagnoses.machine_diagnoses(read_setting("var_folder", os.environ)),
                diagnoses.Diagnosis(False, str(error), remedy),
            ]
        )
        raise SystemExit(1) from None
    today = (settings.now or datetime.now(UTC)).astimezone(ZoneInfo(settings.time_zone)).date()
    raise SystemExit(diagnoses.report(diagnoses.all_diagnoses(settings, today)))
