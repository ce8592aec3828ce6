"""`recoup law`: the calculators, JSON in and JSON out, without database, web stack or Redis."""

import importlib

import click

#: Calculator -> one line of help; the module of that name holds `calculate(question)`.
CALCULATORS = {
    "allocate": "Spread payments over costs, interest and principal.",
    "costs": "Fees of collection and court from the fee tables.",
    "deadline": "The last day of a period.",
    "garnishment": "The attachable part of an income.",
    "interest": "Default interest, itemised by period.",
    "limitation": "The day on which a claim becomes time-barred.",
}


class Calculators(click.Group):
    """A group that imports a calculator only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(CALCULATORS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in CALCULATORS:
            return None

        def run() -> None:
            from agency.cli.answers import answer

            answer(importlib.import_module(f"agency.cli.law.{cmd_name}").calculate)

        module_help = CALCULATORS[cmd_name] + " JSON on standard input; see docs/commands.md."
        return click.Command(cmd_name, callback=run, help=module_help)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Calculators"):
            formatter.write_dl(sorted(CALCULATORS.items()))


@click.command(cls=Calculators)
def command() -> None:
    """Calculate what the law says: one JSON object or a list of them, see docs/commands.md."""
