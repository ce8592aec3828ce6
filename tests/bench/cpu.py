"""What a bench cost: seconds of the clock, of our own CPU and of PostgreSQL's, and the load beside.

On a shared machine the clock says little; the CPU of both processes together says what one core
would have needed.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

from tests.infrastructure.server import run_folder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took."""

    clock: float
    own_cpu: float
    database_cpu: float
    load: float

    def __str__(self) -> str:
        return (
            f"{self.clock:.1f} s ({self.own_cpu:.1f} s our CPU, {self.database_cpu:.1f} s"
            f" PostgreSQL's, load {self.load:.1f})"
        )


def measured(work: Callable[[], T]) -> tuple[Cost, T]:
    """Do the work and say what it cost."""
    clock, own, database = time.perf_counter(), time.process_time(), database_cpu()
    found = work()
    cost = Cost(
        time.perf_counter() - clock,
        time.process_time() - own,
        database_cpu() - database,
        os.getloadavg()[0],
    )
    return cost, found


def database_cpu() -> float:
    """Seconds of CPU of this run's server so far, those of backends that have ended included."""
    pid = int(Path(run_folder() / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    postmaster = psutil.Process(pid)
    ended = postmaster.cpu_times()
    seconds = sum((ended.user, ended.system, ended.children_user, ended.children_system))
    for child in postmaster.children():
        times = child.cpu_times()
        seconds += times.user + times.system
    return seconds
