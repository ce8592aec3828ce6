"""A real mail server for reading (IMAP, pymap in memory) as a process of its own."""

import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.infrastructure.live import free_port

USER, PASSWORD = "demouser", "demopass"
PATIENCE_SECONDS = 15


@dataclass
class MailHouse:
    """A running server; every folder is made by the test that uses it."""

    port: int

    def url(self, folder: str, password: str = PASSWORD) -> str:
        """The address of a folder as the settings want it."""
        return f"imap+plain://{USER}:{password}@127.0.0.1:{self.port}/{folder}"

    def put(self, folder: str, *mails: bytes, anew: bool = False) -> None:
        """Lay mails into a folder; `anew`: one that the server counts from the beginning."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as box:
            box.login(USER, PASSWORD)
            if anew:
                box.delete(folder)
            box.create(folder)
            for mail in mails:
                box.append(folder, "", "", mail)


@contextmanager
def mail_house() -> Iterator[MailHouse]:
    """The server while the block runs."""
    house = MailHouse(free_port())
    program = Path(sys.executable).parent / "pymap"
    command = [program, "--no-tls", "--host", "127.0.0.1", "--port", str(house.port),
               "--no-service", "managesieve", "dict", "--demo-data"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(house.port)
            yield house
        finally:
            server.kill()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=2).logout()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
