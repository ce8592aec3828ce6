"""The platform as real processes: gunicorn and a worker on a database of the test's own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agency.cli.up import web_command
from agency.running.embedded_redis import EmbeddedRedis
from agency.settings import Settings
from tests.infrastructure.clones import Clone

START_SECONDS, STOP_SECONDS = 60, 20
WORKER = [sys.executable, "-m", "agency.cli", "worker"]
SCHEDULER = [sys.executable, "-m", "agency.cli", "scheduler"]


@dataclass
class LiveServer:
    """Running processes; their output goes to one file."""

    environment: dict[str, str]
    database: Clone
    redis: EmbeddedRedis
    log: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the screens are."""
        return f"http://{self.environment['HOST']}:{self.environment['PORT']}"

    def start(self, name: str, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        """Start one more process, by a name of its own."""
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                command, env={**os.environ, **self.environment, **more},
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.processes[name] = process
        return process

    def start_web(self) -> None:
        """Start gunicorn and wait until it answers."""
        self.start("web", web_command(Settings.from_environment(self.environment)))
        self.wait_for("/healthz")

    def start_worker(self, name: str = "worker") -> subprocess.Popen[bytes]:
        """Start a worker; it takes about two seconds until it works."""
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


@pytest.fixture
def live_server(
    request: pytest.FixtureRequest,
    fresh_database: Clone,
    redis_server: EmbeddedRedis,
    tmp_path: Path,
) -> Iterator[LiveServer]:
    """Web and worker as real processes.

    Variables of a test's own: `@pytest.mark.parametrize("live_server", [{"RECOUP_NOW": "..."}],
    indirect=True)`.
    """
    environment = fresh_database.process_environment(
        tmp_path / "var",
        REDIS_URL=redis_server.url,
        HOST="127.0.0.1",
        PORT=str(free_port()),
        WEB_WORKERS="1",
        **getattr(request, "param", {}),
    )
    live = LiveServer(environment, fresh_database, redis_server, tmp_path / "live.log")
    try:
        live.start_worker()
        live.start_web()
        yield live
    finally:
        live.stop()


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
