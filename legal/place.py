"""Where an address lies, as far as the calendar of its public holidays asks."""

from enum import StrEnum


class Basis(StrEnum):
    """What a suggestion rests on, the surest first."""

    AREA = "area"  # An ordinary delivery code.
    CHECK = "check"  # A large recipient's code or one decided by its neighbours.
    SEVERAL = "several"  # The code lies in several states: ask, or use the town.
    PREFIX = "prefix"  # An unknown code; codes that begin alike lie there.
