"""Queue fixtures: a Redis per process, and one of the test's own that may be stopped."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from agency.running.embedded_redis import EmbeddedRedis


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis that tests of one process share."""
    with TemporaryDirectory(prefix="recoup-redis-") as folder:
        server = EmbeddedRedis(Path(folder))
        server.start()
        yield server.url
        server.stop()


@pytest.fixture
def redis_server() -> Iterator[EmbeddedRedis]:
    """A Redis of the test's own: `stop()` and `start()` it as you like."""
    with TemporaryDirectory(prefix="recoup-redis-") as folder:
        server = EmbeddedRedis(Path(folder))
        server.start()
        yield server
        server.stop()
