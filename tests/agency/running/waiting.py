"""Waiting for what processes do."""

import time

PATIENCE_SECONDS = 120


def wait_until(condition, story):
    """Wait until something is so, or fail with what did not happen."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, f"{story} did not happen"
        time.sleep(0.05)
