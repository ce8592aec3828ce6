"""Sources of the base rates that are shipped, so that they are said in the language of the page."""

from flask_babel import gettext

from legal.findings import N_

SHIPPED = (
    N_(
        "Bundesbank series as seeded in a public law-office system; spot-checked against press"
        " releases (2009-01, 2013-07, 2016-07, 2020, 2021, 2023-01)"
    ),
    N_(
        "Bundesbank announcement of Dec 2025 as reported by two publishers (unchanged, main"
        " refinancing rate 2.15)"
    ),
    N_(
        "several independent public sources of 2026 state 1.52 (one notes a check against the"
        " Bundesbank page on 2026-09-21); consistent with ECB main refinancing rate 2.40"
    ),
)


def source_words(source: str) -> str:
    """Where a rate is known from; what people have entered themselves stands as they wrote it."""
    return str(gettext(source)) if source in SHIPPED else source
