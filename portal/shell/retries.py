"""A request that the database ended for another's sake begins again: nobody sees a failure for it.

Only what has committed nothing yet is repeated; otherwise, or when it loses again and again, the
person is asked to send it once more (`RecordBusy`).
"""

from flask import Flask, Response, request, session
from flask.typing import ResponseReturnValue

from cases.core.database import count_commits
from cases.core.retrying import retrying
from portal.shell.addresses import LazyRule
from portal.shell.incoming import CleanRequest
from portal.shell.one_time_keys import answered_once


class RetryingFlask(Flask):
    """An application whose views may be called again after a deadlock."""

    request_class = CleanRequest
    url_rule_class = LazyRule

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

        def act() -> Response:
            answer = retrying(attempt, may_repeat=lambda: count_commits() == commits)
            return self.make_response(answer)

        return answered_once(act)


def _begin_anew(kept: dict[str, object]) -> None:
    """What the view was given, as it was before it was called."""
    session.clear()
    session.update(kept)
    for _, file in request.files.items(multi=True):
        file.stream.seek(0)
