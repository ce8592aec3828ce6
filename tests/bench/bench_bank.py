"""How fast bank files are read: entries a second for camt and MT940, and the memory it takes.

Run as a script: `python tests/bench/bench_bank.py [entries]`.
"""

import resource
import sys
import time
from collections.abc import Callable

from cases.claims.references import make_case_number, parse_case_numbers
from cases.formats.bank.fingerprint import fingerprints
from cases.formats.bank.reading import read_statements
from cases.payments.matching import payments_of

CAMT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>'
    "<MsgId>m</MsgId><CreDtTm>2026-11-03T08:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id>"
    "<IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct><Bal><Tp><CdOrPrtry>"
    '<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>'
    "<Dt>2026-11-03</Dt></Dt></Bal>"
)
CAMT_ENTRY = (
    '<Ntry><Amt Ccy="EUR">{amount}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>2026-11-03</Dt></BookgDt><ValDt><Dt>2026-11-03</Dt></ValDt>"
    "<AcctSvcrRef>{number:016}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
    "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
    '<EndToEndId>E{number}</EndToEndId></Refs><Amt Ccy="EUR">{amount}.00</Amt>'
    "<CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Schuldner {number}</Nm></Pty></Dbtr>"
    "<DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf>"
    "<Ustrd>Rate zu {case}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
)
MT940_ENTRY = (
    ":61:2611031103CR{amount},00NTRFNONREF//{number:012}\n"
    ":86:166?00GUTSCHRIFT?100599?20EREF+E{number}?21SVWZ+Rate zu {case}?30BYLADEM1001"
    "?31DE02120300000000202051?32Schuldner {number}\n"
)


def entries(template: str, count: int) -> str:
    """So many entries, each with its own case."""
    return "".join(
        template.format(amount=number % 900 + 1, number=number, case=make_case_number(number, 2026))
        for number in range(1, count + 1)
    )


def camt(count: int) -> bytes:
    """A camt.053 file of this many entries."""
    return (CAMT_HEAD + entries(CAMT_ENTRY, count) + "</Stmt></BkToCstmrStmt></Document>").encode()


def mt940(count: int) -> bytes:
    """An MT940 file of this many entries."""
    return (
        ":20:B\n:25:37040044/532013000\n:28C:1/1\n:60F:C261102EUR0,\n"
        + entries(MT940_ENTRY, count)
        + ":62F:C261103EUR0,\n-\n"
    ).encode()


def report(name: str, make: Callable[[int], bytes], count: int) -> None:
    """Read, fingerprint and search one generated file."""
    data = make(count)
    began = time.perf_counter()
    (statement,) = read_statements(data, name).statements
    read = time.perf_counter()
    fingerprints(statement)
    marked = time.perf_counter()
    found = sum(
        len(parse_case_numbers(payment.purpose))
        for entry in statement.entries
        for payment in payments_of(entry)
    )
    searched = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert found == len(statement.entries) == count
    print(
        f"{name:6} {len(data) / 1e6:6.1f} MB  read {count / (read - began):9,.0f}/s  "
        f"fingerprint {count / (marked - read):9,.0f}/s  "
        f"case numbers {count / (searched - marked):9,.0f}/s  peak {peak_mb} MB"
    )


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    report("mt940", mt940, wanted)
    report("camt", camt, wanted)
