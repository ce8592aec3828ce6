"""A queue worker that goes on without its queue.

Redis only wakes it up. It looks into the outbox by itself when nothing has come for a while, and
when Redis is away, so that losing Redis costs time and never work.
"""

import logging
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from types import FrameType
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus

from cases.core.queues import OWN_QUEUES, QUEUES, EffectQueue

RECONNECT_SECONDS = 2.0
CONNECT_SECONDS = 2.0
#: RQ waits for a job fifteen seconds less than it lets a silent worker count as alive.
RQ_MARGIN_SECONDS = 15

log = logging.getLogger(__name__)


@dataclass
class Patrol:
    """Looks into the outbox at intervals; knows whether it is to stop."""

    look: Callable[[], None]
    interval_seconds: float
    #: Whether this process has worked so long that a new one should go on.
    worn_out: Callable[[], bool] = lambda: False
    stopping: Event = field(default_factory=Event)
    looking: bool = False
    looked_at: float = float("-inf")

    @property
    def is_over(self) -> bool:
        """Whether this process is to end: asked to, or renewed."""
        return self.stopping.is_set() or self.worn_out()

    def look_when_due(self) -> None:
        """Look into the outbox unless that has just been done; a failure waits for next time."""
        if self.is_over or time.monotonic() - self.looked_at < self.interval_seconds:
            return
        self.looking = True
        try:
            self.look()
        except Exception:  # The database may be away: the worker must outlive that.
            log.exception("looking into the outbox failed")
        finally:
            self.looking = False
            self.looked_at = time.monotonic()

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end; the signature is that of a signal handler."""
        self.stopping.set()


class PatientWorker(SimpleWorker):
    """RQ's worker without a process per job, with a look into the outbox while it is idle."""

    def __init__(
        self, redis_url: str, patrol: Patrol, queues: Sequence[EffectQueue] = OWN_QUEUES
    ) -> None:
        self.patrol = patrol
        # The client does not try again by itself: RQ's loop does, and patrols meanwhile.
        connection = Redis.from_url(
            redis_url, socket_connect_timeout=CONNECT_SECONDS, retry=Retry(NoBackoff(), 0)
        )
        interval = max(1, round(patrol.interval_seconds))
        self.max_connection_wait_time = interval
        super().__init__(
            [QUEUES[queue] for queue in queues],
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=interval + RQ_MARGIN_SECONDS,
        )

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """RQ calls this between jobs, and before each attempt to reach Redis again."""
        if pipeline is None and self.get_state() != WorkerStatus.BUSY:
            self.patrol.look_when_due()
            if self.patrol.is_over:
                # Asked during our look: RQ, idle, would wait for a job before it noticed.
                raise StopRequested
        super().heartbeat(timeout, pipeline)

    def subscribe(self) -> None:
        """No thread that waits for RQ's remote commands: a signal is all we need."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the current work; RQ alone would interrupt our look into the outbox."""
        self.patrol.stop()
        if self.patrol.looking:
            self._stop_requested = True
            return
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]
        except (RedisError, OSError):
            raise StopRequested from None


def work(redis_url: str, patrol: Patrol, queues: Sequence[EffectQueue] = OWN_QUEUES) -> None:
    """Work until a signal asks to stop; reconnect to Redis as often as it takes."""
    signal.signal(signal.SIGTERM, patrol.stop)
    signal.signal(signal.SIGINT, patrol.stop)
    while not patrol.is_over:
        patrol.look_when_due()
        try:
            PatientWorker(redis_url, patrol, queues).work(logging_level="WARNING")
        except StopRequested:
            return
        except (RedisError, OSError) as error:
            log.warning("Redis is away (%s), working from the outbox", type(error).__name__)
        patrol.stopping.wait(RECONNECT_SECONDS)
