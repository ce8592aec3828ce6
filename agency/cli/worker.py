"""`recoup worker`: carries out what the outbox holds. Any number may run."""

import os
import sys

import click

from agency.cli.surroundings import command_settings


@click.command()
def command() -> None:
    """Render letters, parse uploads, send mails: everything that follows from people's work."""
    from agency.running.loading import whole_program

    settings = command_settings()
    with whole_program():
        from agency import jobs
        from agency.running.patient_worker import Patrol, work
        from cases.core.database import db
        from cases.core.outbox import list_due_effects
        from cases.letters.pdf import give_back

        app = jobs.start_worker_context(settings)

    def look_into_outbox() -> None:
        with app.app_context():
            due = list_due_effects()
            db.session.remove()
        for effect_id in due:
            if patrol.is_over:
                return
            jobs.carry_out_job(effect_id)

    patrol = Patrol(look_into_outbox, settings.sweep_seconds, jobs.is_worn_out)
    click.echo("The worker is ready.")
    work(settings.redis_url, patrol)
    if not patrol.stopping.is_set():
        # Worn out: the same process begins anew, with its memory given back.
        sys.stdout.flush()
        give_back()
        os.execv(sys.executable, [sys.executable, "-m", "agency.cli", "worker"])
