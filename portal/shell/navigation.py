"""What the layouts show around a screen: menu, person, and the addresses they link to."""

from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

ENTRANCES = ("index", "show")  # Views that stand for all screens of their blueprint.
COUNT_CAP = 999  # Lists are counted no further; the menu says "999+".


def capped(count: int) -> str:
    """A count as people need it: exact while it is small."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the menu; a late count is shown in amber, the others are quiet."""

    endpoint: str
    label: str
    icon: str = ""
    count: int | None = None
    late: bool = False
    values: dict[str, Any] = field(default_factory=dict)  # Arguments of the address.
    key: str | None = None  # Such as "g a": one after the other.

    @property
    def url(self) -> str:
        return url_for(self.endpoint, **self.values)

    @property
    def count_label(self) -> str:
        return capped(self.count or 0)

    def is_current(self, named: object = None) -> bool:
        """Whether the screen belongs here: by name if it says so, else by its blueprint."""
        if isinstance(named, str) and named:
            return named == self.endpoint
        if request.endpoint == self.endpoint:
            return True
        blueprint, _, view = self.endpoint.rpartition(".")
        return view in ENTRANCES and blueprint == request.blueprint


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries under one heading; the first group has none."""

    label: str | None
    entries: tuple[NavEntry, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as the layouts show it."""

    name: str
    role: str  # In words: "Sachbearbeitung", or "Mandant 10482" in the portal.
    organisation: str | None = None  # The creditor's name, in the portal.

    @property
    def initials(self) -> str:
        """First letters of the first and the last name, titles left out."""
        words = [word for word in self.name.split() if word[0].isalpha() and not word.endswith(".")]
        letters = [words[0][0], words[-1][0]] if len(words) > 1 else [self.name[:1]]
        return "".join(letters).upper()


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses that the layouts link to; what is missing is not shown."""

    home: str = "/"
    search: str | None = None
    logout: str | None = None
    profile: str | None = None
    imprint: str | None = None
    privacy: str | None = None
