"""The words for what is written into the log of court deadlines."""

from legal.findings import N_, Words

SUBJECTS: Words = {
    "proceeding": N_("Proceeding"),
    "filing": N_("Application"),
    "title": N_("Title"),
    "lawyer": N_("Hand-over to the lawyer"),
}
VALUES: Words = {
    "last_day": N_("last day"),
    "computed_day": N_("computed"),
    "applied_on": N_("applied on"),
    "filed_on": N_("filed on"),
    "file_number": N_("file"),
    "channel": N_("by"),
    "rule": N_("rule"),
    "law": N_("law"),
    "happened_on": N_("on"),
    "issued_on": N_("issued on"),
    "final_on": N_("final on"),
    "expires_on": N_("time-barred after"),
}
ACTIONS: Words = {
    "opened": N_("opened"),
    "moved": N_("moved by hand"),
    "computed_anew": N_("computed anew"),
    "closed": N_("closed"),
    "reopened": N_("opened again"),
    "handed_over": N_("handed over to the court"),
    "recorded_by_hand": N_("recorded by hand"),
    "revoked": N_("revoked"),
    "issued": N_("issued"),
    "final": N_("became final"),
    "dropped": N_("dropped"),
    "reason_given": N_("filed despite a warning"),
}
