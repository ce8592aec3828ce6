"""Who signs in to the demo, known without the program: `recoup up` tells it at each start."""

from collections.abc import Mapping

import psycopg

from agency.running.database_roles import plain_url
from agency.settings import BadSetting

PASSWORD = "recoup-demo-2026"
#: E-mail address -> role and name.
LOGINS = {
    "mandant@recoup.example": ("creditor", "Sabine Krüger"),
    "mandant2@recoup.example": ("creditor", "Tom Albers"),
    "mandant3@recoup.example": ("creditor", "Ines Faber"),
    "sachbearbeitung@recoup.example": ("case_worker", "Nora Petersen"),
    "sachbearbeitung2@recoup.example": ("case_worker", "Emre Schütt"),
    "buchhaltung@recoup.example": ("accounts", "Jens Holm"),
    "buchhaltung2@recoup.example": ("accounts", "Britta Lorenzen"),
    "recht@recoup.example": ("legal", "Dr. Aylin Demir"),
    "recht2@recoup.example": ("legal", "Paul Winter"),
    "leitung@recoup.example": ("admin", "Miriam Voss"),
    "leitung2@recoup.example": ("admin", "Henrik Clausen"),
}
#: Between these two lines of the audit trail the demo is incomplete.
BEGUN, LOADED = "demo.begun", "demo.loaded"


def known_logins(database_url: str) -> Mapping[str, str] | None:
    """Login -> password of the demo's people; None in a house without any user yet.

    Raises:
        BadSetting: the loading was cut off; half a demo is of use to nobody.
    """
    marks = "SELECT DISTINCT action FROM audit_events WHERE action = ANY(%s)"
    with psycopg.connect(plain_url(database_url), connect_timeout=5) as connection:
        known = {email for (email,) in connection.execute("SELECT email FROM users")}
        told = {action for (action,) in connection.execute(marks, ([BEGUN, LOADED],))}
    if told == {BEGUN}:
        raise BadSetting(
            "The demo data is incomplete: its first start was cut off. Delete the folder of"
            " RECOUP_VAR (usually ./var) and start again, or start with --no-demo."
        )
    return {email: PASSWORD for email in LOGINS if email in known} if known else None
