"""Changes (write-ahead log): received as they come, sealed and put on the shelf every minute."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from agency.backup import programs
from agency.backup.programs import ProgramFailed
from agency.backup.sealing import Sealer
from agency.backup.shelf import PARTIAL, SEGMENT_LENGTH, WAL_SUFFIX, Shelf
from agency.running.database_roles import plain_url

#: A backup gives up when its last changes have not arrived by then.
PATIENCE_SECONDS = 300.0
TICK_SECONDS = 0.2
CONNECT_SECONDS = 10


class Receiver:
    """Runs pg_receivewal and puts what it has received on the shelf."""

    def __init__(self, url: str, spool: Path, shelf: Shelf, sealer: Sealer) -> None:
        self.url, self.spool, self.shelf, self.sealer = url, spool, shelf, sealer
        self._process: subprocess.Popen[bytes] | None = None
        self._shipped: dict[str, float] = {}  # Unfinished segment -> when it was last written.

    def ensure_running(self) -> None:
        """Start it, and again after the server was away; another machine's is as good as ours."""
        if self._process is None or self._process.poll() is not None:
            self.spool.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._process = programs.receive(self.url, self.spool)

    def ship(self) -> None:
        """Seal what has arrived; a finished segment leaves the spool and replaces its beginning."""
        for path in sorted(self.spool.iterdir()) if self.spool.exists() else ():
            if path.name.endswith(PARTIAL):
                self._ship_partial(path)
            elif len(path.name) == SEGMENT_LENGTH or path.suffix == ".history":
                self.sealer.seal_bytes(path.read_bytes(), self.shelf.wal / (path.name + WAL_SUFFIX))
                (self.shelf.wal / (path.name + PARTIAL + WAL_SUFFIX)).unlink(missing_ok=True)
                path.unlink()

    def stop(self) -> None:
        """End it; what it has received stays in the spool or on the server."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._process = None

    def _ship_partial(self, path: Path) -> None:
        try:
            written, data = path.stat().st_mtime, path.read_bytes()
        except FileNotFoundError:
            return  # Finished in this very moment: next time it goes as a whole.
        if self._shipped.get(path.name) != written:
            self.sealer.seal_bytes(data, self.shelf.wal / (path.name + WAL_SUFFIX))
            self._shipped = {path.name: written}


def create_slot(url: str) -> None:
    """Let the server keep its changes from now on until they are received."""
    with psycopg.connect(plain_url(url), connect_timeout=CONNECT_SECONDS) as connection:
        connection.execute(
            "SELECT pg_create_physical_replication_slot(%(name)s, true) WHERE NOT EXISTS"
            " (SELECT FROM pg_replication_slots WHERE slot_name = %(name)s)",
            {"name": programs.SLOT},
        )


@contextmanager
def receiving(receiver: Receiver) -> Iterator[None]:
    """Receive while the body runs."""
    try:
        yield
    finally:
        receiver.stop()


def wait_for(segment: str, receiver: Receiver) -> None:
    """Return when a finished segment is on the shelf, received by us or by a service beside us.

    Raises:
        ProgramFailed: it did not arrive in time.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while not receiver.shelf.has_segment(segment):
        if time.monotonic() > until:
            raise ProgramFailed(f"The changes up to {segment} did not arrive.")
        receiver.ensure_running()
        receiver.ship()
        time.sleep(TICK_SECONDS)
