"""The `recoup` command: one module per noun, imported only when it is called."""

import importlib

import click

from legal.errors import InvariantBroken

#: Noun -> one line of help. The module of that name holds a click command called `command`.
NOUNS = {
    "approvals": "What waits for a second person; confirm it where there is none.",
    "audit": "Check the audit trail, note its head outside the database.",
    "backup": "Back up database and files, sealed; try whether they come back.",
    "bank": "Read bank statements.",
    "claims": "Read lists of claims and e-invoices.",
    "court": "Encode and read court files (EDA).",
    "contact": "Say whether a debtor may be contacted now, and when again.",
    "db": "Create roles and database, migrate, check.",
    "doctor": "Say what is missing or wrong, and what helps.",
    "law": "Calculate interest, costs, allocation, deadlines, limitation, garnishment.",
    "letter": "Draft letters from facts and check them.",
    "ledger": "Recompute the books and report every difference.",
    "objection": "Say what the file speaks for, who must prove it, what is missing.",
    "plan": "Work out the instalments of a plan.",
    "post": "Take scans and mails of a folder into the post inbox.",
    "remit": "Settle what was received with the creditor.",
    "report": "Figures of reports from bare facts.",
    "restore": "Restore database and files from a backup.",
    "scheduler": "Start what happens by the clock.",
    "up": "Start the whole platform in this terminal.",
    "users": "Add the first administrator.",
    "watch": "Early-warning signals of a customer.",
    "worker": "Carry out what the outbox holds.",
}

#: Where the module of a noun lies that is not beside this one.
ELSEWHERE = {
    "backup": "agency.backup.commands",
    "post": "agency.post.commands",
    "restore": "agency.backup.restore_command",
}


class Nouns(click.Group):
    """A group that imports the module of a noun only when that noun is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NOUNS:
            return None
        command = importlib.import_module(ELSEWHERE.get(cmd_name, f"agency.cli.{cmd_name}")).command
        if not isinstance(command, click.Command):
            raise InvariantBroken("isinstance(command, click.Command)")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(NOUNS.items()))


@click.command(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recoup")
def main() -> None:
    """Recoup: case management for collection agencies."""
