"""From the records of the later applications back to what they say."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from legal.de.court.eda.follow_up_records import (
    MOST_DEFENDANTS,
    MOST_OUTLAYS,
    MOST_PAYMENTS,
    ORIGINAL,
    SERVICE,
    WITHDRAWAL,
)
from legal.de.court.eda.follow_ups import (
    ChangedDefendant,
    EnforcementOrderApplication,
    LitigationRequest,
    NewServiceApplication,
    Outlay,
    Payment,
    QueryAnswer,
    QueryItem,
    Withdrawal,
)
from legal.de.court.eda.grouping import Group
from legal.de.court.eda.notation import build
from legal.de.court.eda.payment_order import Representative, TrialCourt

_NEW = {"D06": "new", "E06": "new", "D08": "receiving", "E08": "receiving"}
_NEW_ADDRESS = {"D07": "new", "E07": "new", "D09": "receiving", "E09": "receiving"}
_DEFENDANT = {"D02", "D03", "D04", "E03", "E04", "E05"}


def read_new_service(group: Group) -> NewServiceApplication:
    """Kinds 07 and 10."""
    return build(NewServiceApplication, group.values("D01"), defendant=_defendant(group))


def read_enforcement_order(group: Group) -> EnforcementOrderApplication:
    """Kind 08."""
    head = group.values("E01")
    service = _word(SERVICE, head.get("service"))
    return build(
        EnforcementOrderApplication,
        head,
        **({"service": service} if service else {}),
        payments=_payments(group),
        defendant=_defendant(group),
        further_outlays=_outlays(group),
    )


def _payments(group: Group) -> tuple[Payment, ...]:
    values = {**group.values("E02"), **group.values("E11")}
    pairs = [
        Payment(values.get(f"date_{i}"), values.get(f"amount_{i}"))  # type: ignore[arg-type]
        for i in range(1, MOST_PAYMENTS + 1)
    ]
    return tuple(p for p in pairs if p != Payment())


def _outlays(group: Group) -> tuple[Outlay, ...]:
    values = group.values("E10")
    pairs = [
        Outlay(values.get(f"amount_{i}"), values.get(f"reason_{i}") or "")  # type: ignore[arg-type]
        for i in range(1, MOST_OUTLAYS + 1)
    ]
    return tuple(p for p in pairs if p != Outlay())


def _defendant(group: Group) -> ChangedDefendant | None:
    found: dict[str, Any] = {}
    people: dict[str, list[Representative]] = {"new": [], "receiving": []}
    for entry in group.entries:
        if entry.name in _DEFENDANT:
            found |= {name: value for name, value in entry.values.items() if value}
        elif entry.name == "D05":
            found["prozessgericht"] = build(TrialCourt, entry.values)
        elif side := _NEW.get(entry.name):
            people[side].append(build(Representative, entry.values))
        elif (side := _NEW_ADDRESS.get(entry.name)) and people[side]:
            address = {name: value for name, value in entry.values.items() if value}
            people[side][-1] = replace(people[side][-1], **address)  # type: ignore[arg-type]
    if not found and not any(people.values()):
        return None
    found["new_representatives"] = tuple(people["new"])
    found["receiving_representatives"] = tuple(people["receiving"])
    return ChangedDefendant(**found)


def read_query_answer(group: Group) -> QueryAnswer:
    """Kind 20 when we sent it."""
    head = group.values("G01")
    gnrs = tuple(str(n) for i in range(1, MOST_DEFENDANTS + 1) if (n := head.get(f"gnr_{i}")))
    items = tuple(build(QueryItem, e.values) for e in group.entries if e.name == "G02")
    return build(QueryAnswer, head, gnrs=gnrs, items=items).in_short()


def read_withdrawal(group: Group) -> Withdrawal:
    """Kind 25."""
    head = group.values("H01")
    kind, original = _word(WITHDRAWAL, head.get("kind")), _word(ORIGINAL, head.get("original"))
    return build(Withdrawal, head, kind=kind, **({"original": original} if original else {}))


def read_litigation_request(group: Group) -> LitigationRequest:
    """Kind 29."""
    return build(LitigationRequest, group.values("I01"))


def _word(words: Mapping[str, str], mark: Any) -> str:
    """The word of the notation for a mark of the file; an unknown mark stays as it is."""
    return next((word for word, known in words.items() if known == mark), str(mark or ""))


#: Kind of application -> its reader.
READERS: Mapping[str, Callable[[Group], Any]] = {
    "07": read_new_service,
    "08": read_enforcement_order,
    "10": read_new_service,
    "20": read_query_answer,
    "25": read_withdrawal,
    "29": read_litigation_request,
}
