"""Field :86: of an MT940 entry: purpose, name, account and references.

Source: Deutsche Kreditwirtschaft, DFÜ-Abkommen Anlage 3, chapter 8 (German ?nn fields). Other
banks use another separator, slash words (/REMI/, /NAME/), :NS: lines or plain text.
"""

import re
from dataclasses import dataclass, field

from cases.formats.bank.mt940_fields import Field
from cases.formats.bank.sepa_tags import MarkedPurpose, given, take_apart
from cases.formats.bank.statement import Counterparty

#: Transaction code (GVC), separator, first field; both may be missing.
GERMAN = re.compile(r"([0-9]{3})?([?>@~^|<])([0-9]{2})")
PURPOSE_FIELDS = {*range(20, 30), *range(60, 64)}
#: Lines of the field are full at 65 characters; a full line goes on in the next one.
FULL_LINE = 65
SLASH_WORD = re.compile(
    r"/(EREF|MARF|CSID|IBAN|BIC|NAME|REMI|RTRN|TRTP|ORDP|BENM|CNTP|PURP|ISDT|ADDR|ULTD|ULTC|SVCL"
    r"|SVWZ)/"
)
NS_LINE = re.compile(r"([0-9]{2})(.*)")


@dataclass(frozen=True, slots=True)
class Information:
    """What :86: says about an entry."""

    gvc: str = ""
    info: str = ""  # Booking text (Buchungstext).
    marked: MarkedPurpose = field(default_factory=lambda: MarkedPurpose(""))
    counterparty: Counterparty = field(default_factory=Counterparty)
    return_reason: str | None = None


def read_information(fields: list[Field]) -> Information:
    """What the :86: and :NS: fields after an entry say."""
    named = [each for each in fields if each.tag == "NS"]
    lines = [line for each in fields if each.tag != "NS" for line in each.lines]
    if named and not any(line.strip() for line in lines):
        return _from_ns(named)
    # Field borders and line ends eat blanks: pieces are joined as they are.
    joined = "".join(lines)
    german = GERMAN.match(joined.lstrip())
    if german:
        return _from_german(joined.lstrip(), german)
    text = _flow(lines)
    if len(SLASH_WORD.findall(text)) > 1:
        return _from_slash_words(text)
    return Information(marked=take_apart(text))


def _from_german(joined: str, begin: re.Match[str]) -> Information:
    """The ?nn fields in their order."""
    pieces = re.split(re.escape(begin[2]) + r"([0-9]{2})", joined[begin.start(2) :])
    found: dict[int, str] = {}
    purpose = ""
    for number, content in zip(map(int, pieces[1::2]), pieces[2::2], strict=True):
        if number in PURPOSE_FIELDS:
            purpose += content
        else:
            found[number] = found.get(number, "") + content
    marked = take_apart(purpose)
    name = (found.get(32, "") + found.get(33, "")).strip()
    return Information(
        gvc=begin[1] or "",
        info=found.get(0, "").strip(),
        marked=marked,
        counterparty=Counterparty(
            name=name or None,
            iban=given("".join((found.get(31) or marked.iban or "").split())),
            bic=given(found.get(30) or marked.bic),
            ultimate_name=marked.ultimate_debtor or marked.ultimate_creditor,
        ),
        return_reason=found.get(34, "").strip() or None,
    )


def _from_slash_words(text: str) -> Information:
    """Dutch and SWIFT structured text: /EREF/.../NAME/.../REMI/..."""
    pieces = SLASH_WORD.split(text)
    found: dict[str, str] = {}
    for word, content in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(word, content.strip(" /"))
    marked = MarkedPurpose(
        purpose=found.get("REMI") or found.get("SVWZ") or text.strip(),
        end_to_end=given(found.get("EREF")),
        mandate=given(found.get("MARF")),
        creditor_id=given(found.get("CSID")),
    )
    return Information(
        info=pieces[0].strip(),
        marked=marked,
        return_reason=given(found.get("RTRN")),
        counterparty=Counterparty(
            given(found.get("NAME")), given(found.get("IBAN")), given(found.get("BIC"))
        ),
    )


def _from_ns(fields: list[Field]) -> Information:
    """:NS: lines: 01 to 14 purpose, 15 and 16 name, 17 booking text."""
    found = [match for each in fields for line in each.lines if (match := NS_LINE.match(line))]
    purpose = " ".join(each[2].strip() for each in found if 1 <= int(each[1]) <= 14)  # noqa: PLR2004
    name = " ".join(each[2].strip() for each in found if each[1] in {"15", "16"})
    info = " ".join(each[2].strip() for each in found if each[1] == "17")
    return Information(
        info=info, marked=take_apart(purpose), counterparty=Counterparty(name or None)
    )


def _flow(lines: list[str]) -> str:
    """Plain text over several lines: a full line goes on without a blank."""
    text, previous = "", FULL_LINE
    for line in lines:
        text += line if previous >= FULL_LINE else " " + line
        previous = len(line)
    return " ".join(text.split())
