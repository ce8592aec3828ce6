"""The sentences of a demand letter that depend on the case, in both languages."""

GROUND_WORDS = {
    "de": {
        "agreed_day": "Ablauf des vereinbarten Zahlungstags",
        "reminder": "Zugang der Mahnung",
        "refusal": "endgültige Verweigerung",
        "thirty_days": "30 Tage nach Fälligkeit und Zugang der Rechnung",
    },
    "en": {
        "agreed_day": "end of the agreed payment day",
        "reminder": "receipt of the reminder",
        "refusal": "final refusal",
        "thirty_days": "30 days after due date and receipt of the invoice",
    },
}
#: What a reader of the interest should know, by their codes.
NOTES = {
    "de": {
        "last_rate_used": (
            "Nach dem {known_until} ist noch kein Basiszinssatz bekannt; für die Tage danach gilt "
            "der letzte, {base_rate_percent} Prozent."
        ),
        "next_rate_unknown": (
            "Nach dem {known_until} ist noch kein Basiszinssatz bekannt; der Betrag je weiterem "
            "Tag rechnet mit dem letzten, {base_rate_percent} Prozent."
        ),
        "arose_after_first_day": (
            "Zinsen sind ab dem {first_day} gerechnet, die Forderung entstand am {arose_on}."
        ),
    },
    "en": {
        "last_rate_used": (
            "No base rate is known yet after {known_until}; the last one, {base_rate_percent} "
            "percent, is used for the days after it."
        ),
        "next_rate_unknown": (
            "No base rate is known yet after {known_until}; the amount per further day uses the "
            "last one, {base_rate_percent} percent."
        ),
        "arose_after_first_day": (
            "Interest is computed from {first_day}; the claim arose on {arose_on}."
        ),
    },
}
#: Where the data come from. Law: GDPR Art. 14(2)(f).
SOURCES = {
    "de": {
        "creditor": "Die Daten stammen von {creditor}.",
        "debtor": (
            "Die Daten zur Forderung stammen von {creditor}; Ihre Anschrift haben Sie uns selbst "
            "mitgeteilt."
        ),
        "traced": (
            "Die Daten zur Forderung stammen von {creditor}; Ihre Anschrift haben wir durch eine "
            "Adressermittlung erfahren{at}."
        ),
    },
    "en": {
        "creditor": "The data come from {creditor}.",
        "debtor": (
            "The data of the claim come from {creditor}; you told us your address yourself."
        ),
        "traced": (
            "The data of the claim come from {creditor}; we learned your address from an address "
            "inquiry{at}."
        ),
    },
}
#: What the strategy does next, in words without threat.
NEXT_STEP = {
    "de": {
        "call": (
            "Geht bis zum genannten Tag weder die Zahlung noch eine Nachricht von Ihnen ein, "
            "rufen wir Sie an, um zu klären, woran es liegt."
        ),
        "reminder": (
            "Geht bis zum genannten Tag weder die Zahlung noch eine Nachricht von Ihnen ein, "
            "schreiben wir Ihnen noch einmal."
        ),
        "visit": (
            "Geht bis zum genannten Tag weder die Zahlung noch eine Nachricht von Ihnen ein, "
            "suchen wir das persönliche Gespräch mit Ihnen; es ist freiwillig."
        ),
        "review": (
            "Geht bis zum genannten Tag weder die Zahlung noch eine Nachricht von Ihnen ein, "
            "prüfen wir, wie es in der Sache weitergeht."
        ),
    },
    "en": {
        "call": (
            "If neither the payment nor a message from you arrives by that day, we will call you "
            "to find out what the reason is."
        ),
        "reminder": (
            "If neither the payment nor a message from you arrives by that day, we will write to "
            "you once more."
        ),
        "visit": (
            "If neither the payment nor a message from you arrives by that day, we will ask to "
            "talk to you in person; the conversation is voluntary."
        ),
        "review": (
            "If neither the payment nor a message from you arrives by that day, we will examine "
            "how the matter goes on."
        ),
    },
}
#: Later letters may announce the court; in the first one these words are refused.
COURT_STEP = {
    "de": (
        "Geht bis zum genannten Tag weder die Zahlung noch eine Nachricht von Ihnen ein, "
        "beantragen wir für {creditor} einen gerichtlichen Mahnbescheid."
    ),
    "en": (
        "If neither the payment nor a message from you arrives by that day, we will apply for a "
        "court order for payment (Mahnbescheid) for {creditor}."
    ),
}
