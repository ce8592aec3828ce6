"""The words for why a message of the court was not applied."""

from legal.findings import N_, Words

REFUSALS: Words = {
    "moves_backwards": N_("It would move the proceeding backwards."),
    "not_possible_now": N_("It does not fit the present state of the proceeding."),
    "proceeding_unknown": N_("Its proceeding is not known."),
    "overtaken": N_("Later messages came first: only its costs were booked."),
    "known": N_("Known already, nothing was changed."),
}
