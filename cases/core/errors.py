"""The families of refusals: not found, invalid, in conflict. The docstring is the message.

They carry parameters and know no HTTP; each edge translates the families in one place.
"""

from typing import Any


class Refusal(Exception):
    """This cannot be done."""

    def __init__(self, message: str | None = None, **params: Any) -> None:
        self.sentence = message or " ".join((type(self).__doc__ or "").split())
        self.params = params
        super().__init__(self.sentence)

    @property
    def code(self) -> str:
        """A stable name for programs: the class name in snake case."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class NotFound(Refusal):
    """There is no such record."""


class Invalid(Refusal):
    """The input cannot be accepted."""


class Conflict(Refusal):
    """The record is not in a state that allows this."""


class Unavailable(Refusal):
    """Something that this needs does not answer. Please try again in a few minutes."""
