"""The one scheduler: puts the jobs of `agency/schedule.py` on the queue when they are due.

RQ's own cron does the work. An advisory lock of the database lets any number of machines stand
by: the first one works, another takes over when its connection is gone.
"""

import logging
import signal
from collections.abc import Sequence
from threading import Event
from types import FrameType

import psycopg
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.cron import CronJob, CronScheduler
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from agency.running.database_roles import plain_url
from agency.schedule import Periodic
from cases.core.queues import NO_TIME_LIMIT

LOCK = "recoup scheduler"
STAND_BY_SECONDS = 5.0
RECONNECT_SECONDS = 2.0
KEEP_FAILURES_SECONDS = 7 * 24 * 60 * 60

log = logging.getLogger(__name__)


class NamedJob(CronJob):
    """A periodic job that travels by its name and as JSON, as all our jobs do."""

    def __init__(self, periodic: Periodic) -> None:
        super().__init__(
            queue_name=periodic.queue,
            func_name=periodic.job,
            interval=periodic.every_seconds,
            cron=periodic.cron,
            result_ttl=0,
            job_timeout=NO_TIME_LIMIT,
            failure_ttl=KEEP_FAILURES_SECONDS,
            # A wake-up that nobody has taken before the next one is due has no use any more.
            ttl=periodic.every_seconds,
        )

    def enqueue(self, connection: Redis) -> Job:
        queue = Queue(self.queue_name, connection=connection, serializer=JSONSerializer)
        return queue.enqueue(self.func_name, **self.job_options)


class OneScheduler(CronScheduler):
    """RQ's scheduler, as long as it holds the lock."""

    def __init__(
        self, redis: Redis, lock: psycopg.Connection, periodics: Sequence[Periodic]
    ) -> None:
        super().__init__(redis)
        self.lock = lock
        self._cron_jobs.extend(NamedJob(periodic) for periodic in periodics)

    def catch_up(self) -> None:
        """Daily jobs also run at the start: the machine may have slept at their hour."""
        for job in self._cron_jobs:
            if job.cron:
                job.enqueue(self.connection)

    def heartbeat(self) -> None:
        """RQ calls this each round: without its connection the lock is another machine's."""
        self.lock.execute("SELECT 1")
        super().heartbeat()

    def _install_signal_handlers(self) -> None:
        """Signals are the affair of `schedule` below."""


class Stop:
    """Asked to stop: at once while RQ's loop sleeps, else at the next wait."""

    def __init__(self) -> None:
        self.event = Event()

    def __call__(self, signal_number: int, frame: FrameType | None) -> None:
        self.event.set()
        raise StopRequested


def schedule(database_url: str, redis_url: str, periodics: Sequence[Periodic]) -> None:
    """Schedule until a signal asks to stop; survive the loss of either server."""
    stop = Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while not stop.event.is_set():
            try:
                schedule_while_locked(database_url, redis_url, periodics)
            except (psycopg.Error, RedisError, OSError) as error:
                log.warning("a server is away (%s), trying again", type(error).__name__)
            stop.event.wait(RECONNECT_SECONDS)
    except StopRequested:
        return


def schedule_while_locked(database_url: str, redis_url: str, periodics: Sequence[Periodic]) -> None:
    """Wait for the lock, then work until it or Redis is lost."""
    with psycopg.connect(plain_url(database_url), autocommit=True) as lock:
        wait_for_lock(lock)
        with Redis.from_url(redis_url, socket_connect_timeout=RECONNECT_SECONDS) as redis:
            scheduler = OneScheduler(redis, lock, periodics)
            scheduler.catch_up()
            scheduler.start()  # type: ignore[no-untyped-call]


def wait_for_lock(connection: psycopg.Connection) -> None:
    """Return when this process is the scheduler; meanwhile another one is."""
    told = False
    while True:
        row = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK]).fetchone()
        if row and row[0]:
            return
        if not told:
            log.warning("another scheduler works, standing by")
            told = True
        Event().wait(STAND_BY_SECONDS)
