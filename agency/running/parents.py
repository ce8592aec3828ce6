"""No process outlives the one that started it."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1  # From Linux' prctl.h.


def end_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Linux ends this process when its parent is gone, so that nothing is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
