"""The inside of a camt entry: parties, references, purpose, returns and charges of a transaction.

Elements are found by local name in every version: a party is `Dbtr/Nm` up to .07 and
`Dbtr/Pty/Nm` from .08 on. Source: ISO 20022 camt.052/053/054, versions .01 to .08.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from cases.formats.bank.statement import Counterparty, EntryDetail, References
from cases.formats.currencies import parse_minor_units

Element = etree._Element

#: What banks write when there is no reference.
NOT_PROVIDED = {"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NOREF", "NONE", "NOTAVAILABLE"}
#: Returns by ISO bank transaction code: unpaid direct debit, returned credit transfer.
RETURN_SUBFAMILIES = {"UPDD", "RRTN"}
#: Returns by the German code of the transaction (Geschäftsvorfallcode, GVC).
RETURN_GVC = {"108", "109", "159"}
#: Prtry/Cd of German banks: SWIFT code, GVC, prima nota; NRTI marks a return.
GERMAN_CODE = re.compile(r"(N[A-Z0-9]{3})\+([0-9]{3})(?:\+.*)?")


def line_of(node: Element) -> int | None:
    """The line of the file on which an element begins."""
    line = node.sourceline
    return line if isinstance(line, int) else None


def text_at(node: Element, *paths: str) -> str | None:
    """The first text that is there and not blank."""
    for path in paths:
        elements: Any = _path(path)(node)
        if elements and (found := (elements[0].text or "").strip()):
            return found
    return None


@cache
def _path(path: str) -> etree.XPath:
    """A path compiled once: a statement of some thousand entries asks for each a hundred times."""
    return etree.XPath(path)


def reference_at(node: Element, *paths: str) -> str | None:
    """The same, without the words that stand for "no reference"."""
    found = text_at(node, *paths)
    return None if found is None or found.upper() in NOT_PROVIDED else found


@dataclass(frozen=True, slots=True)
class Setting:
    """What a detail inherits from its entry and statement."""

    account: str
    amount_cents: int  # Signed.
    currency: str
    is_reversal: bool
    alone: bool  # It is the entry's only detail.


def read_detail(node: Element, setting: Setting) -> EntryDetail:
    """One TxDtls element; an entry without details may be given instead of it."""
    negative = _is_negative(node, setting)
    original_cents, original_currency = money_at(
        node, "AmtDtls/InstdAmt/Amt", "AmtDtls/CntrValAmt/Amt"
    )
    return EntryDetail(
        amount_cents=_amount(node, setting, negative),
        currency=setting.currency,
        counterparty=_counterparty(node, setting, negative),
        references=_references(node),
        purpose=_purpose(node),
        return_reason=text_at(node, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry", "RtrInf/RtrRsn/Cd"),
        charges_cents=charges_at(node, setting.currency),
        original_cents=original_cents,
        original_currency=original_currency,
    )


def _is_negative(node: Element, setting: Setting) -> bool:
    sign = text_at(node, "CdtDbtInd")
    return sign == "DBIT" if sign else setting.amount_cents < 0


def _amount(node: Element, setting: Setting, negative: bool) -> int | None:
    """The detail's own amount in the currency of the account, with its sign."""
    if setting.alone:
        return setting.amount_cents
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        cents, currency = money_at(node, path)
        if cents is not None and currency in {None, setting.currency}:
            return -cents if negative else cents
    return None


def money_at(node: Element, *paths: str) -> tuple[int | None, str | None]:
    """The first readable amount, positive, with its currency."""
    for path in paths:
        found = node.find(path)
        if found is not None and found.text:
            currency = found.get("Ccy")
            cents = parse_minor_units(found.text.strip(), currency or "EUR")
            if cents is not None:
                return cents, currency
    return None, None


def charges_at(node: Element, currency: str) -> int:
    """Bank charges in sum; the total where given, else the records that are debited."""
    total, _ = money_at(node, "Chrgs/TtlChrgsAndTaxAmt")
    if total is not None:
        return total
    charged = 0
    for record in [*node.findall("Chrgs/Rcrd"), *node.findall("Chrgs")]:
        cents, record_currency = money_at(record, "Amt")
        if cents and record_currency in {None, currency} and text_at(record, "CdtDbtInd") != "CRDT":
            charged += cents
    return charged


def _counterparty(node: Element, setting: Setting, negative: bool) -> Counterparty:
    """Who is not us: by the accounts where they tell, else by the direction.

    German banks keep the roles of the original transaction in returns, so the sign alone misleads.
    """
    parties = node.find("RltdPties")
    if parties is None:
        return Counterparty()
    debtor_iban, creditor_iban = (_account(parties, f"{role}Acct") for role in ("Dbtr", "Cdtr"))
    if (
        setting.account
        and debtor_iban != creditor_iban
        and setting.account in {debtor_iban, creditor_iban}
    ):
        role = "Cdtr" if debtor_iban == setting.account else "Dbtr"
    else:
        role = "Cdtr" if negative != setting.is_reversal else "Dbtr"
    agent = node.find(f"RltdAgts/{role}Agt")
    return Counterparty(
        name=text_at(parties, f"{role}/Nm", f"{role}/Pty/Nm", f"{role}/Agt/FinInstnId/Nm"),
        iban=debtor_iban if role == "Dbtr" else creditor_iban,
        bic=None
        if agent is None
        else text_at(agent, "FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/CmbndId/BIC"),
        ultimate_name=text_at(parties, f"Ultmt{role}/Nm", f"Ultmt{role}/Pty/Nm"),
    )


def _account(parties: Element, tag: str) -> str | None:
    node = parties.find(tag)
    return None if node is None else account_in(node)


def account_in(node: Element) -> str | None:
    """The IBAN or other number of an account element, without blanks."""
    found = text_at(node, "Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC")
    return found and "".join(found.split())


def _references(node: Element) -> References:
    structured = tuple(
        reference
        for each in node.findall("RmtInf/Strd")
        if (reference := reference_at(each, "CdtrRefInf/Ref", "CdtrRefInf/CdtrRef"))
    )
    return References(
        end_to_end=reference_at(node, "Refs/EndToEndId"),
        structured=structured[0] if structured else None,
        mandate=reference_at(node, "Refs/MndtId"),
        creditor_id=text_at(
            node, "RltdPties/Cdtr/Id/PrvtId/Othr/Id", "RltdPties/Cdtr/Pty/Id/PrvtId/Othr/Id"
        ),
        bank=reference_at(node, "Refs/AcctSvcrRef"),
        instruction=reference_at(node, "Refs/InstrId"),
        structured_all=structured,
    )


def _purpose(node: Element) -> str:
    """The purpose (Verwendungszweck): free text, then what structured remittances add in words.

    Banks cut the free text anywhere, also inside words, so its pieces are joined as they are.
    """
    pieces = ["".join(each.text or "" for each in node.findall("RmtInf/Ustrd")).strip()]
    for structured in node.findall("RmtInf/Strd"):
        pieces += [each.text or "" for each in structured.findall("RfrdDocInf/Nb")]
        pieces += [each.text or "" for each in structured.findall("RfrdDocInf/RfrdDocNb")]
        pieces += [each.text or "" for each in structured.findall("AddtlRmtInf")]
    pieces = [" ".join(piece.split()) if "\n" in piece else piece.strip() for piece in pieces]
    return " ".join(piece for piece in pieces if piece) or text_at(node, "AddtlTxInf") or ""


def code_of(node: Element) -> str:
    """Kind of transaction in one word: PMNT/RCDT/ESCT, with the bank's own code after a blank."""
    code = node.find("BkTxCd")
    if code is None:
        return ""
    domain = [
        text_at(code, path) or "" for path in ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    ]
    own = text_at(code, "Prtry/Cd") or ""
    return " ".join(part for part in ("/".join(domain).strip("/"), own) if part)


def is_return_code(code: str) -> bool:
    """Whether a kind of transaction is a return: direct debit unpaid, transfer sent back."""
    for part in code.split(" "):
        german = GERMAN_CODE.fullmatch(part)
        if german and (german[1] == "NRTI" or german[2] in RETURN_GVC):
            return True
        if not RETURN_SUBFAMILIES.isdisjoint(part.split("/")):
            return True
    return False
