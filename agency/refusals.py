"""What a service refuses, shown at the field that causes it."""

from collections.abc import Mapping

from cases.core.errors import Refusal
from portal.shell.errors import say
from portal.shell.forms import Errors


def at_field(refusal: Refusal, fields: Mapping[type[Refusal], str]) -> Errors:
    """The refusal as a form error; one that belongs to no field stands for the whole form."""
    return {fields.get(type(refusal), "_form"): [say(refusal)]}
