"""`recoup ledger verify`: recompute the books and report every difference."""

import time

import click

from agency.cli.surroundings import command_context


@click.group()
def command() -> None:
    """Check the claim accounts and the trust accounts."""


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
