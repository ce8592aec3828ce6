"""From the typed cells of a row to a claim: matching amounts, one debtor, one address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.formats.claims.claim_row import Party
from cases.formats.claims.document_types import DocumentType, is_other_side, type_of
from cases.formats.claims.lists.fields import FURTHER, MONEY, OF_JOINT
from cases.formats.countries import (
    country_code,
    split_address,
    split_named_address,
    split_postcode_city,
    split_prefix,
)
from cases.formats.currencies import currency_code, currency_written, minor_digits
from cases.formats.identifiers import clean_iban
from cases.formats.party_kind import kind_named, kind_of

_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*\.?"
#: “Muster, Karl”, as registers write a person: one comma, words and nothing else.
_TURNED = re.compile(rf"^({_WORD}(?: {_WORD}){{0,3}}), ?({_WORD}(?: {_WORD}){{0,2}})$")
#: A second line of a name that says where in the house a letter goes, not what the house is called.
WITHIN = (
    r"^(?:abt\b|abteilung\b|z\. ?h(?:d|\b)|zu h(?:ä|ae)nden\b|c/o\b|attn?\b|dept\b|department\b|"
    r"kreditorenbuchhaltung|buchhaltung|einkauf\b|rechnungswesen|accounts payable)"
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What was invoiced, what was paid and what is open; None: the row does not say."""

    total_cents: int | None
    paid_cents: int | None
    open_cents: int | None

    def in_units_of(self, currency: str | None) -> "Amounts":
        """The amounts in the currency's smallest unit: a yen has none, a dinar has thousandths."""
        digits = minor_digits(currency)
        if digits == minor_digits("EUR"):
            return self
        amounts = (self.total_cents, self.paid_cents, self.open_cents)
        return Amounts(*(None if each is None else each * 10**digits // 100 for each in amounts))


def amounts_of(values: Mapping[str, Any]) -> Amounts:
    """Complete the amounts of a row, as far as it carries them."""
    total, paid, left = values.get("total"), values.get("paid"), values.get("open")
    debit, credit = values.get("debit"), values.get("credit")
    if debit is not None or credit is not None:
        return _from_sides(debit or 0, credit or 0, left)
    if left is None and total is not None:
        return Amounts(total, paid, total - (paid or 0))
    if paid is None and total is not None and left is not None:
        paid = total - left
    return Amounts(total, paid, left)


def counted(amounts: Amounts, values: Mapping[str, Any]) -> Amounts:
    """The amounts with the sign that the row gives them beside the figure: S or H, a credit note.

    A figure that has its sign already keeps it.
    """
    side, kind = values.get("side"), values.get("document_type")
    is_credit = (side and is_other_side(side)) or (
        kind and not side and type_of(kind) is DocumentType.CREDIT
    )
    left = amounts.open_cents
    if not is_credit or left is None or left <= 0:
        return amounts
    total = None if amounts.total_cents is None else -abs(amounts.total_cents)
    return Amounts(total, amounts.paid_cents, -left)


def _from_sides(debit: int, credit: int, left: int | None) -> Amounts:
    """Soll is what was invoiced and Haben what was paid; a credit note turns round."""
    left = debit - credit if left is None else left
    total = -credit if left < 0 and debit == 0 else debit
    return Amounts(total, total - left, left)


def debtor_of(values: Mapping[str, Any]) -> Party:
    """The debtor of a row, with his address put together."""
    name = name_of(values)
    street = _joined(values.get("street"), values.get("house_number"))
    postcode, city = values.get("postcode"), values.get("city")
    alone, address = split_named_address(name) if name else (None, None)
    if address is not None:
        if not (street or postcode or city or values.get("postcode_city")):
            name, (street, postcode, city) = alone, address
        elif (street, postcode, city) == address:
            name = alone  # It stands there twice.
    if street and not (postcode or city or values.get("postcode_city")):
        street, postcode, city = split_address(street)
    if values.get("postcode_city") and not (postcode and city):
        found, town = split_postcode_city(values["postcode_city"])
        postcode, city = postcode or found or None, city or town
    elif city and not postcode:
        found, city = split_postcode_city(city)
        postcode = found or None
    prefix, postcode = split_prefix(postcode) if postcode else (None, None)
    country = values.get("country")
    account = values.get("account")
    return Party(
        name=name,
        street=street,
        postcode=postcode,
        city=city,
        country=(country_code(country) if country else None) or prefix,
        email=values.get("email"),
        phone=values.get("phone"),
        kind=kind_named(values.get("debtor_kind")) or (kind_of(name) if name else None),
        account=without_fill(account) if account else None,
        vat_id=values.get("vat_id"),
        register_number=values.get("register_number"),
        leitweg_id=values.get("leitweg_id"),
        address_extra=_joined(values.get("address_extra"), _within(values)),
    )


def joint_of(values: Mapping[str, Any], debtor: Party) -> tuple[Party, ...]:
    """The joint debtors of a row; who has no address of his own has that of the first one."""
    found = []
    for place in FURTHER:
        own = {part: cell for part in OF_JOINT if (cell := values.get(f"{place}_{part}"))}
        if not own:
            continue
        party = debtor_of(own)
        if not (party.street or party.postcode or party.city):
            party = replace(
                party, street=debtor.street, postcode=debtor.postcode, city=debtor.city,
                country=party.country or debtor.country, address_extra=debtor.address_extra,
            )  # fmt: skip
        found.append(party)
    return tuple(found)


def without_fill(account: str) -> str:
    """A customer number without the zeros that programs fill it up with."""
    filled = account.startswith("00") and account.isascii() and account.isdigit()
    return account.lstrip("0") or "0" if filled else account


def name_of(values: Mapping[str, Any]) -> str | None:
    """The debtor's name: a company by itself, else a person by first and last name.

    Who stands beside the company is the person to turn to, and no part of its name.
    Law: ZPO § 690(1) no. 1 (the parties), HGB § 17.
    """
    suffix = None if _within(values) else values.get("name_suffix")
    if company := values.get("company"):
        return _joined(company, suffix)
    last, first = values.get("last_name") or values.get("name"), values.get("first_name")
    if last and not first and not suffix and (turned := _TURNED.match(last)) and not kind_of(last):
        return f"{turned[2]} {turned[1]}"
    return _joined(first, last, suffix)


def _within(values: Mapping[str, Any]) -> str | None:
    """The second line of a name where it is a department or a person to turn to."""
    suffix = values.get("name_suffix")
    return suffix if suffix and re.match(WITHIN, suffix, re.IGNORECASE) else None


def iban_of(values: Mapping[str, Any]) -> str | None:
    """The IBAN of a row without blanks."""
    iban = values.get("iban")
    return clean_iban(iban) or None if iban else None


def currency_of(
    values: Mapping[str, Any], raw: Mapping[str, str], default: str | None
) -> tuple[str | None, bool]:
    """The currency of a row, and whether its amounts name another one.

    A row without one takes that of its amounts (£1,234.50), else that of its whole list.
    """
    beside = {code for field in MONEY if (code := currency_written(raw.get(field, "")))}
    written = values.get("currency")
    if written:
        code = currency_code(written)
        return code, bool(beside) and beside != {code}
    return (min(beside), len(beside) > 1) if beside else (default, False)


def _joined(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
