"""The platform as real processes: gunicorn and a worker on a database of the test's own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from agency.cli.up import web_command
from agency.running.embedded_postgres import EmbeddedPostgres
from agency.running.embedded_redis import EmbeddedRedis
from agency.settings import Settings
from tests.infrastructure import nursery
from tests.infrastructure.clones import Clone, fresh_clone
from tests.infrastructure.databases import application_on
from tests.infrastructure.nursery import Born

if TYPE_CHECKING:
    from flask import Flask

START_SECONDS, STOP_SECONDS = 180, 20
WORKER = [sys.executable, "-m", "agency.cli", "worker"]
SCHEDULER = [sys.executable, "-m", "agency.cli", "scheduler"]


@dataclass
class LiveServer:
    """Running processes; their output goes to one file."""

    environment: dict[str, str]
    database: Clone
    redis: EmbeddedRedis
    log: Path
    processes: dict[str, Born] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the screens are."""
        return f"http://{self.environment['HOST']}:{self.environment['PORT']}"

    @contextmanager
    def inside(self, **more: str) -> Iterator[Flask]:
        """The application on the same database and folder, to make what a story needs."""
        settings = Settings.from_environment({**self.environment, **more})
        with application_on(settings) as app, app.app_context():
            yield app

    def start(self, name: str, command: list[str], **more: str) -> Born:
        """Start one more process, by a name of its own."""
        environment = {**os.environ, **self.environment, **more}
        self.processes[name] = nursery.bear(command, environment, self.log)
        return self.processes[name]

    def start_web(self) -> None:
        """Start gunicorn and wait until it answers."""
        self.start("web", web_command(Settings.from_environment(self.environment)))
        self.wait_for("/healthz")

    def start_worker(self, name: str = "worker") -> Born:
        """Start a worker; it works after half a second."""
        return self.start(name, WORKER)

    def kill(self, name: str) -> None:
        """End a process at once, wherever it is (SIGKILL)."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all processes in order."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait_for(self, path: str) -> None:
        """Wait until a page answers, or fail with the output so far."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.processes["web"].poll() is None:
            try:
                with urllib.request.urlopen(self.url + path, timeout=5):
                    return
            except urllib.error.HTTPError as error:
                error.close()
            except OSError:
                pass
            time.sleep(0.1)
        pytest.fail(f"{path} does not answer:\n{self.log.read_text(errors='replace')}")


@contextmanager
def running_platform(postgres: EmbeddedPostgres, folder: Path, **more: str) -> Iterator[LiveServer]:
    """Web and worker on a database and a Redis of their own; `more` are environment variables."""
    with fresh_clone(postgres) as clone, TemporaryDirectory(prefix="recoup-redis-") as place:
        redis = EmbeddedRedis(Path(place))
        given = {
            "REDIS_URL": redis.url,
            "HOST": "127.0.0.1",
            "PORT": str(free_port()),
            "WEB_WORKERS": "1",
            **more,
        }
        environment = clone.process_environment(folder / "var", **given)
        live = LiveServer(environment, clone, redis, folder / "live.log")
        try:
            redis.start()
            live.start_worker()
            live.start_web()
            yield live
        finally:
            live.stop()
            redis.stop()


@pytest.fixture
def live_server(
    request: pytest.FixtureRequest, postgres: EmbeddedPostgres, tmp_path: Path
) -> Iterator[LiveServer]:
    """Web and worker as real processes, for one test.

    Variables of a test's own: `@pytest.mark.parametrize("live_server", [{"RECOUP_NOW": "..."}],
    indirect=True)`.
    """
    with running_platform(postgres, tmp_path, **getattr(request, "param", {})) as live:
        yield live


@pytest.fixture(scope="module")
def shared_server(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The same for all tests of a file, which do not stand in each other's way."""
    with running_platform(postgres, tmp_path_factory.mktemp("shared")) as live:
        yield live


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
