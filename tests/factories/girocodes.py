"""GiroCodes read back, as the app of a bank reads them."""

import re
from decimal import Decimal

from cases.formats.identifiers import find_iban
from cases.letters.codes.girocode import Transfer, TransferUnfit, girocode_text

AMOUNT = re.compile(r"EUR([0-9]{1,9}(?:\.[0-9]{1,2})?)")
FEWEST_LINES, MOST_LINES = 7, 12


def parse_girocode(payload: str) -> Transfer:
    """The payment in a payload that was read from a code.

    Raises:
        TransferUnfit: not a GiroCode, or one that breaks the rules.
    """
    lines = payload.replace("\r\n", "\n").split("\n")
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        raise TransferUnfit("a GiroCode has 7 to 12 lines")
    lines += [""] * (MOST_LINES - len(lines))
    if lines[0] != "BCD" or lines[1] not in {"001", "002"} or lines[3] != "SCT":
        raise TransferUnfit("no GiroCode")
    amount = AMOUNT.fullmatch(lines[7])
    if amount is None and lines[7]:
        raise TransferUnfit("the amount is unreadable")
    transfer = Transfer(
        bic=lines[4],
        name=lines[5],
        iban=find_iban(lines[6]) or "",
        amount_cents=int(Decimal(amount[1]).scaleb(2)) if amount else None,
        purpose=lines[8],
        reference=lines[9],
        text=lines[10],
        note=lines[11],
    )
    girocode_text(transfer)  # Checks all of it.
    return transfer
