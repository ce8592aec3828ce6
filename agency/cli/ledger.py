"""`recoup ledger aging`, `verify`: what is open by age; recomputing the books."""

import csv
import io
import time
from datetime import datetime

import click

from agency.cli.surroundings import command_context


@click.group()
def command() -> None:
    """Check the claim accounts and the trust accounts."""


@command.command()
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The key date; else today.")
def aging(day: datetime | None) -> None:
    """Write what each client has open by days past due, as CSV in cents of each currency."""
    from cases.core import clock
    from cases.ledger.books.aging import BRACKETS, aged_balance
    from cases.parties.queries import get_creditor

    with command_context():
        rows = aged_balance(day.date() if day else clock.today())
        names = {row.creditor_id: get_creditor(row.creditor_id).name for row in rows}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    brackets = [f"from_day_{first}_cents" for first in BRACKETS]
    writer.writerow(["client", "currency", "claims", "open_cents", "not_due_cents", *brackets])
    for row in rows:
        head = [names[row.creditor_id], row.currency, row.claims, row.open_cents]
        writer.writerow([*head, *row.by_bracket_cents])
    click.echo(text.getvalue(), nl=False)


@command.command()
def verify() -> None:
    """Recompute cached balances, both sides of every booking and the trust account.

    Exit 1 when any figure differs.
    """
    from cases.ledger.books.verifying import count_cases, verify_ledger

    with command_context():
        begin = time.perf_counter()
        differences = list(verify_ledger())
        cases = count_cases()
        seconds = time.perf_counter() - begin
    for found in differences:
        click.echo(
            f"{found.check}: {found.record}: kept {found.kept_cents}, "
            f"computed {found.computed_cents} cents"
        )
    click.echo(f"{cases} cases in {seconds:.1f} s, {len(differences)} differences.")
    if differences:
        raise SystemExit(1)
