"""The call list for a dialer: who is to be called goes out, what came of it comes back.

Invariant: a row that comes back is recorded like a call that somebody logs, or named with its line
and the reason; the same row twice is one call.
"""
