"""The columns of the call list, and the words that stand in them: German, or our codes. Pure."""

from cases.contacts.models import ContactOutcome, NonPaymentReason
from legal.findings import N_

#: Field -> its heading. The first four go out filled in, the others are for what came of the call.
HEADINGS = {
    "case": "Akte",
    "debtor": "Schuldner",
    "person": "Gesprächspartner",
    "phone": "Telefon",
    "outcome": "Ergebnis",
    "at": "Zeitpunkt",
    "seconds": "Sekunden",
    "identity": "Identität geprüft",
    "reason": "Grund der Nichtzahlung",
    "promise": "Zusage Betrag",
    "promise_on": "Zusage bis",
    "call_back": "Rückruf am",
    "note": "Notiz",
}
NEEDED = ("case", "outcome", "at")
OUTCOMES = {
    "zahlt": ContactOutcome.REACHED_PAYS,
    "zusage": ContactOutcome.PROMISE,
    "raten": ContactOutcome.INSTALMENTS,
    "einwand": ContactOutcome.OBJECTION,
    "rückruf": ContactOutcome.CALL_BACK,
    "lehnt ab": ContactOutcome.REFUSES,
    "falsche nummer": ContactOutcome.WRONG_NUMBER,
    "nicht erreicht": ContactOutcome.NOT_REACHED,
}
REASONS = {
    "kann nicht zahlen": NonPaymentReason.CANNOT_PAY,
    "vergessen": NonPaymentReason.FORGOT,
    "nicht erhalten": NonPaymentReason.NOT_RECEIVED,
    "interne verzögerung": NonPaymentReason.INTERNAL_DELAY,
    "bestreitet": NonPaymentReason.DISPUTE,
    "weigert sich": NonPaymentReason.REFUSES,
    "sagt nichts": NonPaymentReason.UNKNOWN,
}
YES = frozenset({"ja", "j", "yes", "y", "1", "x"})
MESSAGES = {
    "dialer_headings": N_("The first line must name the columns {columns}."),
    "dialer_empty": N_("The file has no row with an outcome."),
    "dialer_outcome": N_("“{value}” is no outcome of a call; possible are {known}."),
    "dialer_reason": N_("“{value}” is no reason for non-payment; possible are {known}."),
    "dialer_moment": N_("“{value}” is no day with a time, such as 24.11.2026 10:15."),
    "dialer_day": N_("“{value}” is no day, such as 27.11.2026."),
    "dialer_amount": N_("“{value}” is no amount, such as 400,50."),
    "dialer_seconds": N_("“{value}” is no number of seconds."),
    "dialer_case": N_("There is no case {value}."),
    "dialer_known": N_("This call was recorded before."),
}
