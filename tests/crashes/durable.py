"""A server that keeps what it has acknowledged, and an application on it; killed at will."""

import os
import signal
import time
from pathlib import Path

import psycopg

from agency.app import create_app
from agency.running import migrating
from agency.running.database_roles import APP, OWNER, PORTAL, init_database, plain_url
from agency.running.embedded import database_environment
from agency.running.embedded_postgres import EmbeddedPostgres
from agency.settings import Settings

DATABASE = "recoup"


def durable_server(folder: Path) -> EmbeddedPostgres:
    """A server as a house runs it: what it acknowledges is on the disk."""
    server = EmbeddedPostgres(folder)
    server.start()
    addresses = {role: server.url(role, DATABASE) for role in (OWNER, APP, PORTAL)}
    init_database(server.url(), addresses)
    migrating.migrate(addresses[OWNER])
    return server


def application(server: EmbeddedPostgres, folder: Path, **more: str):
    """The application on such a server."""
    environment = {
        **database_environment(server, DATABASE),
        "REDIS_URL": "unix:///nonexistent/redis.sock",
        "RECOUP_VAR": str(folder),
        **more,
    }
    return create_app(Settings.from_environment(environment))


def postmaster(server: EmbeddedPostgres) -> int:
    """The number of the server's first process."""
    return int((server.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])


def kill_server(server: EmbeddedPostgres) -> None:
    """End the server as a power cut would, and wait until nothing of it is left."""
    number = postmaster(server)
    children = list_children(number)
    os.kill(number, signal.SIGKILL)
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    while any(is_there(each) for each in (number, *children)):
        time.sleep(0.01)


def list_children(number: int) -> list[int]:
    """The processes that a process has started."""
    return [
        int(child)
        for task in Path(f"/proc/{number}/task").glob("*/children")
        for child in task.read_text(encoding="ascii").split()
    ]


def is_there(number: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state[0] not in "ZX"


def wait_for_server(server: EmbeddedPostgres) -> None:
    """Start it again, as `recoup up` does when it finds that it has died."""
    until = time.monotonic() + 60
    while True:
        try:
            server.start()
            with psycopg.connect(plain_url(server.url(database=DATABASE)), connect_timeout=5):
                return
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
