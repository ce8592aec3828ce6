"""A heartbeat: a thread of its own keeps the lease of an effect while its work goes on.

It ends with the work, or with its process: a worker that is killed leaves the lease to run out. A
worker that hangs is not kept alive for ever.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

#: Who has not finished by then hangs; another worker may try.
LONGEST_SECONDS = 6 * 60 * 60
#: Beats per lease: two may be lost before the lease is.
BEATS = 3

log = logging.getLogger(__name__)

_RENEW = text(
    "UPDATE outbox_effects SET available_at = now() + :lease * interval '1 second'"
    " WHERE id = :id AND token = :token"
)


@contextmanager
def heartbeat(engine: Engine, effect_id: int, token: str, lease_seconds: float) -> Iterator[None]:
    """Keep the lease of an effect on a connection of its own, as long as the body runs."""
    done = threading.Event()

    def beat() -> None:
        until = time.monotonic() + LONGEST_SECONDS
        while not done.wait(lease_seconds / BEATS) and time.monotonic() < until:
            try:
                with engine.begin() as connection:
                    connection.execute(
                        _RENEW, {"lease": lease_seconds, "id": effect_id, "token": token}
                    )
            except SQLAlchemyError as error:  # The next beat may get through.
                log.warning("a heartbeat was lost: %s", type(error).__name__)

    thread = threading.Thread(target=beat, name=f"heartbeat-{effect_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
