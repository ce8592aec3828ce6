"""Settings: what an installation decides, read from the environment once when a process starts."""
# ruff: noqa: RUF009 (`setting` returns a dataclass field, which ruff cannot see)

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, datetime, time
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from cases.contacts.hours import CallingHours

REQUIRED = object()  # Marks a setting without a default.
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LONGEST_SECONDS = 24 * 60 * 60
SECRET_LENGTH = 32  # Shorter keys can be guessed offline from one signed cookie.


class BadSetting(Exception):
    """A setting is missing or cannot be used; the message names the variable and the remedy."""


def setting(variable: str, parse: Callable[[str], Any], default: Any, meaning: str) -> Any:
    """Declare a setting: its environment variable, how it is read, its default and its meaning."""
    return field(
        metadata={"variable": variable, "parse": parse, "default": default, "meaning": meaning}
    )


def text(value: str) -> str:
    return value


def host_names(value: str) -> tuple[str, ...]:
    """Names without ports, in lower case."""
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    if any("/" in name or " " in name for name in names):
        raise ValueError("must be host names such as recoup.example, with commas between them")
    return names


def number(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two others, both allowed."""

    def parse(value: str) -> int:
        try:
            result = int(value)
        except ValueError:
            raise ValueError("must be a whole number") from None
        if not least <= result <= most:
            raise ValueError(f"must be between {least} and {most}")
        return result

    return parse


def seconds(value: str) -> float:
    try:
        result = float(value)
    except ValueError:
        raise ValueError("must be a number of seconds") from None
    if not 0 < result <= LONGEST_SECONDS:
        raise ValueError(f"must be more than 0 and at most {LONGEST_SECONDS}")
    return result


def switch(value: str) -> bool:
    """On or off, in the spellings people use."""
    meanings = dict.fromkeys(("1", "true", "yes", "on"), True)
    meanings |= dict.fromkeys(("0", "false", "no", "off"), False)
    try:
        return meanings[value.lower()]
    except KeyError:
        raise ValueError("must be 1 (on) or 0 (off)") from None


def postgres_url(value: str) -> str:
    """The address of a PostgreSQL database, with the driver that we use."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError("is not an address like postgresql://user:password@host/name") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise ValueError("must begin with postgresql://, the only database Recoup works with")
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def redis_url(value: str) -> str:
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return value


def web_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address like https://recoup.example.com")
    return value.rstrip("/")


def time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a time zone like Europe/Berlin") from None
    return value


def moment(value: str) -> datetime:
    try:
        result = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("must be a moment like 2026-11-23T12:00:00+01:00") from None
    return result.astimezone(UTC) if result.tzinfo else result.replace(tzinfo=UTC)


def log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def calling_hours(value: str) -> CallingHours:
    """Hours such as 08:00-20:00."""
    try:
        return CallingHours.parse(value, saturdays=False)
    except ValueError:
        raise ValueError("must be two times of day like 08:00-20:00") from None


def folder(value: str) -> Path:
    return Path(value).expanduser().resolve()


def public_keys(value: str) -> tuple[str, ...]:
    keys = tuple(each.strip() for each in value.split(",") if each.strip())
    if not all(key.startswith("age1") for key in keys):
        raise ValueError("must be one or more public keys (age1...), with commas between")
    return keys


def time_of_day(value: str) -> time:
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ValueError("must be a time of day like 02:00") from None


def mail_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ValueError("must be an address like smtp://user:password@mail.example.com:587")
    return value


def mailbox_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"imap", "imaps", "imap+plain"} or not (
        parts.hostname and parts.username
    ):
        raise ValueError("must be an address like imaps://user:password@mail.example.com/INBOX")
    return value


def mail_sender(value: str) -> str:
    address = parseaddr(value)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        raise ValueError("must be a sender like Muster Inkasso <post@inkasso.example>")
    return value


def secret(value: str) -> str:
    if len(value) < SECRET_LENGTH:
        raise ValueError(f"must have at least {SECRET_LENGTH} characters")
    return value


@dataclass(frozen=True)
class Settings:
    """What an installation decides. docs/operations.md lists every one (a test compares)."""

    database_url: str = setting(
        "DATABASE_URL", postgres_url, REQUIRED, "Database as recoup_app: staff screens and workers"
    )
    portal_database_url: str = setting(
        "PORTAL_DATABASE_URL", postgres_url, REQUIRED, "The same database as recoup_portal"
    )
    migration_database_url: str | None = setting(
        "MIGRATION_DATABASE_URL", postgres_url, None, "As recoup_owner: only migrations use it"
    )
    admin_database_url: str | None = setting(
        "ADMIN_DATABASE_URL", postgres_url, None, "As a superuser: only `recoup db init` uses it"
    )
    redis_url: str = setting("REDIS_URL", redis_url, REQUIRED, "Redis or Valkey: wakes the workers")
    secret_key: str = setting(
        "SECRET_KEY", secret, None, "Signs cookies and forms; embedded: made in var/secret"
    )
    var_folder: Path = setting(
        "RECOUP_VAR", folder, "./var", "Folder for files, and for the embedded servers' data"
    )
    audit_heads: Path | None = setting(
        "AUDIT_HEADS", folder, None,
        "File that the audit trail's heads are noted in every night; default: in RECOUP_VAR."
        " Best on another disk",
    )  # fmt: skip
    embedded: bool = setting(
        "RECOUP_EMBEDDED", switch, "0", "Set by `recoup up` when it has started PostgreSQL itself"
    )
    time_zone: str = setting(
        "TIME_ZONE", time_zone, "Europe/Berlin", "Legal days begin and end in this time zone"
    )
    host: str = setting("HOST", text, "127.0.0.1", "Address that the web server listens on")
    port: int = setting("PORT", number(1, 65535), "5000", "Port that the web server listens on")
    base_url: str = setting("BASE_URL", web_url, None, "Address that people see in their browser")
    hosts: tuple[str, ...] = setting(
        "HOSTS", host_names, None,
        "Host names the web side answers to, with commas; default: that of BASE_URL",
    )  # fmt: skip
    requests_per_minute: int = setting(
        "REQUESTS_PER_MINUTE", number(0, 100_000), "600",
        "Requests of one visit, or of one address without one; more are told to wait; 0: no limit",
    )  # fmt: skip
    documents_per_minute: int = setting(
        "DOCUMENTS_PER_MINUTE", number(0, 100_000), "60",
        "The same for documents and files that are made for the request",
    )  # fmt: skip
    trusted_proxies: int = setting(
        "TRUSTED_PROXIES", number(0, 5), "0", "How many proxies in front set X-Forwarded headers"
    )
    secure_cookies: bool = setting(
        "SECURE_COOKIES", switch, None, "Cookies by HTTPS only; default: when BASE_URL is https"
    )
    lease_seconds: float = setting(
        "LEASE_SECONDS", seconds, "60", "How long a worker may be silent before another takes over"
    )
    sweep_seconds: float = setting(
        "SWEEP_SECONDS", seconds, "30", "How often forgotten work is looked for"
    )
    call_hours: CallingHours = setting(
        "CALL_HOURS", calling_hours, "08:00-20:00", "When debtors may be called, on working days"
    )
    call_on_saturdays: bool = setting(
        "CALL_ON_SATURDAYS", switch, "0", "Whether debtors may be called on Saturdays, too"
    )
    session_idle_hours: int = setting(
        "SESSION_IDLE_HOURS", number(1, 720), "2", "A login ends after this time without a click"
    )
    session_absolute_hours: int = setting(
        "SESSION_ABSOLUTE_HOURS", number(1, 720), "12", "A login ends after this time in any case"
    )
    web_workers: int = setting("WEB_WORKERS", number(1, 64), "2", "Web processes per machine")
    web_threads: int = setting("WEB_THREADS", number(1, 64), "4", "Threads per web process")
    reader_seconds: int = setting(
        "READER_SECONDS", number(1, 86_400), "300", "Processor time that one upload may take"
    )
    reader_memory_mb: int = setting(
        "READER_MEMORY_MB", number(64, 1_048_576), "2048", "Memory that reading uploads may take"
    )
    log_level: str = setting("LOG_LEVEL", log_level, "INFO", "DEBUG, INFO, WARNING or ERROR")
    files_bucket: str | None = setting(
        "FILES_BUCKET", text, None, "Bucket of a store that speaks S3; none: files/ below var"
    )
    files_endpoint: str | None = setting(
        "FILES_ENDPOINT", web_url, None, "Address of that store; none: Amazon's own"
    )
    files_region: str = setting("FILES_REGION", text, "eu-central-1", "Region of that store")
    files_key_id: str | None = setting("FILES_KEY_ID", text, None, "Its access key")
    files_secret: str | None = setting("FILES_SECRET", text, None, "Its secret key")
    backup_folder: Path | None = setting(
        "BACKUP_FOLDER", folder, None, "Where sealed backups go: another disk, another machine"
    )
    backup_keys: tuple[str, ...] = setting(
        "BACKUP_KEYS", public_keys, "", "Public keys that backups are sealed with, by commas"
    )
    backup_key_file: Path | None = setting(
        "BACKUP_KEY_FILE", folder, None, "A private key, for drills and restores only"
    )
    backup_database_url: str | None = setting(
        "BACKUP_DATABASE_URL", postgres_url, None, "The same database as recoup_backup"
    )
    backup_at: time = setting("BACKUP_AT", time_of_day, "02:00", "When the nightly backup begins")
    backup_keep_days: int = setting(
        "BACKUP_KEEP_DAYS", number(1, 3650), "35", "How long a backup is kept"
    )
    smtp_url: str | None = setting(
        "SMTP_URL", mail_url, None,
        "Mail server: smtp:// with STARTTLS (587), smtps:// with TLS (465), smtp+plain:// without",
    )  # fmt: skip
    mail_from: str | None = setting(
        "MAIL_FROM", mail_sender, None, "Sender of mails: `Name <address>`; needed with SMTP_URL"
    )
    mailbox_url: str | None = setting(
        "MAILBOX_URL", mailbox_url, None,
        "Mailbox that answers come to: imaps:// with TLS (993), imap:// with STARTTLS (143), "
        "imap+plain:// without; the path is its folder",
    )  # fmt: skip
    metrics_token: str | None = setting(
        "METRICS_TOKEN", secret, None, "Who names it may read /metrics and /readyz; none: nobody"
    )
    test_mode: bool = setting(
        "RECOUP_TEST",
        switch,
        "0",
        "Test mode: RECOUP_NOW counts, passwords are hashed cheaply; never in production",
    )
    now: datetime | None = setting(
        "RECOUP_NOW", moment, None, "The moment it is, in test mode only"
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every setting, or raise BadSetting with a sentence that names the variable."""
        values = {declared.name: _read(declared, environ) for declared in fields(cls)}
        # A house that has not said where it stands (a laptop) is found under any name.
        if values["hosts"] is None:
            values["hosts"] = host_names(urlsplit(values["base_url"] or "").hostname or "")
        values["base_url"] = values["base_url"] or f"http://{values['host']}:{values['port']}"
        if values["secure_cookies"] is None:
            values["secure_cookies"] = values["base_url"].startswith("https://")
        if values["secret_key"] is None:
            values["secret_key"] = _kept_secret(values["var_folder"], values["embedded"])
        if values["smtp_url"] and not values["mail_from"]:
            raise BadSetting("MAIL_FROM is missing: with SMTP_URL, mails need a sender.")
        if not values["test_mode"]:
            values["now"] = None
        return cls(**values)


def read_setting(name: str, environ: Mapping[str, str]) -> Any:
    """Read one setting by the name of its field, before all of them are known."""
    return _read(next(declared for declared in fields(Settings) if declared.name == name), environ)


def check_given(environ: Mapping[str, str]) -> None:
    """Read what is given, before anything is started that would have to be stopped again.

    Raises:
        BadSetting: with a sentence that names the variable.
    """
    for declared in fields(Settings):
        if environ.get(declared.metadata["variable"], "").strip():
            _read(declared, environ)


def _read(declared: Field[Any], environ: Mapping[str, str]) -> Any:
    variable = declared.metadata["variable"]
    value = environ.get(variable, "").strip() or declared.metadata["default"]
    if value is REQUIRED:
        raise BadSetting(f"{variable} is missing: {declared.metadata['meaning']}.")
    if value is None:
        return None
    try:
        return declared.metadata["parse"](value)
    except ValueError as error:
        # Addresses and keys hold passwords, so the value itself is not repeated.
        raise BadSetting(f"{variable} {error}.") from error


def _kept_secret(var_folder: Path, embedded: bool) -> str:
    """The key of the embedded set-up, made once and readable by its owner only."""
    if not embedded:
        raise BadSetting("SECRET_KEY is missing: in production it must be given, the same to all.")
    path = var_folder / "secret"
    if not path.exists():
        var_folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.new")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, path)  # Several processes may start at once: the first key stays.
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
