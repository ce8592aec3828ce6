"""On which side of an account amounts stand that are written without a sign.

Some exports write every amount without a sign and the side in a column of its own, under a header
that nobody knows beforehand ("Art der Zeile"). The cells tell: a column in which every payment says
debit or credit, and both occur, is the side; where all say debit, we ask. In the column of a bank's
own words for a kind of payment the same words may only name the kind ("Lastschrift" is a debit to
one holder and a credit to another): there nothing is guessed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: A dash in every cell means that there is nothing to say.
SIGNS = frozenset("+-")
Words = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Side:
    """What the cells say of sides: the column that names them, or that they are unclear."""

    column: int | None = None
    unclear: bool = False


def find_side(
    rows: Sequence[Sequence[str]], taken: frozenset[int], kinds: frozenset[int], words: Words
) -> Side:
    """The side of unsigned amounts; rows are those with an amount.

    `taken` are columns whose meaning is known, `kinds` those of them that name kinds of payment.
    """
    debits, credits_ = words("debit"), words("credit")
    columns = [{row[place].strip().casefold() for row in rows} for place in range(_width(rows))]
    naming = [place for place, said in enumerate(columns) if said <= debits | credits_]
    both = [place for place in naming if columns[place] & debits and columns[place] & credits_]
    free = [place for place in both if place not in taken]
    if free:
        return Side(free[0])
    one_sided = any(columns[place] <= debits - SIGNS for place in naming if place not in taken)
    return Side(unclear=one_sided or any(place in kinds for place in both))


def _width(rows: Sequence[Sequence[str]]) -> int:
    return min(map(len, rows), default=0)
