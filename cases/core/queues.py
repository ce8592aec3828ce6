"""The names of the queues, and nothing else: the scheduler needs no tables to put jobs on them."""

from enum import StrEnum


class EffectQueue(StrEnum):
    """Which work an effect waits behind: what people wait for never waits for the night's."""

    NOW = "now"
    NIGHT = "night"


#: The queues, in the order in which a worker empties them: the night waits for the day.
QUEUES = {EffectQueue.NOW: "recoup", EffectQueue.NIGHT: "recoup-night"}
#: RQ ends a job after 180 seconds unless told otherwise; the lease is the truth.
NO_TIME_LIMIT = -1
