"""The reader: files from outside are read in a process of their own, limited in time and memory.

A worker begins as one process with the program loaded. Before it does anything else it splits off a
keeper, which does nothing but split off readers: each is a fresh copy that has read no file yet. A
file that takes more than is allowed ends its reader and nothing else; the keeper refuses that file
in words and starts the next reader. Letters and bank files are carried out elsewhere meanwhile.
"""

import logging
import mmap
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from agency.running.parents import end_with_parent
from agency.settings import Settings

MEGABYTE = 1024 * 1024
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
STOP_SECONDS = 20.0
TICK_SECONDS = 0.1
ID_BYTES = 8
#: How the system ends who takes too much: time, memory (an allocation that must not fail), stack.
TOO_MUCH = frozenset({signal.SIGXCPU, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS})

log = logging.getLogger(__name__)


class Notice:
    """Which effect a reader works on, seen by its keeper after it has died."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, ID_BYTES)

    def put(self, effect_id: int) -> None:
        """Say what is worked on; 0 is nothing."""
        self._memory[:] = effect_id.to_bytes(ID_BYTES, "little")

    def get(self) -> int:
        """What was worked on last."""
        return int.from_bytes(self._memory[:], "little")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one effect of a reader may take."""

    cpu_seconds: int
    memory_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """What the house allows."""
        return cls(settings.reader_seconds, settings.reader_memory_mb * MEGABYTE)

    def set_memory(self) -> None:
        """So much beyond what the program itself has taken; once, when a reader starts."""
        most = _address_space() + self.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    def set_time(self) -> None:
        """So much from now on; for each effect anew."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + self.cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def split_off(run: Callable[[], object]) -> int:
    """A copy of this process that runs something and ends; its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        end_with_parent(signal.SIGKILL)
        run()
        code = 0
    except BaseException:
        log.exception("a process of the worker ended")
    finally:
        sys.stdout.flush()
        os._exit(code)


class Keeper:
    """Keeps one reader alive; ends with its worker."""

    def __init__(self, read: Callable[[Notice], object], refuse: Callable[[int], object]) -> None:
        self.read, self.refuse = read, refuse
        self.notice = Notice()
        self.stopping = False
        self.reader = 0

    def run(self) -> None:
        """Start a reader whenever there is none, until asked to stop."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        pause = PAUSE_SECONDS
        while not self.stopping:
            self.notice.put(0)
            begin = time.monotonic()
            self.reader = split_off(lambda: self.read(self.notice))
            if self.stopping:  # Asked in between.
                os.kill(self.reader, signal.SIGTERM)
            _, status = os.waitpid(self.reader, 0)
            self.reader = 0
            died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
            if died_of in TOO_MUCH and (effect_id := self.notice.get()):
                log.error("a reader took too much (signal %s) with effect %s", died_of, effect_id)
                os.waitpid(split_off(lambda: self.refuse(effect_id)), 0)
            elif status:
                lived = time.monotonic() - begin
                pause = PAUSE_SECONDS if lived > LONGEST_PAUSE_SECONDS else pause * 2
                self._rest(min(pause, LONGEST_PAUSE_SECONDS))

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Ask the reader to finish what it works on; the signature is that of a signal handler."""
        self.stopping = True
        if self.reader:
            with suppress(ProcessLookupError):  # It has just ended by itself.
                os.kill(self.reader, signal.SIGTERM)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(TICK_SECONDS)


def stop(keeper: int) -> None:
    """End a keeper with its reader: in order, or at once when that takes too long."""
    try:
        os.kill(keeper, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while os.waitpid(keeper, os.WNOHANG) == (0, 0):
            if time.monotonic() > until:
                os.kill(keeper, signal.SIGKILL)  # The reader ends with it.
            time.sleep(TICK_SECONDS)
    except (ProcessLookupError, ChildProcessError):
        pass  # Gone already.


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[0]) * resource.getpagesize()
