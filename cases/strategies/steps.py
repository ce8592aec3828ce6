"""A strategy as data: its steps and for which cases they are. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class StepChannel(StrEnum):
    """By which way a step is done."""

    LETTER = "letter"
    EMAIL = "email"  # A letter as an attachment of a mail that says nothing itself.
    CALL = "call"
    VISIT = "visit"
    COURT = "court"  # The recommendation to court; a person decides.
    REVIEW = "review"  # A person decides how it goes on.


#: Conditions that are one value, asked for as it is.
EQUAL = (
    "purpose", "debtor_kind", "language", "reminded", "organisation", "payer_type", "size", "risk",
)  # fmt: skip
#: Steps after which the strategy has nothing more to do.
LAST = frozenset({StepChannel.COURT, StepChannel.REVIEW})
#: What the program writes and sends by itself.
WRITTEN = frozenset({StepChannel.LETTER, StepChannel.EMAIL})
#: What people do; the strategy puts it on the worklist and waits for it.
BY_PEOPLE = frozenset({StepChannel.CALL, StepChannel.VISIT})
STRONGEST = 5
LONGEST_WAIT = 365
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Conditions:
    """For which cases something is; what is None or empty is not asked."""

    amount_from_cents: int | None = None
    amount_below_cents: int | None = None
    purpose: str | None = None  # A value of claims.Purpose.
    debtor_kind: str | None = None  # A value of parties.DebtorKind.
    language: str | None = None
    phone_known: bool = False
    reminded: bool | None = None  # Whether the creditor had reminded the debtor himself.
    organisation: str | None = None  # A value of parties.Organisation: who pays there.
    payer_type: str | None = None  # A value of parties.PayerType: how the debtor behaves.
    size: str | None = None  # A value of parties.DebtorSize.
    risk: str | None = None  # A value of parties.DebtorRisk.


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how long it waits after the one before it, and what it does."""

    key: str  # Stays the same through all versions.
    channel: StepChannel
    wait_days: int = 0
    #: Monday to Friday without holidays; else calendar days. A letter's payment day, postal days
    #: included, has passed before the next step begins to wait.
    working_days: bool = False
    intensity: int = 1
    template: str = ""  # Of a letter: its kind.
    tries: int = 3  # Of a call or visit: after so many in vain the strategy goes on.
    reason: str = ""  # Of the recommendation to court: why, as the legal department reads it.
    only: Conditions = field(default_factory=Conditions)


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of one version, in their order, and the cases it is meant for."""

    steps: tuple[Step, ...]
    only: Conditions = field(default_factory=Conditions)
    #: So long nothing happens after a part of the debt was paid.
    pause_after_payment_days: int = 10

    def index(self, key: str | None) -> int:
        """The place of a step; behind the last one where there is no such step."""
        return next((i for i, step in enumerate(self.steps) if step.key == key), len(self.steps))

    def asks(self, name: str) -> bool:
        """Whether the strategy or one of its steps has a condition."""
        asked = [self.only, *(step.only for step in self.steps)]
        return any(getattr(only, name) is not None for only in asked)

    def after(self, key: str) -> str | None:
        """The key of the step behind this one."""
        following = self.steps[self.index(key) + 1 :]
        return following[0].key if following else None


def as_data(plan: Plan) -> dict[str, Any]:
    """A plan as it is kept."""
    return asdict(plan)


def read_plan(data: Mapping[str, Any]) -> Plan:
    """A plan as it was kept."""
    return Plan(
        tuple(_step(each) for each in data["steps"]),
        Conditions(**data.get("only", {})),
        int(data.get("pause_after_payment_days", 10)),
    )


def _step(data: Mapping[str, Any]) -> Step:
    values = dict(data)
    values["channel"] = StepChannel(values["channel"])
    values["only"] = Conditions(**values.get("only", {}))
    return Step(**values)


def new_key(steps: Sequence[Step]) -> str:
    """A key that no step of a strategy has."""
    taken = {step.key for step in steps}
    return next(f"s{n}" for n in range(1, len(taken) + 2) if f"s{n}" not in taken)


def moved_key(old: Plan, key: str | None, new: Plan) -> str | None:
    """The step of a new version at which a case goes on: the same, or the next that is left."""
    known = {step.key for step in new.steps}
    left = [step.key for step in old.steps[old.index(key) :] if step.key in known]
    return left[0] if left else None
