"""Swiss QR-bill: the payment part that a Swiss debtor's bank reads, with its code.

Law: Swiss Implementation Guidelines for the QR-bill 2.3 (structured addresses only). Bills in euro
are not made: what version 2.4 allows of them is not confirmed.
"""

import io
from dataclasses import dataclass
from typing import Any

from cases.claims.references import iso11649, print_form, qrr
from cases.formats.identifiers import find_iban, is_qr_iban

CURRENCY = "CHF"
COUNTRIES = ("CH", "LI")
MAX_CENTS = 999_999_999_99
MAX_QR_VERSION = 25
#: Fixed, so that the same payment always gives the same picture.
MASK = 3
#: The code is 46 mm wide, the cross in its middle 7 mm.
CODE_MM, CROSS_MM = 46, 7
#: Longest name, street, postcode and town of an address.
NAME, STREET, POSTCODE, TOWN = 70, 70, 16, 35
MESSAGE_LENGTH = 140
#: Beyond Latin-1 and Latin Extended-A these characters are allowed.
LAST_LATIN = 0x017F
MORE_CHARACTERS = frozenset("ȘșȚț€")

#: The words of the guidelines, in the languages that letters speak.
WORDS = {
    "de": {
        "separate": "Vor der Einzahlung abzutrennen",
        "receipt": "Empfangsschein",
        "payment_part": "Zahlteil",
        "account_of": "Konto / Zahlbar an",
        "reference": "Referenz",
        "further": "Zusätzliche Informationen",
        "payable_by": "Zahlbar durch",
        "currency": "Währung",
        "amount": "Betrag",
        "acceptance_point": "Annahmestelle",
    },
    "en": {
        "separate": "Separate before paying in",
        "receipt": "Receipt",
        "payment_part": "Payment part",
        "account_of": "Account / Payable to",
        "reference": "Reference",
        "further": "Additional information",
        "payable_by": "Payable by",
        "currency": "Currency",
        "amount": "Amount",
        "acceptance_point": "Acceptance point",
    },
}


class BillUnfit(ValueError):
    """This payment cannot be put into a QR-bill."""


@dataclass(frozen=True, slots=True)
class Party:
    """A name with its address; the number of the house stands in the street."""

    name: str
    street: str
    postcode: str
    town: str
    country: str

    @property
    def lines(self) -> tuple[str, ...]:
        """As they are printed."""
        return (self.name, self.street, f"{self.postcode} {self.town}")


@dataclass(frozen=True, slots=True)
class Bill:
    """A payment in francs; the account decides which kind of reference it carries."""

    account: str
    payee: Party
    amount_cents: int
    payer: Party
    case_number: str

    @property
    def reference(self) -> tuple[str, str]:
        """Type and value: a QR-IBAN asks for a QR reference, any other for an RF reference."""
        if is_qr_iban(self.account):
            return "QRR", qrr(self.case_number)
        return "SCOR", iso11649(self.case_number)


def takes_bills(account: str, currency: str) -> bool:
    """Whether payments to an account in a currency may be asked for by QR-bill."""
    return currency == CURRENCY and account[:2] in COUNTRIES


def bill_text(bill: Bill) -> str:
    """The payload of the code, after everything in it was checked.

    Raises:
        BillUnfit: with the reason.
    """
    _require(find_iban(bill.account) is not None, "the IBAN is wrong")
    _require(bill.account[:2] in COUNTRIES, "only accounts in Switzerland or Liechtenstein")
    _require(0 < bill.amount_cents <= MAX_CENTS, "the amount is out of range")
    _require(len(bill.case_number) <= MESSAGE_LENGTH, "the message is too long")
    kind, reference = bill.reference
    lines = [
        "SPC", "0200", "1", bill.account, *_address(bill.payee),
        *[""] * 7,  # The ultimate creditor: for future use.
        f"{bill.amount_cents // 100}.{bill.amount_cents % 100:02}", CURRENCY,
        *_address(bill.payer), kind, reference, bill.case_number, "EPD",
    ]  # fmt: skip
    return "\n".join(lines)


def _address(party: Party) -> list[str]:
    fields = (party.name, party.street, party.postcode, party.town)
    for value, longest in zip(fields, (NAME, STREET, POSTCODE, TOWN), strict=True):
        _require(len(value) <= longest, f"more than {longest} characters: {value}")
        _require(all(_is_allowed(each) for each in value), f"a character outside Latin: {value}")
    _require(bool(party.name and party.postcode and party.town), "the address is incomplete")
    return ["S", party.name, party.street, "", party.postcode, party.town, party.country]


def _is_allowed(character: str) -> bool:
    latin = character.isprintable() and ord(character) <= LAST_LATIN
    return latin or character in MORE_CHARACTERS


def _require(fulfilled: bool, reason: str) -> None:
    if not fulfilled:
        raise BillUnfit(reason)


def bill_svg(bill: Bill) -> str:
    """The code with the Swiss cross, the same bytes for the same payment; raises BillUnfit."""
    import segno

    code = segno.make_qr(bill_text(bill), error="m", mask=MASK, encoding="utf-8", boost_error=False)
    if int(code.version) > MAX_QR_VERSION:
        raise BillUnfit(f"more than QR version {MAX_QR_VERSION}")
    picture = io.BytesIO()
    code.save(
        picture, kind="svg", border=0, xmldecl=False, svgns=False, svgclass=None, lineclass=None,
        omitsize=True,
    )  # fmt: skip
    modules = code.symbol_size(border=0)[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CODE_MM}mm" height="{CODE_MM}mm" '
        f'viewBox="0 0 {CODE_MM} {CODE_MM}"><svg width="{CODE_MM}" height="{CODE_MM}" '
        f'viewBox="0 0 {modules} {modules}">{picture.getvalue().decode().strip()}</svg>{_cross()}'
        "</svg>"
    )


def _cross() -> str:
    """A white field of 7 mm, in it a black square with the cross."""
    middle = CODE_MM / 2
    long, wide = 35 / 9, 7 / 6

    def box(width: float, height: float, colour: str) -> str:
        left, top = middle - width / 2, middle - height / 2
        return (
            f'<rect x="{left:.3f}" y="{top:.3f}" width="{width:.3f}" height="{height:.3f}" '
            f'fill="{colour}"/>'
        )

    return (
        box(CROSS_MM, CROSS_MM, "#fff")
        + box(CROSS_MM - 1, CROSS_MM - 1, "#000")
        + box(long, wide, "#fff")
        + box(wide, long, "#fff")
    )


def bill_content(bill: Bill, language: str) -> dict[str, Any]:
    """What the payment part and the receipt show; raises BillUnfit."""
    kind, reference = bill.reference
    whole, rest = divmod(bill.amount_cents, 100)
    return {
        "words": WORDS[language],
        "code": bill_svg(bill),
        "account": print_form(bill.account),
        "payee": list(bill.payee.lines),
        "payer": list(bill.payer.lines),
        "reference": print_qrr(reference) if kind == "QRR" else print_form(reference),
        "message": bill.case_number,
        "currency": CURRENCY,
        "amount": f"{whole:,}".replace(",", " ") + f".{rest:02}",
    }


def print_qrr(reference: str) -> str:
    """A QR reference as it is printed: two digits, then groups of five."""
    rest = reference[2:]
    return " ".join([reference[:2], *(rest[at : at + 5] for at in range(0, len(rest), 5))])
