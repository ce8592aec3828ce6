"""PostgreSQL's own programs, which take, combine and receive what a backup is made of."""

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from agency.running.embedded_postgres import find_programs

#: Keeps the changes that have not been received yet.
SLOT = "recoup_backup"


class ProgramFailed(Exception):
    """A program of PostgreSQL has failed; the message is its own."""


def take_base(url: str, folder: Path, since: Path | None) -> None:
    """A base backup as a packed tar with its list of files; only changed blocks `since` a list."""
    more = [f"--incremental={since}"] if since else []
    _run(
        "pg_basebackup", *_address(url), "--pgdata", str(folder), "--format=tar",
        "--compress=client-gzip:1", "--wal-method=none", "--checkpoint=fast",
        "--manifest-checksums=SHA256", "--no-sync", *more, url=url,
    )  # fmt: skip


def combine(parts: list[Path], target: Path) -> None:
    """Make one data folder of a full backup and what was taken since."""
    _run(
        "pg_combinebackup", "--manifest-checksums=SHA256", "--no-sync", "--output", str(target),
        *map(str, parts),
    )  # fmt: skip


def control_data(data: Path) -> dict[str, str]:
    """What the control file of a data folder says."""
    lines = _run("pg_controldata", str(data)).splitlines()
    return {name.strip(): value.strip() for name, _, value in (x.partition(":") for x in lines)}


def receive(url: str, folder: Path) -> subprocess.Popen[bytes]:
    """Receive changes as they come, until the process is ended."""
    return subprocess.Popen(
        [find_programs() / "pg_receivewal", *_address(url), "--slot", SLOT, "--no-loop",
         "--directory", str(folder)],
        env=_environment(url), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _run(program: str, *arguments: str, url: str | None = None) -> str:
    done = subprocess.run(
        [find_programs() / program, *arguments],
        env=_environment(url), stdin=subprocess.DEVNULL, capture_output=True,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ProgramFailed(f"{program}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def _address(url: str) -> list[str]:
    """Where the server is, without the password, which others would see in the process list."""
    address = make_url(url).set(drivername="postgresql", password=None)
    return ["--dbname", address.render_as_string(hide_password=False)]


def _environment(url: str | None) -> dict[str, str]:
    password = str(make_url(url).password or "") if url else ""
    return {"PATH": os.defpath, "LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
