"""The names of the queues, and nothing else: the scheduler needs no tables to put jobs on them."""

from enum import StrEnum


class EffectQueue(StrEnum):
    """Which work an effect waits behind: what people wait for never waits for the night's."""

    NOW = "now"
    NIGHT = "night"
    UPLOADS = "uploads"  # Files from outside: read in a process of their own.


#: The queues, in the order in which a worker empties them: the night waits for the day.
QUEUES = {
    EffectQueue.NOW: "recoup",
    EffectQueue.NIGHT: "recoup-night",
    EffectQueue.UPLOADS: "recoup-uploads",
}
#: What a worker does itself; the others are for its reader.
OWN_QUEUES = (EffectQueue.NOW, EffectQueue.NIGHT)
#: RQ ends a job after 180 seconds unless told otherwise; the lease is the truth.
NO_TIME_LIMIT = -1
