"""How booked costs are named and explained to a debtor, in the languages that letters speak."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cases.ledger.models import EntryKind
from legal.costs import CostStep, Parameter, words
from legal.jurisdiction import cost_sentences

#: What the law's own steps do not say.
BOOKED_BEFORE = {
    "en": "Of this {booked_cents} was charged before; {amount_cents} is added.",
    "de": "Davon wurden {booked_cents} schon berechnet; {amount_cents} kommen hinzu.",
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
    sentences = {**cost_sentences(language), "already_booked": BOOKED_BEFORE[language]}
    if language == "de":
        return words(steps, sentences, german_euro, german)
    return words(steps, sentences, english_euro, english)


def english_euro(cents: int) -> str:
    """€1,234.50, as the rest of an English letter has it."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}€{whole:,}.{rest:02d}"


def english(value: Parameter) -> str:
    """A day as the rest of an English letter writes it."""
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else str(value)


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
