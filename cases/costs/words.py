"""How booked costs are named and explained to a debtor, in the languages that letters speak."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cases.ledger.models import EntryKind
from legal.costs import CostStep, Parameter, euro, words
from legal.de.costs.words import MESSAGES as LEGAL_SENTENCES

#: What the law's own steps do not say.
MORE_SENTENCES = {
    "vat": "VV RVG 7008: {percent} percent VAT on {net_cents} is {amount_cents}.",
    "already_booked": "Of this {booked_cents} was charged before; {amount_cents} is added.",
}
SENTENCES = {
    "en": {**LEGAL_SENTENCES, **MORE_SENTENCES},
    "de": {
        "fee": (
            "{law}: Die volle Gebühr beträgt bei einem Wert von {value_cents} {full_cents} "
            "({table}, Stand {valid_from}); das {rate}-fache sind {amount_cents}."
        ),
        "small_fee": (
            "{law}: Bei einer unbestrittenen Forderung bis {limit_cents} beträgt die volle Gebühr "
            "{full_cents} (§ 13 Abs. 2 RVG, Stand {valid_from}); das {rate}-fache sind "
            "{amount_cents}."
        ),
        "minimum": "Eine Gebühr beträgt mindestens {minimum_cents}.",
        "value_share": "Vom Wert von {whole_cents} zählen nur {share_percent} Prozent.",
        "creditors": (
            "Weitere Gläubiger: {further}. Der Satz erhöht sich von {rate} auf {raised} "
            "(VV RVG 1008)."
        ),
        "above_threshold": (
            "Mehr als {threshold} kann nur verlangt werden, wenn die Sache besonders umfangreich "
            "oder besonders schwierig war (VV RVG 2300 Anm. 2)."
        ),
        "flat_expenses": (
            "{law}: {share_percent} Prozent der Gebühren von {fees_cents}, höchstens "
            "{limit_cents}, sind {amount_cents}."
        ),
        "lump_sum": "{law}: Die Verzugspauschale beträgt {amount_cents}.",
        "lump_sum_set_off": (
            "Darauf werden Kosten der Rechtsverfolgung von {costs_cents} angerechnet; es bleiben "
            "{amount_cents} (§ 288 Abs. 5 Satz 3 BGB)."
        ),
        "lump_sum_consumer": (
            "Ein Verbraucher schuldet die Verzugspauschale des § 288 Abs. 5 BGB nicht."
        ),
        "lump_sum_other": (
            "Die Verzugspauschale des § 288 Abs. 5 BGB wird nur auf Entgeltforderungen geschuldet."
        ),
        "lump_sum_too_early": (
            "Die Verzugspauschale des § 288 Abs. 5 BGB wird nur auf Schuldverhältnisse "
            "geschuldet, die ab dem {valid_from} entstanden sind."
        ),
        "vat": "VV RVG 7008: {percent} Prozent Umsatzsteuer auf {net_cents} sind {amount_cents}.",
        "already_booked": (
            "Davon wurden {booked_cents} schon berechnet; {amount_cents} kommen hinzu."
        ),
    },
}
NAMES = {
    "de": {
        EntryKind.COLLECTION_FEE: "Inkassovergütung (Geschäftsgebühr)",
        EntryKind.OUTLAYS: "Auslagenpauschale",
        EntryKind.REMINDER_COSTS: "Mahnkosten",
        EntryKind.LUMP_SUM: "Verzugspauschale",
        EntryKind.VAT: "Umsatzsteuer",
        EntryKind.SETTLEMENT_FEE: "Einigungsgebühr",
        EntryKind.COURT_COSTS: "Gerichtskosten",
        EntryKind.ENFORCEMENT_COSTS: "Vollstreckungskosten",
    },
    "en": {
        EntryKind.COLLECTION_FEE: "Collection fee (business fee)",
        EntryKind.OUTLAYS: "Flat expenses",
        EntryKind.REMINDER_COSTS: "Reminder costs",
        EntryKind.LUMP_SUM: "Lump sum for late payment",
        EntryKind.VAT: "VAT",
        EntryKind.SETTLEMENT_FEE: "Settlement fee",
        EntryKind.COURT_COSTS: "Court costs",
        EntryKind.ENFORCEMENT_COSTS: "Enforcement costs",
    },
}


def explain(steps: Sequence[CostStep], language: str) -> str:
    """The computation in sentences that a debtor can follow."""
    if language == "de":
        return words(steps, SENTENCES["de"], german_euro, german)
    return words(steps, SENTENCES["en"], euro)


def german_euro(cents: int) -> str:
    """1.234,50 € with a space that does not break."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d}\u00a0€"


def german(value: Parameter) -> str:
    """A number or a day as German writes it."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def steps_to_json(steps: Sequence[CostStep]) -> list[dict[str, Any]]:
    """The steps as they are kept with an entry; each parameter carries its type."""
    return [
        {"code": step.code, "params": {name: _dump(value) for name, value in step.params.items()}}
        for step in steps
    ]


def steps_from_json(kept: Sequence[Mapping[str, Any]]) -> list[CostStep]:
    """The steps of an entry."""
    return [
        CostStep(row["code"], {name: _load(value) for name, value in row["params"].items()})
        for row in kept
    ]


def _dump(value: Parameter) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _load(kept: Any) -> Parameter:
    if not isinstance(kept, dict):
        found: Parameter = kept
        return found
    return Decimal(kept["decimal"]) if "decimal" in kept else date.fromisoformat(kept["day"])
