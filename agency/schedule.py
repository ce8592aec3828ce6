"""Everything that happens by the clock, in one list.

Jobs are named, not imported: no code travels through the queue. Each is idempotent: the same
half-minute or the same day twice does nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.core.queues import QUEUES, EffectQueue

#: A fault is on the worklist a minute after it can be seen.
WATCH_SECONDS = 60
#: An answer by e-mail is there two minutes after the mailbox has it.
MAILBOX_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Periodic:
    """One job and when it is due: every so many seconds, or at a time of day (cron fields)."""

    job: str
    every_seconds: int | None = None
    cron: str | None = None  # In the agency's time zone.
    queue: str = QUEUES[EffectQueue.NOW]


#: Given the interval of the sweeper. A daily job also runs when the scheduler starts, because a
#: laptop sleeps at night.
def periodic_jobs(sweep_seconds: float) -> Sequence[Periodic]:
    """All periodic jobs of the program."""
    return (
        # Wakes workers for what a lost wake-up or a dead worker has left behind.
        Periodic("agency.jobs.sweep_job", every_seconds=max(1, round(sweep_seconds))),
        # Puts what is wrong with the installation on somebody's worklist.
        Periodic("agency.jobs.watch_job", every_seconds=WATCH_SECONDS),
        # Takes in what debtors write and mail servers report, where a mailbox is set up.
        Periodic("agency.jobs.mailbox_job", every_seconds=MAILBOX_SECONDS),
        # Before people come: what nears its limitation, whose fortnight has passed unpaid, who has
        # broken a promise, what the court owes us. The runs themselves wait in the night's queue.
        Periodic("agency.jobs.night_job", cron="15 3 * * *"),
    )
