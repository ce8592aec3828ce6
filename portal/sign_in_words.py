"""What the history of somebody's sign-ins says, in words."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext

from cases.people.visits import PastSignIn
from legal.findings import N_

#: Action of the audit trail -> its words, and whether somebody should look twice.
SIGN_IN_WORDS = {
    "sign_in.succeeded": (N_("Signed in"), False),
    "sign_in.refused": (N_("Sign-in refused"), True),
    "factor.recovery_code_used": (N_("Signed in with a recovery code"), True),
    "factor.added": (N_("Second factor added"), False),
    "factor.removed": (N_("Second factor removed"), True),
    "factor.reset": (N_("Second factors reset by two administrators"), True),
    "user.password_changed": (N_("Password changed"), False),
    "user.password_reset": (N_("New password given by an administrator"), True),
    "link.invitation": (N_("Invitation sent"), False),
    "link.reset": (N_("Link for a new password sent"), False),
    "link.used": (N_("Link used"), False),
}


def shown_sign_ins(found: Iterable[PastSignIn]) -> list[tuple[datetime, str, bool]]:
    """Each line with its moment, its words, and whether to look twice."""
    return [
        (each.at, str(gettext(SIGN_IN_WORDS[each.action][0])), SIGN_IN_WORDS[each.action][1])
        for each in found
    ]
