"""`recoup scheduler`: puts periodic jobs on the queue. Any number may run, one of them works."""

import logging
import os
import time

import click

from agency.cli.surroundings import command_settings


@click.command()
def command() -> None:
    """Start what happens by the clock (one works, others stand by)."""
    from agency.running.scheduling import schedule
    from agency.schedule import periodic_jobs

    settings = command_settings()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    os.environ["TZ"] = settings.time_zone  # RQ reads cron fields as local time.
    time.tzset()
    click.echo("The scheduler is ready.")
    schedule(settings.database_url, settings.redis_url, periodic_jobs(settings.sweep_seconds))
