"""What can be wrong with a question to the law; the docstring of each error is its message."""


class LawError(Exception):
    """The law cannot answer this question."""

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        #: The input that is wrong, in the words of the caller, if it is a single one.
        self.field = field
        #: Figures that help to ask better, by the name under which programs find them.
        self.figures: dict[str, int] = {}

    @property
    def code(self) -> str:
        """A stable name for programs and translations: the class name in snake case."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class InputInvalid(LawError):
    """The question is not well formed."""


class RateUnknown(LawError):
    """No rate is known for a day this far back."""


class TableUnknown(LawError):
    """No fee table is known for this day."""


class InvariantBroken(Exception):
    """What must always be true is not: a fault of the program, never of what somebody entered.

    Raised where an `assert` would stand, which `python -O` removes.
    """
