"""Loading the whole program: what it leaves in memory stays there for the life of the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole_program() -> Iterator[None]:
    """Load without the collector, which finds nothing then, and keep it from looking later.

    It would walk a million objects each time; and pages that nobody touches stay shared between
    the processes that are forked from this one.
    """
    gc.disable()
    try:
        yield
        gc.collect()
        gc.freeze()
    finally:
        gc.enable()
