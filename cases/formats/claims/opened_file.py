"""A file of claims that is understood, and whose rows are still to be checked, part by part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.formats.claims.claim_file import ClaimFile
from cases.formats.claims.claim_row import ClaimRow

PART_ROWS = 20_000


@dataclass(slots=True)
class OpenedFile:
    """A file without its rows; they are checked in parts and let go of.

    A large list so needs little more memory than its cells, however much is said about its rows.
    """

    file: ClaimFile  # Everything but the rows.
    _waiting: list[Any]
    _check: Callable[[list[Any]], Sequence[ClaimRow]]

    @property
    def row_count(self) -> int:
        """How many rows are still to be checked."""
        return len(self._waiting)

    def skip(self, count: int) -> None:
        """Leave out the next rows: they were checked before."""
        del self._waiting[:count]

    def parts(self, size: int = PART_ROWS) -> Iterator[Sequence[ClaimRow]]:
        """The checked rows in the order of the file, part by part; each part only once."""
        while self._waiting:
            part = self._waiting[:size]
            del self._waiting[:size]
            yield self._check(part)


def already_checked(claims: ClaimFile) -> OpenedFile:
    """A file that was read at once (an e-invoice, an archive), to be taken in parts as well."""
    return OpenedFile(replace(claims, rows=()), list(claims.rows), list)
