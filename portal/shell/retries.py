"""A request that the database ended for another's sake begins again: nobody sees a failure for it.

Only what has committed nothing yet is repeated; otherwise, or when it loses again and again, the
person is asked to send it once more (`RecordBusy`).
"""

from flask import Flask, request, session
from flask.typing import ResponseReturnValue

from cases.core.database import count_commits
from cases.core.retrying import retrying


class RetryingFlask(Flask):
    """An application whose views may be called again after a deadlock."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Call the view, again if the database has ended its transaction."""
        commits, kept = count_commits(), dict(session)
        called = False

        def attempt() -> ResponseReturnValue:
            nonlocal called
            if called:
                _begin_anew(kept)
            called = True
            return super(RetryingFlask, self).dispatch_request()

        return retrying(attempt, may_repeat=lambda: count_commits() == commits)


def _begin_anew(kept: dict[str, object]) -> None:
    """What the view was given, as it was before it was called."""
    session.clear()
    session.update(kept)
    for _, file in request.files.items(multi=True):
        file.stream.seek(0)
