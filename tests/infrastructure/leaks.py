"""What a file of tests leaves open is told with that file, not with whoever comes after it.

Python says that a socket or a process was left open when its memory is collected, which happens
at any later time. So we collect where a file ends. That is quick,
since what stays for the whole run (tests, program) is kept from the collector.
"""

import gc
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Collect after the last test of each file; pytest then fails that test for what it left."""
    yield
    if nextitem is None or nextitem.path != item.path:
        gc.collect()


def pytest_collection_finish() -> None:
    """What has been collected stays until the end: the collector need not walk it."""
    gc.collect()
    gc.freeze()
