"""The invented bank: payments wait in a tray until the next statement of the trust account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.sax.saxutils import escape

from agency.demo.house import TRUST_IBAN

PAYER_IBAN = "DE27100777770209299700"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One booking; money that leaves is negative."""

    cents: int
    purpose: str
    name: str
    is_return: bool = False
    end_to_end: str = ""
    iban: str = PAYER_IBAN


def iban_of(number: int) -> str:
    """An account of nobody at a bank that does not exist, with its right check digits."""
    account = f"10077777{number:010}"
    return f"DE{98 - int(account + '131400') % 97:02}{account}"


@dataclass(slots=True)
class Tray:
    """What the bank has booked since its last statement."""

    balance_cents: int = 0
    number: int = 0
    bookings: list[tuple[date, Transfer]] = field(default_factory=list)

    def book(self, day: date, transfer: Transfer) -> None:
        """Let money come in or go back on a day."""
        self.bookings.append((day, transfer))

    def statement(self, day: date) -> bytes:
        """The statement up to the evening before a day, in camt.053."""
        self.number += 1
        booked = [one for one in self.bookings if one[0] < day]
        self.bookings = [one for one in self.bookings if one[0] >= day]
        opening = self.balance_cents
        self.balance_cents += sum(transfer.cents for _, transfer in booked)
        last_day = day - timedelta(days=1)
        parts = _statement(self.number, last_day, opening, self.balance_cents, booked)
        return "".join(parts).encode()


def _statement(
    number: int, day: date, opening: int, closing: int, booked: list[tuple[date, Transfer]]
) -> Iterator[str]:
    first = min((on for on, _ in booked), default=day)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>DEMO{number}</MsgId><CreDtTm>{day}T06:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        f"<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{day}T00:00:00</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{TRUST_IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, first)}{_balance('CLBD', closing, day)}"
    )
    for position, (on, transfer) in enumerate(booked, start=1):
        yield _entry(f"{number:04}{position:03}", on, transfer)
    yield "</Stmt></BkToCstmrStmt></Document>"


def _balance(code: str, cents: int, on: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents)}"
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _amount(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    side = "DBIT" if cents < 0 else "CRDT"
    return f'<Amt Ccy="EUR">{whole}.{rest:02}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(reference: str, on: date, transfer: Transfer) -> str:
    family = "RRTN" if transfer.is_return else "ESCT"
    kind = "ICDT" if transfer.cents < 0 else "RCDT"
    side = "Cdtr" if transfer.cents < 0 else "Dbtr"
    refs = f"<Refs><EndToEndId>{transfer.end_to_end}</EndToEndId></Refs>"
    refs = refs if transfer.end_to_end else ""
    why = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if transfer.is_return else ""
    return (
        f"<Ntry>{_amount(transfer.cents)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>"
        f"<AcctSvcrRef>{reference}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{kind}</Cd>"
        f"<SubFmlyCd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls>{refs}{_amount(transfer.cents)}"
        f"<RltdPties><{side}><Pty><Nm>{escape(transfer.name)}</Nm></Pty></{side}>"
        f"<{side}Acct><Id><IBAN>{transfer.iban}</IBAN></Id></{side}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(transfer.purpose)}</Ustrd></RmtInf>{why}</TxDtls></NtryDtls></Ntry>"
    )
