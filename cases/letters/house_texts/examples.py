"""Examples that every text must stand: invented cases with all that the duties ask for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.letters.addressing import Party, address
from cases.letters.demand_facts import Draft, Handler, Order, Principal, Recipient, Sender
from cases.letters.plain_case import PlainCase, PlainClaim, compute_account
from cases.letters.written.composing import Facts, WrittenWish, compose
from legal.demand import is_sendable
from legal.errors import InvariantBroken
from legal.findings import N_, Finding, Severity
from legal.jurisdiction import get_jurisdiction

DAY = date(2026, 11, 23)
#: So many claims fill several pages.
MANY = 60
_SENDER = Sender(
    name="Beispiel Inkasso GmbH", street="Musterstraße 1", postcode="20457", city="Hamburg",
    email="post@inkasso.example", register_entry="Amtsgericht Hamburg, 3712/1-7.1",
    authority_name="Bundesamt für Justiz", authority_address="Adenauerallee 99-103, 53113 Bonn",
    authority_contact="www.bundesjustizamt.de", privacy_contact=None, vat_id=None,
    trust_iban="DE89370400440532013000", legal_form="GmbH",
    register_court="Amtsgericht Hamburg", register_number="HRB 12345",
    managing_directors="Erika Beispiel",
)  # fmt: skip
_CREDITOR = Principal("Stadtwerke Beispielstadt GmbH", "Marktplatz 1", "20095", "Hamburg")
_PERSON = Party("natural_person", "Weber", "Lindenallee 7", "20259", "Hamburg", given_name="Jonas")
_ABROAD = replace(_PERSON, street="12 Rue de la Paix", postcode="75002", city="Paris", country="FR")
_COMPANY = Party("company", "Bäckerei Sommer GmbH", "Am Markt 3", "20095", "Hamburg")

APPOINTMENT = "am Dienstag, 1. Dezember 2026 zwischen 14:00 und 15:00 Uhr bei Ihnen."


@dataclass(frozen=True, slots=True)
class Example:
    """One of them."""

    code: str
    name: str
    party: Party = _PERSON
    joint: tuple[str, ...] = ()
    consumer: bool = True
    claims: int = 1
    disputed_cents: int = 0


EXAMPLES = (
    Example("consumer", N_("A consumer with one invoice")),
    Example("joint", N_("Joint debtors, a part disputed"), joint=("Mia Groß",), claims=2,
            disputed_cents=100_00),
    Example("business", N_("A business"), party=_COMPANY, consumer=False),
    Example("many", N_("Sixty invoices"), claims=MANY),
    Example("abroad", N_("An address abroad"), party=_ABROAD),
)  # fmt: skip


def example_of(code: str) -> Example:
    """The example of that code, else the first."""
    return next((each for each in EXAMPLES if each.code == code), EXAMPLES[0])


def draft_example(wish: WrittenWish, example: Example) -> Draft:
    """The page that a text makes of an example."""
    return compose(
        replace(wish, promise=(100_00, DAY), appointment=APPOINTMENT), example_facts(wish, example)
    )


def faults(wish: WrittenWish, *, written_by_nobody: bool) -> list[Finding]:
    """Errors of a text in any of the examples, each once.

    A line for the writer to replace is a fault only where nobody writes the letter.
    """
    found: list[Finding] = []
    for example in EXAMPLES:
        for finding in draft_example(wish, example).findings:
            if finding.severity is not Severity.ERROR or finding in found:
                continue
            if finding.code != "sample_text" or written_by_nobody:
                found.append(finding)
    if is_sendable(found) != (not found):
        raise InvariantBroken("errors keep a letter in the house")
    return found


def example_facts(wish: WrittenWish, example: Example) -> Facts:
    """What an example is made of, for a letter in the language and with the term of a wish."""
    order = Order(
        "B-2026-0000001", "2026-0000001-5", DAY, 3, "DE-HH", get_jurisdiction("de"),
        term_days=wish.term_days, language=wish.language, next_step=wish.next_step,
    )  # fmt: skip
    recipient = _recipient(example, wish.language)
    plain = PlainCase(
        order, _SENDER, Handler("Nora Petersen", "040 5550123"), _CREDITOR, recipient,
        _claims(example), ordered_on=DAY,
    )  # fmt: skip
    account = compute_account(plain, [])
    if account is None:
        raise InvariantBroken("an example is owed")
    return Facts(
        order, _SENDER, plain.handler, _CREDITOR, recipient, account.claims, account.owed,
        account.costs, "EUR", DAY,
    )  # fmt: skip


def _recipient(example: Example, language: str) -> Recipient:
    read = address(example.party, language)
    return Recipient(
        name=read.name, salutation=read.salutation, address=read.lines,
        natural_person=read.natural_person, joint_with=example.joint,
    )  # fmt: skip


def _claims(example: Example) -> Sequence[PlainClaim]:
    return [
        PlainClaim(
            number=f"RE-{number:05}", invoiced_on=date(2026, 7, 1), due_on=date(2026, 7, 31),
            ground="agreed_day", default_from=date(2026, 8, 1), principal_cents=500_00,
            currency="EUR", description="Lieferung von Strom", contract_on=date(2025, 3, 1),
            consumer=example.consumer,
            disputed_cents=example.disputed_cents if number == 1 else 0,
        )
        for number in range(1, example.claims + 1)
    ]  # fmt: skip
