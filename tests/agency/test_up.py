"""`recoup up` for real: start, answer, survive, stop, start again, with the same data."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import psutil
import psycopg
import pytest

from agency.cli.up import demand_free_port
from agency.running.database_roles import plain_url
from agency.running.embedded import running_environment
from agency.settings import BadSetting
from tests.infrastructure.live import free_port

PATIENCE_SECONDS = 90


class Started:
    """One `recoup up` with what it prints."""

    def __init__(self, var_folder, port, *options):
        given = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "PORTAL_DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
        }
        given |= {"RECOUP_VAR": str(var_folder), "PORT": str(port), "WEB_WORKERS": "1"}
        self.url = f"http://127.0.0.1:{port}"
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "agency.cli", "up", *options],
            env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def output(self):
        return "".join(self.lines)

    def wait_until(self, condition):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if condition():
                return
            assert self.process.poll() is None, self.output
            time.sleep(0.1)
        pytest.fail(self.output)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def children(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE_SECONDS)
        self.process.stdout.close()
        return code


@pytest.fixture
def start(tmp_path_factory):
    var_folder = tmp_path_factory.mktemp("up")
    running = []

    def begin(*options, port=None, folder=var_folder):
        running.append(Started(folder, port or free_port(), *options))
        return running[-1]

    begin.var_folder = var_folder
    yield begin
    for started in running:
        started.stop()


def of_folder(folder):
    """Processes that still work on a folder: their command or environment names it."""
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and str(folder) in " ".join(process.info["cmdline"] or [])
    ]


def wait_until_alone(folder):
    """PostgreSQL removes its lock a moment before its process has ended."""
    until = time.monotonic() + 10
    while left := of_folder(folder):
        assert time.monotonic() < until, left
        time.sleep(0.1)


def test_it_starts_recovers_stops_and_keeps_its_data(start):
    first = start("--no-demo")
    first.wait_until(lambda: f"Recoup is ready: {first.url}" in first.output)
    assert first.answers()  # "Ready" is no promise but a fact.
    first.wait_until(lambda: "worker is ready" in first.output)
    first.wait_until(lambda: "scheduler is ready" in first.output)

    addresses = running_environment(start.var_folder)
    admin_url = plain_url(addresses["ADMIN_DATABASE_URL"])
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE kept")

    children = [" ".join(child.cmdline()) for child in first.children()]
    for child in first.children():
        if "worker" in child.cmdline()[-1]:
            assert "ADMIN_DATABASE_URL" not in child.environ()
            assert "MIGRATION_DATABASE_URL" not in child.environ()
            child.kill()
    assert any("gunicorn" in child for child in children)
    first.wait_until(lambda: first.output.count("worker is ready") == 2)

    assert first.stop() == 0, first.output
    assert "Stopped." in first.output
    assert "Traceback" not in first.output
    wait_until_alone(start.var_folder)

    began = time.monotonic()
    second = start("--no-demo")
    second.wait_until(second.answers)
    assert time.monotonic() - began < 30  # Seconds, on a busy machine.
    with psycopg.connect(admin_url) as connection:
        kept = connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'kept'")
        assert kept.fetchone() == (1,)
    assert second.stop(signal.SIGINT) == 0, second.output
    wait_until_alone(start.var_folder)


@pytest.mark.deep
def test_a_start_that_was_killed_leaves_nothing_in_the_way(start):
    port = free_port()
    killed = start("--no-demo", port=port)
    killed.wait_until(killed.answers)
    killed.stop(signal.SIGKILL)
    until = time.monotonic() + 20
    while any("gunicorn" in " ".join(line) for line in of_port(port)):
        assert time.monotonic() < until, "web is left behind"
        time.sleep(0.1)
    again = start("--no-demo", port=port)
    again.wait_until(again.answers)
    assert again.stop() == 0, again.output
    wait_until_alone(start.var_folder)


def of_port(port):
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and f"127.0.0.1:{port}" in (process.info["cmdline"] or [])
    ]


def test_a_second_start_on_the_same_folder_is_refused(start):
    (start.var_folder / "run").mkdir()
    with (start.var_folder / "run" / "up.lock").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = start()
        assert refused.process.wait(PATIENCE_SECONDS) == 1
    time.sleep(0.1)
    assert re.search(r"Another `recoup up` \(process 4711\) works in", refused.output)
    assert "Traceback" not in refused.output


def test_a_port_that_is_taken_is_named_with_a_remedy():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadSetting, match=f"PORT {port} on 127.0.0.1 cannot be used"):
            demand_free_port("127.0.0.1", port)
