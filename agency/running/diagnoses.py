"""What is right, missing or wrong with an installation, in plain words, with the remedy."""

import os
import shutil
import smtplib
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import psycopg
import redis
from sqlalchemy.engine import make_url

from agency.running import migrating
from agency.running.database_roles import RoleState, plain_url, role_state
from agency.settings import Settings
from cases.core.mail.transport import ServerDoesNotEncrypt, greet, server_of
from cases.letters.inbox.imap import MailboxAway, MailboxRefuses, address_of, open_mailbox
from legal.base_rates import BaseRate

ROOT = Path(__file__).resolve().parents[2]
LEAST_FREE_BYTES = 1024**3
WAIT_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at: good, or wrong with what helps."""

    good: bool
    what: str
    remedy: str = ""

    def line(self) -> str:
        """The sentence for the terminal."""
        if self.good:
            return f"  ok     {self.what}"
        return f"  WRONG  {self.what}\n         -> {self.remedy}"


def report(diagnoses: Iterable[Diagnosis]) -> int:
    """Print the sentences as they come in; 1 when anything is wrong."""
    wrong = 0
    for diagnosis in diagnoses:
        click.echo(diagnosis.line())
        wrong += not diagnosis.good
    click.echo("Everything is as it should be." if not wrong else f"{wrong} to put right.")
    return 1 if wrong else 0


def all_diagnoses(settings: Settings, today: date) -> Iterator[Diagnosis]:
    """Everything that `recoup doctor` looks at."""
    yield from machine_diagnoses(settings.var_folder)
    yield from rate_diagnoses(today, entered_rates(settings.database_url))
    yield secret_diagnosis(settings)
    yield from proxy_diagnoses(settings)
    yield redis_diagnosis(settings.redis_url)
    yield from database_diagnoses(settings)
    yield backup_diagnosis(settings)
    yield mail_diagnosis(settings)
    yield mailbox_diagnosis(settings)


def mail_diagnosis(settings: Settings) -> Diagnosis:
    """Invitations and new passwords go by mail."""
    if settings.smtp_url is None or settings.mail_from is None:
        return Diagnosis(
            settings.embedded,
            "No mail server is set up (SMTP_URL): links to sign in are handed over by hand.",
            "set SMTP_URL and MAIL_FROM (docs/operations.md)",
        )
    server = server_of(settings.smtp_url, settings.mail_from)
    try:
        greet(server)
    except ServerDoesNotEncrypt:
        remedy = (
            "let the server offer STARTTLS, or use smtps:// (smtp+plain:// on your own machine)"
        )
        return Diagnosis(False, f"The mail server {server.host} does not encrypt.", remedy)
    except smtplib.SMTPAuthenticationError:
        return Diagnosis(
            False, f"The mail server {server.host} refuses user or password.", "correct SMTP_URL"
        )
    except (smtplib.SMTPException, OSError) as error:
        return Diagnosis(
            False,
            f"The mail server {server.host} does not answer ({type(error).__name__}).",
            "start it, or correct SMTP_URL; mails wait and are tried again",
        )
    return Diagnosis(True, f"The mail server {server.host} answers.")


def mailbox_diagnosis(settings: Settings) -> Diagnosis:
    """Answers to our mails come to a mailbox."""
    if settings.mailbox_url is None:
        return Diagnosis(
            True, "No mailbox is set up (MAILBOX_URL): mails are taken in by hand or by folder."
        )
    address = address_of(settings.mailbox_url)
    try:
        with open_mailbox(address):
            return Diagnosis(True, f"The mailbox {address.name} answers.")
    except MailboxRefuses:
        sentence = f"The mailbox {address.name} refuses user, password or folder."
        return Diagnosis(False, sentence, "correct MAILBOX_URL")
    except MailboxAway:
        sentence = f"The mail server {address.host} does not answer (IMAP)."
        return Diagnosis(False, sentence, "start it, or correct MAILBOX_URL; mails wait there")


def backup_diagnosis(settings: Settings) -> Diagnosis:
    """A backup is one that was restored: a green drill within seven days."""
    if settings.backup_folder is None and settings.embedded:
        return Diagnosis(True, "No backup is set up (BACKUP_FOLDER): fit for trying out only.")
    query = (
        "SELECT max(finished_at), max(finished_at) > now() - interval '7 days'"
        " FROM backup_drills WHERE findings = '{}'"
    )
    last, proven = None, False
    try:
        with psycopg.connect(
            plain_url(settings.database_url), connect_timeout=WAIT_SECONDS
        ) as connection:
            last, proven = connection.execute(query).fetchone() or (None, False)
    except psycopg.Error:
        pass  # That it does not answer is told by its own diagnosis.
    if proven:
        return Diagnosis(True, f"A backup was restored and found whole on {last:%Y-%m-%d}.")
    return Diagnosis(
        False,
        "No backup was restored and found whole within the last seven days.",
        "set up the backup (docs/operations.md), or run `recoup backup drill` and see what it says",
    )


def machine_diagnoses(var_folder: Path) -> Iterator[Diagnosis]:
    """What the machine itself must offer, whether or not servers run."""
    yield pango_diagnosis()
    yield font_diagnosis()
    yield folder_diagnosis(var_folder)


def pango_diagnosis() -> Diagnosis:
    """Letters are set with Pango, a system library."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return Diagnosis(
            False,
            "Pango, which sets the letters, is missing.",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            " (macOS: brew install pango)",
        )
    return Diagnosis(True, f"Pango is there (WeasyPrint {weasyprint.__version__}).")


def font_diagnosis() -> Diagnosis:
    """Letters and screens are set in Inter; its files come with the program."""
    packaged = sorted(ROOT.glob("portal/shell/static/fonts/inter-*.woff2"))
    packaged += sorted(ROOT.glob("cases/letters/**/*.[tw]*f*"))
    if packaged:
        return Diagnosis(True, f"The font Inter comes with the program ({len(packaged)} files).")
    listed = shutil.which("fc-list")
    if (
        listed
        and "Inter"
        in subprocess.run(
            [listed, ":", "family"], capture_output=True, text=True, check=False
        ).stdout
    ):
        return Diagnosis(True, "The font Inter is installed.")
    return Diagnosis(False, "The font Inter is missing.", "apt-get install fonts-inter")


def folder_diagnosis(var_folder: Path) -> Diagnosis:
    """Files are kept below var: it must take them."""
    nearest = next(place for place in (var_folder, *var_folder.parents) if place.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        return Diagnosis(
            False,
            f"{var_folder} cannot be written.",
            "give the folder to the user who runs Recoup (chown), or name another (RECOUP_VAR)",
        )
    free = shutil.disk_usage(nearest).free
    if free < LEAST_FREE_BYTES:
        return Diagnosis(
            False,
            f"Only {free // 1024**2} MB are free where {var_folder} lies.",
            "make room: uploads and letters are kept there and must not be lost",
        )
    return Diagnosis(True, f"{var_folder} can be written, {free // 1024**3} GB are free.")


def rate_diagnoses(today: date, entered: Sequence[BaseRate] = ()) -> Iterator[Diagnosis]:
    """Interest needs the base rate of this half-year, ours or one that the house entered."""
    from legal.de.base_rates import base_rates

    known_until = base_rates().with_rows(entered).known_until
    if known_until >= today:
        yield Diagnosis(True, f"Base rates (BGB § 247) are known until {known_until}.")
    else:
        yield Diagnosis(
            False,
            f"Base rates (BGB § 247) are known until {known_until} only; interest after that"
            " is computed with the last known rate.",
            "an administrator enters the new half-year with its source under Rates"
            " (Bundesbank announcement of 1 January or 1 July), or a newer release brings it",
        )


def entered_rates(url: str) -> list[BaseRate]:
    """The rates of the house's own; none while the database cannot tell.

    That it does not answer, or has no tables yet, is told by its own diagnosis.
    """
    query = (
        "SELECT valid_from, valid_to, rate_percent, source FROM law_rates"
        " WHERE jurisdiction = 'de' ORDER BY id"
    )
    try:
        with psycopg.connect(plain_url(url), connect_timeout=WAIT_SECONDS) as connection:
            return [
                BaseRate(first, last, percent, source, "house")
                for first, last, percent, source in connection.execute(query)
            ]
    except psycopg.Error:
        return []


def secret_diagnosis(settings: Settings) -> Diagnosis:
    """The key that signs cookies must stay secret."""
    path = settings.var_folder / "secret"
    if settings.embedded and path.exists() and path.stat().st_mode & 0o077:
        return Diagnosis(False, f"{path} can be read by others.", f"chmod 600 {path}")
    return Diagnosis(True, "The secret key is set.")


def proxy_diagnoses(settings: Settings) -> Iterator[Diagnosis]:
    """Whether visitors can be told apart, and the house's own address from others."""
    if settings.base_url.startswith("https://") and not settings.trusted_proxies:
        yield Diagnosis(
            False,
            "BASE_URL is https, which a proxy speaks, but TRUSTED_PROXIES is 0: all visitors have"
            " the proxy's address, and wrong passwords of one make the others wait.",
            "let the proxy set X-Forwarded-For and -Proto, and set TRUSTED_PROXIES to their number",
        )
    if not settings.embedded and not settings.hosts:
        yield Diagnosis(
            False,
            "The web side answers to any host name.",
            "set BASE_URL (or HOSTS) to the address that people see",
        )


def redis_diagnosis(url: str) -> Diagnosis:
    """Redis wakes the workers up."""
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=WAIT_SECONDS, socket_timeout=WAIT_SECONDS
        ) as client:
            version = client.info("server")["redis_version"]
    except (redis.RedisError, OSError):
        return Diagnosis(
            False,
            "Redis does not answer: work is still done, but up to half a minute later.",
            "start it (embedded: `make run`), or correct REDIS_URL",
        )
    return Diagnosis(True, f"Redis answers (version {version}).")


def database_diagnoses(settings: Settings) -> Iterator[Diagnosis]:
    """The database, its roles and its schema."""
    addresses = {"DATABASE_URL": settings.database_url}
    addresses["PORTAL_DATABASE_URL"] = settings.portal_database_url
    reached = True
    for variable, url in addresses.items():
        diagnosis = runtime_role_diagnosis(variable, url, role_state)
        reached = reached and diagnosis.good
        yield diagnosis
    if settings.migration_database_url:
        yield owner_role_diagnosis(settings.migration_database_url)
    if reached:
        yield schema_diagnosis(settings.migration_database_url or settings.database_url)


def runtime_role_diagnosis(variable: str, url: str, ask: Callable[[str], RoleState]) -> Diagnosis:
    """A role that the running program uses must not be able to pass its walls."""
    try:
        state = ask(url)
    except psycopg.Error as error:
        return unreachable(variable, url, error)
    powers = [
        word
        for word, held in (
            ("is a superuser", state.superuser),
            ("passes row-level security", state.passes_row_security),
            ("owns tables", state.owns_tables),
        )
        if held
    ]
    if powers:
        return Diagnosis(
            False,
            f"The role {state.name} ({variable}) {' and '.join(powers)}:"
            " the wall between creditors does not hold.",
            "run `recoup db init`, and let the variable name a role that it has made",
        )
    return Diagnosis(True, f"The database answers as {state.name}, which holds no other power.")


def owner_role_diagnosis(url: str) -> Diagnosis:
    """Migrations run as the owner of the tables, who is no superuser either."""
    try:
        state = role_state(url)
    except psycopg.Error as error:
        return unreachable("MIGRATION_DATABASE_URL", url, error)
    if state.superuser:
        return Diagnosis(
            False,
            f"Migrations run as {state.name}, a superuser.",
            "run `recoup db init` and let MIGRATION_DATABASE_URL name recoup_owner",
        )
    return Diagnosis(True, f"Migrations run as {state.name}.")


def schema_diagnosis(url: str) -> Diagnosis:
    """The schema must be the one that this program was written for."""
    wanted = migrating.head_revision()
    try:
        found = migrating.current_revision(url)
    except psycopg.errors.InsufficientPrivilege:
        return Diagnosis(
            False,
            "Whether the schema is up to date could not be seen with this role.",
            "let MIGRATION_DATABASE_URL name recoup_owner and ask again",
        )
    if found != wanted:
        return Diagnosis(
            False,
            f"The schema is at {found or 'its beginning'}, the program needs {wanted}.",
            "run `recoup db migrate`",
        )
    return Diagnosis(True, f"The schema is up to date ({found}).")


def unreachable(variable: str, url: str, error: psycopg.Error) -> Diagnosis:
    """The database did not let us in; the password is not repeated."""
    address = make_url(url)
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Diagnosis(
        False,
        f"The database {address.database} does not let {address.username} in: {reason}",
        f"start it (embedded: `make run`), run `recoup db init`, or correct {variable}",
    )
