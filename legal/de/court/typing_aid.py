"""What a person types where the courts ask for an application field by field.

The entries stand in the order and under the names of the courts' own record description: that is
the order in which their online application writes what was typed into it. How its pages are laid
out is not known here, so nothing says which page an entry is on.
"""

from collections.abc import Iterator

from legal.court_papers import TypedApplication, TypedSection
from legal.de.court.eda.grouping import Group
from legal.de.court.eda.render import shown_entries
from legal.de.court.eda.render_words import RECORD_NAMES
from legal.de.court.eda.replies import read_file


def list_entries(data: bytes) -> tuple[TypedApplication, ...]:
    """Every entry of every application in these bytes, in their order; nothing is left out."""
    return tuple(
        TypedApplication(tuple(_sections(group)))
        for file in read_file(data)
        for group in file.logical.groups
    )


def _sections(group: Group) -> Iterator[TypedSection]:
    for entry in group.entries:
        found = tuple(shown_entries(entry))
        if found and entry.layout is not None:
            yield TypedSection(RECORD_NAMES.get(entry.name, entry.layout.name), found)
