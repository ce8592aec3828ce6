"""Several processes in one terminal: their output with a name in front, restarted when they die."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from agency.running.parents import end_with_parent
from legal.errors import InvariantBroken

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
HEALTHY_SECONDS = 60.0  # Who has lived that long starts again without a pause.
STOP_SECONDS = 20.0  # A letter being rendered may be finished.
TICK_SECONDS = 0.2


@dataclass
class Child:
    """One process that is kept alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    pause_seconds: float = 0.0
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor only."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=dict(self.environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True, preexec_fn=end_with_parent,  # noqa: PLW1509 (set before the threads below start; it calls one C function)
        )  # fmt: skip
        self.reader = threading.Thread(target=self._copy_output, daemon=True)
        self.reader.start()

    def has_died(self) -> bool:
        """Whether the process has ended without being asked."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Wait longer each time, unless the process had lived long enough."""
        if self.process is None:
            raise InvariantBroken("self.process is missing")
        lived = time.monotonic() - self.started_at
        longer = min(max(self.pause_seconds * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
        self.pause_seconds = FIRST_PAUSE_SECONDS if lived > HEALTHY_SECONDS else longer
        self.due_at = time.monotonic() + self.pause_seconds
        say(
            self.name,
            f"ended (code {self.process.returncode}), starts again in {self.pause_seconds:.0f} s",
        )
        self.process = None

    def _copy_output(self) -> None:
        if self.process is None:
            raise InvariantBroken("self.process is missing")
        if self.process.stdout is None:
            raise InvariantBroken("self.process.stdout is missing")
        for line in self.process.stdout:
            say(self.name, line.rstrip("\n"))


@dataclass
class Duty:
    """Something the supervisor does at intervals."""

    act: Callable[[], None]
    every_seconds: float
    due_at: float = 0.0

    def act_when_due(self) -> None:
        """Act, and let the interval pass before the next time."""
        if time.monotonic() >= self.due_at:
            self.act()
            self.due_at = time.monotonic() + self.every_seconds


class Supervisor:
    """Keeps children alive until it is told to stop by Ctrl-C or SIGTERM."""

    def __init__(self, children: Sequence[Child], duties: Sequence[Duty]) -> None:
        self.children = children
        self.duties = duties
        self.stopping = threading.Event()

    def run(self) -> None:
        """Start all children, look after them, and stop them when asked."""
        try:
            for child in self.children:
                child.start()
            while not self.stopping.wait(TICK_SECONDS):
                for duty in tuple(self.duties):
                    duty.act_when_due()
                self._look_after_children()
        finally:
            self._stop_children()

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end; the signature is that of a signal handler."""
        self.stopping.set()

    def _look_after_children(self) -> None:
        for child in self.children:
            if child.has_died():
                child.plan_restart()
            elif child.process is None and time.monotonic() >= child.due_at:
                child.start()

    def _stop_children(self) -> None:
        alive = [child.process for child in self.children if child.process]
        for process in alive:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for child in self.children:
            if child.reader:
                child.reader.join(timeout=1)


def say(name: str, sentence: str) -> None:
    """One line in the terminal; a reader that has gone away is no reason to stop working."""
    try:
        sys.stdout.write(f"{name:>9} | {sentence}\n")
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (stays open)
