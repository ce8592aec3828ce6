"""For whom passkeys of this installation are made: its address as people see it."""

from cases.people.access.passkeys import Site
from portal.shell.pages import base_url
from portal.shell.setup import house_name


def site() -> Site:
    """The house's address and name."""
    return Site(base_url(), house_name())
