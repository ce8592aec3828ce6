"""`recoup worker`: carries out what the outbox holds. Any number may run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from agency.cli.surroundings import command_settings

if TYPE_CHECKING:
    from agency.running.reader import Notice
    from agency.settings import Settings


@click.command()
def command() -> None:
    """Render letters, parse uploads, send mails: everything that follows from people's work."""
    from agency.running.loading import whole_program

    settings = command_settings()
    with whole_program():
        from agency import jobs
        from agency.running import reader
        from agency.running.patient_worker import Patrol, work
        from cases.core.queues import OWN_QUEUES
        from cases.letters.pdf import give_back

        jobs.start_worker_context(settings)

    # First of all: a copy of a process that has worked already would be neither fresh nor safe.
    keeper = reader.split_off(
        reader.Keeper(lambda notice: read_uploads(settings, notice), jobs.refuse_job).run
    )
    patrol = Patrol(
        lambda: jobs.look_into_outbox(patrol, OWN_QUEUES), settings.sweep_seconds, jobs.is_worn_out
    )
    click.echo("The worker is ready.")
    try:
        work(settings.redis_url, patrol)
    finally:
        reader.stop(keeper)
    if not patrol.stopping.is_set():
        # Worn out: the same process begins anew, with its memory given back.
        sys.stdout.flush()
        give_back()
        os.execv(sys.executable, [sys.executable, "-m", "agency.cli", "worker"])


def read_uploads(settings: Settings, notice: Notice) -> None:
    """Work as a reader: on uploads only, each within its limits."""
    from agency import jobs
    from agency.running.patient_worker import Patrol, work
    from agency.running.reader import Limits
    from cases.core.queues import EffectQueue

    limits = Limits.of(settings)
    limits.set_memory()

    def before(effect_id: int) -> None:
        notice.put(effect_id)
        limits.set_time()

    jobs.tell_before(before)
    queues = (EffectQueue.UPLOADS,)
    patrol = Patrol(
        lambda: jobs.look_into_outbox(patrol, queues), settings.sweep_seconds, jobs.is_worn_out
    )
    work(settings.redis_url, patrol, queues)
