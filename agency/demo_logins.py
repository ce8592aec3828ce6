"""Who signs in to the demo, known without the program: `recoup up` tells it at each start."""

from collections.abc import Mapping

import psycopg

from agency.running.database_roles import plain_url

PASSWORD = "recoup-demo-2026"
#: E-mail address -> role and name.
LOGINS = {
    "mandant@recoup.example": ("creditor", "Sabine Krüger"),
    "mandant2@recoup.example": ("creditor", "Tom Albers"),
    "sachbearbeitung@recoup.example": ("case_worker", "Nora Petersen"),
    "buchhaltung@recoup.example": ("accounts", "Jens Holm"),
    "recht@recoup.example": ("legal", "Dr. Aylin Demir"),
    "recht2@recoup.example": ("legal", "Paul Winter"),
    "leitung@recoup.example": ("admin", "Miriam Voss"),
}


def known_logins(database_url: str) -> Mapping[str, str] | None:
    """Login -> password of the demo's people; None in a house without any user yet."""
    with psycopg.connect(plain_url(database_url), connect_timeout=5) as connection:
        known = {email for (email,) in connection.execute("SELECT email FROM users")}
    return {email: PASSWORD for email in LOGINS if email in known} if known else None
