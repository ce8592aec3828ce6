"""From the records of an application for a payment order back to what it says."""

from dataclasses import replace
from typing import Any

from legal.de.court.eda.codec import Value
from legal.de.court.eda.grouping import Group
from legal.de.court.eda.notation import build
from legal.de.court.eda.payment_order import (
    ANCILLARY,
    Agent,
    AgentCase,
    Ancillary,
    AncillaryClaims,
    Assignment,
    CaseMarks,
    Claim,
    ComputedInterest,
    ConsumerCredit,
    CourtAddress,
    Party,
    PaymentOrderApplication,
    Property,
    Representative,
    RunningInterest,
    TrialCourt,
)
from legal.de.court.eda.payment_order_records import FREE_TEXT_FIRST

_NAMES = {"C02": "applicants", "C13": "defendants"}
_MORE_OF_PARTY = {
    "C03": "applicants",
    "C04": "applicants",
    "C14": "defendants",
    "C15": "defendants",
}
_REPRESENTATIVES = {"C05": "applicants", "C17": "defendants"}
_REPRESENTATIVE_ADDRESSES = {"C06": "applicants", "C18": "defendants"}
_RECORD_OF = {record: key for key, record in ANCILLARY.items()}
#: Parts that belong to the claim before them: record -> attribute and class.
_OF_CLAIM: dict[str, tuple[str, type[Any]]] = {
    "C21": ("property", Property),
    "C25": ("assignment", Assignment),
    "C27": ("consumer_credit", ConsumerCredit),
}
_Values = dict[str, Value]


def read_payment_order(group: Group) -> PaymentOrderApplication:
    """The application these records make; records without a predecessor to hang on are left out."""
    reader = _Reader()
    for entry in group.entries:
        if entry.layout:
            reader.take(entry.name, entry.values)
    return reader.application()


class _Reader:
    """Builds the application record by record; the last party or claim takes what follows."""

    def __init__(self) -> None:
        self.parties: dict[str, list[Party]] = {"applicants": [], "defendants": []}
        self.claims: list[Claim] = []
        self.ancillary: dict[str, Ancillary] = {}
        self.rest: dict[str, Any] = {}

    def take(self, record: str, values: _Values) -> None:
        if record in _NAMES:
            self.parties[_NAMES[record]].append(build(Party, values))
        elif record in {"C20", "C23", "C22", "C24", "C26"} or record in _OF_CLAIM:
            self._claim(record, values)
        elif record in _RECORD_OF:
            self.ancillary[_RECORD_OF[record]] = build(Ancillary, values)
        elif not self._party(record, values):
            self._single(record, values)

    def application(self) -> PaymentOrderApplication:
        """The whole, when no record is left."""
        ancillary = AncillaryClaims(**self.ancillary) if self.ancillary else None
        return PaymentOrderApplication(
            applicants=tuple(self.parties["applicants"]),
            defendants=tuple(self.parties["defendants"]),
            claims=tuple(self.claims),
            ancillary=ancillary,
            **self.rest,
        )

    def _party(self, record: str, values: _Values) -> bool:
        side = (_MORE_OF_PARTY | _REPRESENTATIVES | _REPRESENTATIVE_ADDRESSES).get(record)
        side = "defendants" if record == "C16" else side
        if side is None or not self.parties[side]:
            return False
        party = self.parties[side][-1]
        self.parties[side][-1] = _extend_party(record, party, values)
        return True

    def _claim(self, record: str, values: _Values) -> None:
        if record == "C20":
            self.claims.append(build(Claim, values, kind="catalogue"))
        elif record == "C23":
            self.claims.append(build(Claim, values, kind="free", text=str(values["text_1"] or "")))
        elif self.claims:
            self.claims[-1] = _extend_claim(record, self.claims[-1], values)

    def _single(self, record: str, values: _Values) -> None:
        if record == "C01":
            self.rest["kennsatz"] = build(CaseMarks, values)
            self.rest["court"] = build(CourtAddress, values)
        elif record == "C07":
            self.rest["representative"] = build(Agent, values)
        elif record == "C08" and (agent := self.rest.get("representative")):
            more = build(Agent, values)
            self.rest["representative"] = replace(more, anrede=agent.anrede, name=agent.name)
        elif record == "C09" and (agent := self.rest.get("representative")):
            known = (*agent.representatives, build(Representative, values))
            self.rest["representative"] = replace(agent, representatives=known)
        elif record == "C10":
            self.rest["representative_case"] = build(AgentCase, values)
        elif record == "C19":
            self.rest["computed_interest"] = build(ComputedInterest, values)


def _extend_party(record: str, party: Party, values: _Values) -> Party:
    if record == "C16":
        return replace(party, prozessgericht=build(TrialCourt, values))
    if record in _REPRESENTATIVES:
        known = (*party.representatives, build(Representative, values))
        return replace(party, representatives=known)
    if record in _REPRESENTATIVE_ADDRESSES:
        if not party.representatives:
            return party
        last = party.representatives[-1]
        address = build(Representative, values, function=last.function, name=last.name)
        return replace(party, representatives=(*party.representatives[:-1], address))
    return replace(party, **{name: value for name, value in values.items() if value})  # type: ignore[arg-type]


def _extend_claim(record: str, claim: Claim, values: _Values) -> Claim:
    if record == "C26":
        return replace(claim, interest=(*claim.interest, build(RunningInterest, values)))
    if record == "C22":
        return replace(claim, contract_type=str(values["contract_type"] or ""))
    if record == "C24":
        second = str(values["text_2"] or "")
        # Trailing blanks of the first part belong to the sentence when it goes on.
        return replace(claim, text=claim.text.ljust(FREE_TEXT_FIRST) + second) if second else claim
    attribute, cls = _OF_CLAIM[record]
    return replace(claim, **{attribute: build(cls, values)})
