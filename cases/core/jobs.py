"""Waking workers up. The outbox is the truth; a lost wake-up only costs the sweeper's interval."""

import logging

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from cases.core.outbox import list_due_attempts, queue_of
from cases.core.queues import NO_TIME_LIMIT, QUEUES

#: The job that a worker runs, by name, so that no code travels through the queue.
CARRY_OUT = "agency.jobs.carry_out_job"

log = logging.getLogger(__name__)


class Waker:
    """Puts effects on the queue; errors are counted and swallowed."""

    def __init__(self, redis_url: str) -> None:
        self.redis = Redis.from_url(redis_url, socket_connect_timeout=0.5, socket_timeout=1)
        self.queues = {
            queue: Queue(name, connection=self.redis, serializer=JSONSerializer)
            for queue, name in QUEUES.items()
        }
        self.errors = 0

    def wake(self, effect_id: int, kind: str, attempts: int = 0) -> None:
        """Tell the queue that an effect is due. Never raises: the sweeper finds it anyway."""
        try:
            self.queues[queue_of(kind)].enqueue(
                CARRY_OUT,
                effect_id,
                # One job per attempt: a backlog that is swept again does not grow the queue.
                job_id=f"effect-{effect_id}-{attempts}",
                unique=True,
                job_timeout=NO_TIME_LIMIT,
                result_ttl=0,
                failure_ttl=3600,
            )
        except DuplicateJobError:
            pass
        except (RedisError, OSError) as error:
            self.errors += 1
            log.warning("queue is away, the sweeper will find effect: %s", type(error).__name__)


def sweep(waker: Waker) -> int:
    """Wake workers for everything that is due; returns how many effects that were."""
    due = list_due_attempts()
    for effect_id, kind, attempts in due:
        waker.wake(effect_id, kind, attempts)
    return len(due)
