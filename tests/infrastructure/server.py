"""One PostgreSQL for a whole test run, shared by all its processes.

The process that the user started (xdist's controller, or the only one) names a folder and stops
the server at the end; whoever needs the database first starts it, under a lock.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agency.running.embedded_postgres import EmbeddedPostgres, ServerFailed

FOLDER_VARIABLE = "RECOUP_TEST_FOLDER"
PREFIX = "recoup-tests-"
#: A copy of the template is a thousand files: in memory they are made in a tenth of the time.
MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 * 1024**3
#: Losing a test database in a power cut costs nothing; waiting for the disk would cost minutes.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


def name_folder() -> None:
    """Name the run's folder in the environment, which all its processes inherit."""
    if FOLDER_VARIABLE not in os.environ:
        remove_left_overs()
        # A short path: sockets lie in it.
        os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(
            prefix=f"{PREFIX}{os.getpid()}-", dir=place_of_folders()
        )


def place_of_folders() -> Path:
    """Memory where there is enough of it, else where temporary files lie."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if usable and shutil.disk_usage(MEMORY).free >= ROOM_BYTES:
        return MEMORY
    return Path(tempfile.gettempdir())


def run_folder() -> Path:
    """The folder of this test run."""
    return Path(os.environ[FOLDER_VARIABLE])


def server() -> EmbeddedPostgres:
    """The run's PostgreSQL, running or not."""
    return EmbeddedPostgres(run_folder() / "postgres", OPTIONS)


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Only one process of the run is inside at a time."""
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remove_folder(folder: Path) -> None:
    """Stop the server of a run and remove everything it has left."""
    postgres = EmbeddedPostgres(folder / "postgres", OPTIONS)
    if (postgres.data / "postmaster.pid").exists():
        postgres.stop()
    shutil.rmtree(folder, ignore_errors=True)


def remove_left_overs() -> None:
    """Remove what runs have left that were killed: their process is gone, their server is not."""
    places = {MEMORY, Path(tempfile.gettempdir())}
    for folder in (found for place in places for found in place.glob(f"{PREFIX}*")):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not is_alive(int(process)) and os.access(folder, os.W_OK):
            try:
                remove_folder(folder)
            except (ServerFailed, OSError):
                continue


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
