"""Where the processes of tests are born: one loads the program, the others begin as copies of it.

A process costs two seconds until it has imported everything. Here it costs as long as a fork; what
is born has its own environment, files and signals, and is killed and waited for like any other.
"""

import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOOK_AGAIN_SECONDS = 0.02


@dataclass
class Born:
    """A process, with the part of `subprocess.Popen` that tests use."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """The code it has ended with, if it has."""
        if self.returncode is None:
            self.returncode = ask({"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float = 60) -> int:
        """Wait for its end."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(LOOK_AGAIN_SECONDS)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def bear(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Born:
    """Start `python -m module ...` or `-c program`; its output goes to the file's end."""
    assert command[0] == sys.executable, command
    return Born(ask({"run": command[1:], "environment": dict(environment), "log": str(log)}))


def ask(question: Mapping[str, Any]) -> Any:
    """One question, one answer."""
    mother = _mother()
    assert mother.stdin
    assert mother.stdout
    mother.stdin.write(json.dumps(question) + "\n")
    mother.stdin.flush()
    return json.loads(mother.stdout.readline())


def close() -> None:
    """End the nursery and all who were born in it."""
    if _mother.cache_info().currsize:
        with _mother() as mother:
            assert mother.stdin
            mother.stdin.close()
        _mother.cache_clear()


@cache
def _mother() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.infrastructure.nursery"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def live() -> None:
    """Load the program, then answer questions until nobody asks any more."""
    from agency.running.loading import whole_program

    with whole_program():
        import agency.app
        import agency.cli.worker
        import agency.running.patient_worker
        import agency.running.scheduling  # noqa: F401
    children: set[int] = set()
    for line in sys.stdin:
        question = json.loads(line)
        if "ended" in question:
            answer: int | None = how_ended(question["ended"])
            children -= {question["ended"]} if answer is not None else set()
        else:
            answer = os.fork()
            if answer == 0:
                become(**question)
                return
            children.add(answer)
        print(json.dumps(answer), flush=True)
    for child in children:
        os.kill(child, signal.SIGTERM)


def how_ended(child: int) -> int | None:
    """The code a child has ended with, negative for a signal; nothing while it lives."""
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def become(run: list[str], environment: dict[str, str], log: str) -> None:
    """Be the process that was asked for."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, number in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, number)
    os.closerange(3, max(output, nothing) + 1)
    os.environ.clear()
    os.environ.update(environment)
    if run[0] == "-c":
        exec(run[1], {"__name__": "__main__"})
        return
    sys.argv = run[1:]
    runpy.run_module(run[1], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    live()
