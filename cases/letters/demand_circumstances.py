"""Which circumstances of the duties table hold for a letter: each is read from the facts.

A circumstance of the table that stands in no line here fails the build, and so does one that no
facts can bring about (tests/cases/letters/test_duties.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.ledger.models import EntryKind
from cases.letters.demand_facts import Demanded, Principal, Recipient, Sender
from legal.demand import LetterWords, Occasion, squeeze, without
from legal.interest import RateKind
from legal.jurisdiction import Jurisdiction


@dataclass(frozen=True, slots=True)
class Seen:
    """What the circumstances of a letter are read from."""

    law: Jurisdiction
    sender: Sender
    creditor: Principal
    recipient: Recipient
    claims: Sequence[Demanded]
    content: Mapping[str, Any]
    cost_kinds: frozenset[EntryKind]
    text: str
    occasions: frozenset[Occasion]


def _any_nine_points(seen: Seen) -> bool:
    rules = (c.balance.terms.rule for c in seen.claims if c.balance.periods)
    return any(rule.kind is RateKind.BUSINESS for rule in rules)


#: Circumstance -> whether it holds.
FROM_FACTS: dict[str, Callable[[Seen], bool]] = {
    "address_traced": lambda seen: seen.recipient.address_source == "traced",
    "contract_claim": lambda seen: any(claim.tort_on is None for claim in seen.claims),
    "costs_claimed": lambda seen: bool(seen.content["costs_cents"]),
    "creditor_address_withheld": lambda seen: bool(seen.creditor.address_withheld_reason),
    "disputed": lambda seen: any(claim.held_cents for claim in seen.claims),
    "foreign_currency": lambda seen: seen.content["currency"] != "EUR",
    "has_privacy_officer": lambda seen: bool(seen.sender.privacy_contact),
    "in_euro": lambda seen: seen.content["currency"] == "EUR",
    "interest_claimed": lambda seen: bool(seen.content["interest_cents"]),
    "joint_debtors": lambda seen: bool(seen.recipient.joint_with),
    "lump_sum_claimed": lambda seen: EntryKind.LUMP_SUM in seen.cost_kinds,
    "natural_person": lambda seen: seen.recipient.natural_person,
    "nine_points_claimed": _any_nine_points,
    "rate_above_statutory": lambda seen: bool(seen.content["higher_rates"]),
    "remuneration_claim": lambda seen: all(claim.remuneration for claim in seen.claims),
    "tort_claim": lambda seen: any(claim.tort_on is not None for claim in seen.claims),
    "vat_claimed": lambda seen: bool(seen.content["vat_cents"]),
}
#: What the form of our own company brings with it: the law's `company`.
FROM_COMPANY = frozenset({
    "company_with_directors",
    "company_with_supervisory_board",
    "no_person_liable",
    "registered_company",
})  # fmt: skip
#: What the words of the letter bring about: the law's `found_in_words`.
FROM_WORDS = frozenset({
    "credit_bureau_notice",
    "false_legal_consequence",
    "hidden_acknowledgement",
    "open_mailing",
    "unordered_goods",
})  # fmt: skip


def circumstances_of(seen: Seen) -> frozenset[str]:
    """All circumstances that hold."""
    words = LetterWords(
        text=without(squeeze(seen.text), names_in(seen)),
        # A person may be called what a debt is called.
        window=tuple(line for line in seen.recipient.address if line != seen.recipient.name),
        subjects=tuple(claim.description for claim in seen.claims),
        occasions=seen.occasions,
    )
    company = seen.law.company(seen.sender.legal_form, seen.sender.name)
    return frozenset({
        *(name for name, holds in FROM_FACTS.items() if holds(seen)),
        *company.circumstances,
        *seen.law.found_in_words(words),
    })  # fmt: skip


def names_in(seen: Seen) -> tuple[str, ...]:
    """What others are called in a letter: their names and addresses, however they sound."""
    creditor, recipient = seen.creditor, seen.recipient
    found = (
        creditor.name,
        creditor.original_creditor,
        seen.content["creditor_address"],
        recipient.name,
        recipient.salutation,
        *recipient.address,
        *recipient.joint_with,
        seen.content["handler"]["name"],
    )
    return tuple(name for name in found if name)


def kinds_of(lines: Iterable[Any]) -> frozenset[EntryKind]:
    """The kinds of costs among the lines of a letter."""
    return frozenset(line.kind for line in lines if line.kind is not None and line.cents > 0)
