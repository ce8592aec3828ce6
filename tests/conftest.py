"""Fixtures for all tests; tests/README.md says which one to take."""

import pytest

from tests.infrastructure import nursery, server
from tests.infrastructure.browsers import browser, chromium
from tests.infrastructure.databases import (
    app,
    application,
    database,
    fresh_app,
    fresh_database,
    postgres,
    worker_clone,
)
from tests.infrastructure.idle import pytest_terminal_summary
from tests.infrastructure.leaks import pytest_collection_finish, pytest_runtest_teardown
from tests.infrastructure.live import live_server, shared_server
from tests.infrastructure.order import pytest_collection_modifyitems
from tests.infrastructure.queues import redis_server, redis_url

__all__ = [
    "app", "application", "browser", "chromium", "database", "fresh_app", "fresh_database",
    "live_server", "postgres", "pytest_collection_finish", "pytest_collection_modifyitems",
    "pytest_runtest_teardown", "pytest_terminal_summary", "redis_server", "redis_url",
    "shared_server", "worker_clone",
]  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Name the run's folder before xdist starts its processes."""
    server.name_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what each process has started; the run's server is ended by who started the run."""
    nursery.close()
    if not hasattr(config, "workerinput"):
        server.remove_folder(server.run_folder())
