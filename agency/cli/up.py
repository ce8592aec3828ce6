"""`recoup up`: the whole platform in one terminal, on its own servers unless others are named."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from agency.settings import BadSetting, Settings, check_given, read_setting

#: Children do not get the address of a superuser or of the owner of the tables; only the one
#: that takes backups gets what backups are taken and opened with.
KEPT_FROM_CHILDREN = (
    "ADMIN_DATABASE_URL", "MIGRATION_DATABASE_URL", "BACKUP_DATABASE_URL", "BACKUP_KEY_FILE",
)  # fmt: skip
SERVER_CHECK_SECONDS = 5.0


@click.command()
@click.option("--demo/--no-demo", default=None, help="Load demo data (default: embedded only).")
def command(demo: bool | None) -> None:
    """Start web, worker and scheduler; Ctrl-C stops everything."""
    from agency.running.embedded_postgres import ServerFailed

    # SIGTERM during the preparations ends them in order; later the supervisor takes over.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        check_given(os.environ)
        var_folder: Path = read_setting("var_folder", os.environ)
        host, port = read_setting("host", os.environ), read_setting("port", os.environ)
        with only_one(var_folder):
            demand_free_port(host, port)
            run(var_folder, demo)
    except (BadSetting, ServerFailed) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("Stopped before the start was complete.")


def run(var_folder: Path, demo: bool | None) -> None:
    """Start servers, prepare the database, and look after the processes until the end."""
    from agency.running.embedded import start_servers
    from agency.running.supervisor import Duty, Supervisor

    say("Starting the servers ...")
    servers = start_servers(var_folder, os.environ)
    try:
        # Everything handed in lies there: nobody else on the machine may look inside.
        (var_folder / "files").mkdir(mode=0o700, exist_ok=True)
        environ = {**os.environ, "RECOUP_VAR": str(var_folder), **servers.environment}
        settings = Settings.from_environment(environ)
        prepare_database(settings)
        wanted = settings.embedded if demo is None else demo
        logins = load_demo(settings, environ, wanted=wanted)
        duties = [
            Duty(servers.ensure_running, every_seconds=SERVER_CHECK_SECONDS),
            Duty(lambda: announce_when_ready(settings, logins, duties), every_seconds=0.2),
        ]
        supervisor = Supervisor(children(settings, environ), duties)
        signal.signal(signal.SIGTERM, supervisor.stop)
        signal.signal(signal.SIGINT, supervisor.stop)
        supervisor.run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # A second Ctrl-C must not leave servers.
        say("Stopping ...")
        servers.stop()
        say("Stopped. Your data is kept in " + str(var_folder) + ".")


def prepare_database(settings: Settings) -> None:
    """Roles, database and schema; all of it may be repeated."""
    from agency.running import migrating
    from agency.running.database_roles import APP, BACKUP, OWNER, PORTAL, init_database

    owner_url = settings.migration_database_url
    if owner_url is None:
        raise BadSetting("MIGRATION_DATABASE_URL is missing: `recoup up` migrates at the start.")
    if settings.admin_database_url:
        addresses = {APP: settings.database_url, PORTAL: settings.portal_database_url}
        if settings.backup_database_url:
            addresses[BACKUP] = settings.backup_database_url
        init_database(settings.admin_database_url, addresses | {OWNER: owner_url})
    if migrating.current_revision(owner_url) != migrating.head_revision():
        say("Migrating the database ...")
        migrating.migrate(owner_url)


def load_demo(settings: Settings, environ: Mapping[str, str], *, wanted: bool) -> Mapping[str, str]:
    """Load the demo data if nobody is there yet; the answer is login -> password.

    A process of its own loads it: this one only looks after others, for days.
    """
    if not wanted or find_spec("agency.demo") is None:
        return {}
    from agency.demo_logins import known_logins

    logins = known_logins(settings.database_url)
    if logins is None:
        say("Loading the demo data, two years of an invented agency: once, some minutes ...")
        loading = [sys.executable, "-m", "agency.demo"]
        if subprocess.run(loading, env=dict(environ), check=False).returncode:
            raise BadSetting(
                "The demo data could not be loaded (see above); --no-demo starts without."
            )
        logins = known_logins(settings.database_url)
    return logins or {}


def children(settings: Settings, environ: Mapping[str, str]) -> list[Any]:
    """The processes of the platform."""
    from agency.running.supervisor import Child

    given = {name: environ[name] for name in environ if name not in KEPT_FROM_CHILDREN}
    given |= {"PYTHONUNBUFFERED": "1"}
    recoup = [sys.executable, "-m", "agency.cli"]
    wanted = [
        Child("web", web_command(settings), given),
        Child("worker", [*recoup, "worker"], given),
        Child("scheduler", [*recoup, "scheduler"], given),
    ]
    if settings.backup_folder and settings.backup_database_url:
        named = ("BACKUP_DATABASE_URL", "BACKUP_KEY_FILE")
        address = {name: environ[name] for name in named if name in environ}
        wanted.append(Child("backup", [*recoup, "backup", "serve"], given | address))
    return wanted


def web_command(settings: Settings) -> list[str]:
    """gunicorn with threads; its heartbeat files lie in memory where there is such a place."""
    memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
    return [
        sys.executable, "-m", "gunicorn", "agency.wsgi:app",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.web_workers), "--worker-class", "gthread",
        "--threads", str(settings.web_threads), "--timeout", "120", "--graceful-timeout", "10",
        # Loaded once and shared. A proxy in front keeps connections for up to 60 seconds.
        "--preload", "--keep-alive", "75",
        "--log-level", "warning", "--forwarded-allow-ips", "127.0.0.1", "--no-control-socket",
        *memory,
    ]  # fmt: skip


def announce_when_ready(settings: Settings, logins: Mapping[str, str], duties: list[Any]) -> None:
    """Once the web answers, say what a newcomer needs to know; then there is nothing more to do."""
    if not answers(settings.host, settings.port):
        return
    say("")
    say(f"Recoup is ready: {settings.base_url}")
    for login, password in logins.items():
        say(f"  sign in as {login}  with  {password}")
    say("Ctrl-C stops everything and keeps the data.")
    say("")
    duties.pop()


def answers(host: str, port: int) -> bool:
    """Whether the web side can do its work: an open port alone is no answer."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def only_one(var_folder: Path) -> Iterator[None]:
    """Refuse a second start on the same folder; the lock goes with the process."""
    try:
        (var_folder / "run").mkdir(parents=True, exist_ok=True)
        lock = (var_folder / "run" / "up.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise BadSetting(f"RECOUP_VAR: {var_folder} cannot be written ({error}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise BadSetting(
                f"Another `recoup up` (process {lock.read().strip()}) works in {var_folder}."
                " Stop it first, or name another folder with RECOUP_VAR and another PORT."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def demand_free_port(host: str, port: int) -> None:
    """Say now what gunicorn would say again and again."""
    with socket.socket(address_family(host), socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise BadSetting(
                f"PORT {port} on {host} cannot be used ({error.strerror})."
                f" Name another one, for example: PORT={port + 1} make run"
            ) from error


def address_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def say(sentence: str) -> None:
    """One line at once, even when the output goes into a file."""
    click.echo(sentence)
    sys.stdout.flush()
