"""What the people of the walk read, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Sentences of the screens by language; figures are written as each language writes them."""

    language: str
    three_wrong: str
    two_wrong: str
    bad_date: str
    no_street: str
    negative: str
    repeated: str
    handed_over: str
    review: str
    claims_of_weber: tuple[str, ...]
    accepted: str
    completed: str
    released: str
    letter: tuple[str, ...]
    promised: tuple[str, ...]
    disputed: str
    objection_recorded: str
    held: tuple[str, ...]
    reason_missing: str
    explained: str
    booked: tuple[str, ...]
    one_unmatched: str
    all_matched: str
    result: tuple[str, ...]
    never_shown: tuple[str, ...]
    recovered: str


WORDS = {
    "de": Words(
        language="de",
        three_wrong="3 von 8 Zeilen brauchen eine Korrektur",
        two_wrong="2 von 8 Zeilen brauchen eine Korrektur",
        bad_date="Den Tag „31.06.2026“ gibt es nicht.",
        no_street="es fehlt: Straße und Hausnummer",
        negative="Der Betrag ist negativ",
        repeated="RE-1004",
        handed_over="5 Forderungen sind übergeben",
        review="Neuen Auftrag prüfen",
        claims_of_weber=("2 Forderungen", "4.812,36 €", "1.234,56 €"),
        accepted="Auftrag angenommen.",
        completed="ergänzt.",
        released="Schreiben freigegeben",
        letter=(
            "RE-1001 03.08.2026 17.08.2026",
            "4.812,36 €",
            "1.234,56 €",
            "84,24 €",
            "15,22 €",
            "256,75 €",
            "zahlbar bis 10.12.2026",
            "Gesamtbetrag 6.403,13 €",
            "Nora Petersen",
            "040 5550123",
            "Wenn Sie Fragen haben oder etwas nicht stimmt",
        ),
        promised=("2.000,00 €", "Wiedervorlage", "Hat es vergessen"),
        disputed="434,56",
        objection_recorded="Einwand erfasst",
        held=("434,56 €", "Mahnsperre"),
        reason_missing="Bitte ausfüllen",
        explained="Die Erklärung ist gespeichert.",
        booked=("Gebucht", "1.714,90 €", "Jeder Cent hat einen Eigentümer"),
        one_unmatched="1 Zahlung hat noch keine Akte",
        all_matched="Jede Zahlung hat ihre Akte",
        result=(
            "Außergerichtlich",
            "Bisher eingezogen 1.000,00 €",
            "Zahlung von 1.000,00 € eingegangen",
            "Der Schuldner hat einen Einwand erhoben",
            "versandt",
            "Hauptforderung 5.387,91 €",
        ),
        never_shown=("Schutzbehauptung", "Wiedervorlage", "Mahnsperre gesetzt"),
        recovered="1.714,90 €",
    ),
    "en": Words(
        language="en",
        three_wrong="3 of 8 rows need a correction",
        two_wrong="2 of 8 rows need a correction",
        bad_date="“31.06.2026”",
        no_street="street",
        negative="The amount is negative",
        repeated="RE-1004",
        handed_over="5 claims are handed over",
        review="Review new order",
        claims_of_weber=("2 claims", "€4,812.36", "€1,234.56"),
        accepted="Order accepted.",
        completed="completed.",
        released="Letter released",
        letter=(
            "RE-1001 03.08.2026 17.08.2026",
            "4.812,36 €",
            "1.234,56 €",
            "84,24 €",
            "15,22 €",
            "256,75 €",
            "zahlbar bis 10.12.2026",
            "Gesamtbetrag 6.403,13 €",
            "Nora Petersen",
            "040 5550123",
            "Wenn Sie Fragen haben oder etwas nicht stimmt",
        ),
        promised=("€2,000.00", "Follow-up", "Forgot"),
        disputed="434.56",
        objection_recorded="Objection recorded",
        held=("€434.56", "Dunning stands still"),
        reason_missing="Please fill in",
        explained="The explanation is kept.",
        booked=("Booked", "€1,714.90", "Every cent has an owner"),
        one_unmatched="1 payment has no case yet",
        all_matched="Every payment has its case",
        result=(
            "Out of court",
            "Recovered so far €1,000.00",
            "Payment of €1,000.00 received",
            "The debtor has raised an objection",
            "sent",
            "Principal €5,387.91",
        ),
        never_shown=("Pretext", "pretext", "Follow-up"),
        recovered="€1,714.90",
    ),
}
