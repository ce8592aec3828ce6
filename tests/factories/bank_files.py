"""Bank statements for tests: camt.053 files as a bank would send them. Invented data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from xml.sax.saxutils import escape

from sqlalchemy import select

from cases.core.database import db
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, BankFile, BankImport
from cases.payments.rules.models import BankRule, RuleKind
from cases.payments.rules.services import make_rule
from cases.payments.rules.wish import RuleWish

TRUST_IBAN = "DE89370400440532013000"
OPERATING_IBAN = "DE02120300000000202051"
DAY = date(2026, 11, 2)
_serial = count(1)


@dataclass(frozen=True)
class Transfer:
    """One entry of a statement; debits are negative."""

    cents: int
    purpose: str = ""
    on: date = DAY
    value_on: date | None = None
    reference: str = ""  # The bank's own; none by default.
    end_to_end: str = ""
    structured: str = ""
    name: str = "Jonas Weber"
    iban: str = "DE75512108001245126199"
    is_return: bool = False
    currency: str = "EUR"
    parts: tuple["Transfer", ...] = ()
    charges_cents: int = 0  # Of the bank, within a return.


def camt053(
    transfers: Sequence[Transfer],
    *,
    iban: str = TRUST_IBAN,
    opening_cents: int = 0,
    number: int = 1,
    currency: str = "EUR",
    wrong_closing: bool = False,
) -> bytes:
    """A camt.053.001.08 file of one statement with right balances, unless wanted otherwise."""
    closing = opening_cents + sum(each.cents for each in transfers) + int(wrong_closing)
    days = [each.on for each in transfers] or [DAY]
    balances = _balance("OPBD", opening_cents, min(days), currency) + _balance(
        "CLBD", closing, max(days), currency
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M{number}</MsgId><CreDtTm>2026-11-02T18:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>
<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></Acct>{balances}
{"".join(map(_entry, transfers))}</Stmt></BkToCstmrStmt></Document>""".encode()


def _charges(each: Transfer) -> str:
    if not each.charges_cents:
        return ""
    cents = f"{each.charges_cents // 100}.{each.charges_cents % 100:02}"
    return f'<Chrgs><Rcrd><Amt Ccy="{each.currency}">{cents}</Amt></Rcrd></Chrgs>'


def csv_file(transfers: Sequence[Transfer], *, iban: str = TRUST_IBAN, **_: object) -> bytes:
    """The CSV export (CAMT format) of a savings bank with the same entries."""
    head = (
        "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Glaeubiger ID;"
        "Mandatsreferenz;Kundenreferenz (End-to-End);Sammlerreferenz;Lastschrift Ursprungsbetrag;"
        "Auslagenersatz Ruecklastschrift;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;"
        "BIC (SWIFT-Code);Betrag;Waehrung;Info"
    )
    rows = [
        f"{iban};{each.on:%d.%m.%y};{each.value_on or each.on:%d.%m.%y};GUTSCHR. UEBERWEISUNG;"
        f"{each.purpose};;;{each.end_to_end};;;;{each.name};{each.iban};;"
        f"{_german_amount(each.cents)};{each.currency};Umsatz gebucht"
        for each in transfers
    ]
    return ("\r\n".join([head, *rows]) + "\r\n").encode("cp1252")


def _german_amount(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


def mt940(
    transfers: Sequence[Transfer],
    *,
    iban: str = TRUST_IBAN,
    opening_cents: int = 0,
    number: int = 1,
    **_: object,
) -> bytes:
    """The same entries as an MT940 statement of a German bank."""
    closing = opening_cents + sum(each.cents for each in transfers)
    days = [each.on for each in transfers] or [DAY]
    lines = [
        f":20:STARTUMS\r\n:25:{iban[4:12]}/{iban[12:]}\r\n:28C:{number:05}/001",
        f":60F:{_mt_balance(opening_cents, min(days))}",
        *map(_mt_entry, transfers),
        f":62F:{_mt_balance(closing, max(days))}",
        "-",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def _mt_balance(cents: int, on: date) -> str:
    return f"{'D' if cents < 0 else 'C'}{on:%y%m%d}EUR{_german_amount(abs(cents))}"


def _mt_entry(each: Transfer) -> str:
    sign = "D" if each.cents < 0 else "C"
    amount = _german_amount(abs(each.cents))
    words = f"SVWZ+{each.purpose}"
    pieces = [words[at : at + 27] for at in range(0, len(words), 27)]
    purpose = "".join(f"?{20 + at}{piece}" for at, piece in enumerate(pieces))
    other = f"?31{each.iban}?32{each.name[:27]}" if each.iban else f"?32{each.name[:27]}"
    value_on = each.value_on or each.on
    return (
        f":61:{value_on:%y%m%d}{each.on:%m%d}{sign}{amount}NTRFNONREF\r\n"
        f":86:166?00GUTSCHR. UEBERWEISUNG{purpose}{other}"
    )


def _balance(code: str, cents: int, on: date, currency: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents, currency)}"
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _amount(cents: int, currency: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    sign = "DBIT" if cents < 0 else "CRDT"
    return f'<Amt Ccy="{currency}">{whole}.{rest:02}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _entry(each: Transfer) -> str:
    family = "<SubFmlyCd>RRTN</SubFmlyCd>" if each.is_return else "<SubFmlyCd>ESCT</SubFmlyCd>"
    kind = "ICDT" if each.cents < 0 else "RCDT"
    reference = f"<AcctSvcrRef>{each.reference}</AcctSvcrRef>" if each.reference else ""
    details = "".join(map(_details, each.parts or (each,)))
    return (
        f"<Ntry>{_amount(each.cents, each.currency)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{each.on}</Dt></BookgDt><ValDt><Dt>{each.value_on or each.on}</Dt></ValDt>"
        f"{reference}<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{kind}</Cd>{family}</Fmly></Domn></BkTxCd>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def _details(each: Transfer) -> str:
    side = "Cdtr" if each.cents < 0 else "Dbtr"
    refs = (
        f"<Refs><EndToEndId>{escape(each.end_to_end)}</EndToEndId></Refs>"
        if each.end_to_end
        else ""
    )
    purpose = f"<Ustrd>{escape(each.purpose)}</Ustrd>" if each.purpose else ""
    structured = (
        f"<Strd><CdtrRefInf><Ref>{each.structured}</Ref></CdtrRefInf></Strd>"
        if each.structured
        else ""
    )
    why = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if each.is_return else ""
    return (
        f"<TxDtls>{refs}{_amount(each.cents, each.currency)}"
        f"<RltdPties><{side}><Pty><Nm>{escape(each.name)}</Nm></Pty></{side}>"
        f"<{side}Acct><Id><IBAN>{each.iban}</IBAN></Id></{side}Acct></RltdPties>"
        f"{_charges(each)}<RmtInf>{purpose}{structured}</RmtInf>{why}</TxDtls>"
    )


def make_bank_file() -> BankFile:
    """A booked bank file with one payment that names no case."""
    number = next(_serial)
    return import_statement(
        camt053([Transfer(50_00, f"Zahlung {number}")], number=number), f"statement-{number}.xml"
    )


def make_bank_statement() -> BankImport:
    """The statement of such a file."""
    query = select(BankImport).where(BankImport.bank_file_id == make_bank_file().id)
    return db.session.scalars(query).one()


def make_bank_entry() -> BankEntry:
    """The entry of such a file; it waits for a person."""
    query = select(BankEntry).where(BankEntry.import_id == make_bank_statement().id)
    return db.session.scalars(query).one()


def make_bank_rule() -> BankRule:
    """A rule of the accounts that is in force."""
    wish = RuleWish(RuleKind.FEE, 30_00, words=f"Entgelt für Konto {next(_serial)}")
    return make_rule(wish)[0]


def pain002(
    message_id: str,
    group: str | None = None,
    orders: Sequence[tuple[str, str, str, str]] = (),
    reason: str = "",
) -> bytes:
    """A status report: (number, status, reason, its words or the name the bank knows) each."""

    def why(code: str, words: str = "") -> str:
        more = f"<AddtlInf>{words}</AddtlInf>" if words else ""
        return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn>{more}</StsRsnInf>" if code else ""

    transfers = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{number}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        + why(code, text)
        + (
            f"<OrgnlTxRef><Cdtr><Pty><Nm>{text}</Nm></Pty></Cdtr></OrgnlTxRef>"
            if text and not code
            else ""
        )
        + "</TxInfAndSts>"
        for number, status, code, text in orders
    )
    payment = (
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message_id}</OrgnlPmtInfId>{transfers}"
        "</OrgnlPmtInfAndSts>"
        if transfers
        else ""
    )
    state = f"<GrpSts>{group}</GrpSts>" if group else ""
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>B-1</MsgId><CreDtTm>2026-12-01T10:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{state}{why(reason)}</OrgnlGrpInfAndSts>"
        f"{payment}</CstmrPmtStsRpt></Document>"
    ).encode()
