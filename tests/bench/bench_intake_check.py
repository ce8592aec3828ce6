"""How fast a list is checked: row by row with the schema, and by columns.

    python tests/bench/bench_intake_check.py [rows]

Prints seconds (best of three for the quick way), the ratio, and the peak memory of the process.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from cases.formats.claims.conventions import decide_conventions
from cases.formats.claims.lists.bulk_check import check_table
from cases.formats.claims.lists.headers import automatic_mapping
from cases.formats.claims.lists.lists import read_list
from cases.formats.claims.rows import check_rows
from cases.formats.content import Content

AS_OF = date(2026, 11, 23)
HEADER = "Rechnungsnummer;Rechnungsdatum;Fälligkeit;Name;Straße;PLZ;Ort;E-Mail;IBAN;Betrag"
#: One row in a hundred has a mistake, as in lists that people export.
MISTAKES = ("31.02.2026", "KW 29", "", "01.01.1970")


def made_list(count: int) -> bytes:
    """A list of claims as a small tool exports it."""
    chance = random.Random(7)
    lines = [HEADER]
    for number in range(count):
        invoiced = date(2023, 1, 1) + timedelta(days=chance.randrange(1000))
        due = (invoiced + timedelta(days=30)).strftime("%d.%m.%Y")
        due = chance.choice(MISTAKES) if chance.random() < 0.01 else due
        cents = chance.randrange(100, 500_000_00)
        lines.append(
            f"R-{number:07d};{invoiced:%d.%m.%Y};{due};Müller {number};Weg {number % 300};"
            f"{chance.randrange(1067, 99999):05d};Ort {number % 5000};k{number}@example.org;;"
            f"{cents // 100},{cents % 100:02d}"
        )
    return "\n".join(lines).encode()


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def main(count: int) -> None:
    """Measure both ways and prove once more that they agree."""
    table = read_list(made_list(count), Content.TEXT)
    mapping = automatic_mapping(table.columns)
    conventions = decide_conventions(table, mapping, AS_OF)
    quick = seconds(lambda: check_table(table, mapping, conventions), times=3)
    slow = seconds(lambda: list(check_rows(table, mapping, conventions)))
    assert check_table(table, mapping, conventions) == list(check_rows(table, mapping, conventions))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"rows {count}: row by row {slow:.2f} s, by columns {quick:.2f} s, {slow / quick:.1f} x")
    print(f"peak memory of both ways together {memory} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
