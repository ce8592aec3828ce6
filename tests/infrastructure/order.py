"""Long files come first, so that no process is left alone with one while the others are done."""

import pytest

#: Who takes these waits for processes, browsers or other connections.
LONG = {"live_server", "shared_server", "browser", "redis_server", "start", "world"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a test that starts processes before all others; within a file nothing moves."""
    waits = {item.path for item in items if LONG & set(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: item.path not in waits)
