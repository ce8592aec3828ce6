"""The sentences of the first demand letter that depend on the case, in both languages."""

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
HIGHER_RATE = {
    "de": "Der Zinssatz liegt über dem gesetzlichen, weil er im Vertrag so vereinbart ist.",
    "en": "The rate is above the statutory one because the contract says so.",
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
    },
}
