"""The records of the applications after the first, in the order the record descriptions give."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from legal.de.court.eda.follow_ups import (
    ChangedDefendant,
    EnforcementOrderApplication,
    LitigationRequest,
    NewServiceApplication,
    Outlay,
    Payment,
    QueryAnswer,
    Withdrawal,
)
from legal.de.court.eda.records import Part, part, parts_of

#: Words of the notation and the marks of the court's files.
SERVICE = {"court": "1", "own": "2"}  # VBZUM
WITHDRAWAL = {"withdrawal": "R", "resolved": "E"}  # REM
ORIGINAL = {"paper": "B", "machine": "E"}  # MBEGM
NO_PAYMENTS, PAYMENTS = "1", "2"  # VBZAM
#: Name, name part 4, address, trial court, new representative, receiving representative.
_NEW_SERVICE_RECORDS = ("D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09")
_ENFORCEMENT_RECORDS = ("E03", "E04", "E05", "", "E06", "E07", "E08", "E09")
PAYMENTS_PER_RECORD, MOST_PAYMENTS, MOST_OUTLAYS, MOST_DEFENDANTS = 6, 12, 2, 5


def new_service_parts(application: NewServiceApplication, tkezi: str) -> Iterator[Part]:
    """Kinds 07 and 10."""
    yield part("D01", "", application, tkezi=tkezi)
    if application.defendant:
        yield from _defendant(application.defendant, _NEW_SERVICE_RECORDS)


def enforcement_order_parts(application: EnforcementOrderApplication, tkezi: str) -> Iterator[Part]:
    """Kind 08; the record of payments only when there are payments."""
    yield part(
        "E01",
        "",
        application,
        tkezi=tkezi,
        service=SERVICE.get(application.service, application.service),
        payments_mark=PAYMENTS if application.payments else NO_PAYMENTS,
    )
    for record, first in (("E02", 0), ("E11", PAYMENTS_PER_RECORD)):
        chosen = application.payments[first : first + PAYMENTS_PER_RECORD]
        if chosen:
            yield _payments(record, first, chosen)
    if application.defendant:
        yield from _defendant(application.defendant, _ENFORCEMENT_RECORDS)
    if application.further_outlays:
        yield _outlays(application.further_outlays)


def _payments(record: str, first: int, payments: tuple[Payment, ...]) -> Part:
    values: dict[str, Any] = {}
    keys: dict[str, str] = {}
    for number, payment in enumerate(payments, first + 1):
        for key in ("date", "amount"):
            values[f"{key}_{number}"] = getattr(payment, key)
            keys[f"{key}_{number}"] = f"payments[{number - 1}].{key}"
    return Part(record, "", values, keys)


def _outlays(outlays: tuple[Outlay, ...]) -> Part:
    values: dict[str, Any] = {}
    keys: dict[str, str] = {}
    for number, outlay in enumerate(outlays[:MOST_OUTLAYS], 1):
        for key in ("amount", "reason"):
            values[f"{key}_{number}"] = getattr(outlay, key)
            keys[f"{key}_{number}"] = f"further_outlays[{number - 1}].{key}"
    return Part("E10", "", values, keys)


def _defendant(defendant: ChangedDefendant, records: Sequence[str]) -> Iterator[Part]:
    name, name_4, address, court, *representatives = records
    yield from parts_of("defendant.", defendant, name, name_4)
    yield part(address, "defendant.", defendant)
    if defendant.prozessgericht and court:
        yield part(court, "defendant.prozessgericht.", defendant.prozessgericht)
    pairs = (("new_representatives", 0), ("receiving_representatives", 2))
    for attribute, first in pairs:
        for index, representative in enumerate(getattr(defendant, attribute)):
            path = f"defendant.{attribute}[{index}]."
            yield from parts_of(path, representative, *representatives[first : first + 2])


def query_answer_parts(application: QueryAnswer, tkezi: str) -> Iterator[Part]:
    """Kind 20: the court's own fields come back unchanged and in its order."""
    numbers = {f"gnr_{i}": gnr for i, gnr in enumerate(application.court_numbers, 1)}
    yield part("G01", "", application, tkezi=tkezi, **numbers)
    for index, item in enumerate(application.items):
        yield part("G02", f"items[{index}].", item)


def withdrawal_parts(application: Withdrawal, tkezi: str) -> Iterator[Part]:
    """Kind 25."""
    yield part(
        "H01",
        "",
        application,
        tkezi=tkezi,
        kind=WITHDRAWAL.get(application.kind, application.kind),
        original=ORIGINAL.get(application.original, application.original),
        gnr_known="J" if application.gnr else "",
    )


def litigation_request_parts(application: LitigationRequest, tkezi: str) -> Iterator[Part]:
    """Kind 29."""
    yield part("I01", "", application, tkezi=tkezi, fee_transfer=True)


#: Kind of application -> its records.
PARTS: Mapping[str, Callable[[Any, str], Iterator[Part]]] = {
    "07": new_service_parts,
    "08": enforcement_order_parts,
    "10": new_service_parts,
    "20": query_answer_parts,
    "25": withdrawal_parts,
    "29": litigation_request_parts,
}
