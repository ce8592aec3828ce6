"""Which applications a proceeding allows next, with what each of them means."""

from dataclasses import dataclass

from flask_babel import gettext

from cases.filings.applications.models import FilingKind
from cases.filings.proceedings.models import Proceeding
from legal.proceeding import State

S, K = State, FilingKind
_RUNNING = (
    S.APPLIED, S.ORDER_ISSUED, S.ORDER_NOT_SERVED, S.ORDER_NEW_SERVICE, S.ORDER_SERVED,
    S.PARTLY_OPPOSED, S.OPPOSED,
)  # fmt: skip
#: Value of the step -> in which states it is offered.
OFFERED: dict[str, tuple[State, ...]] = {
    K.ENFORCEMENT_ORDER: (S.ORDER_SERVED, S.PARTLY_OPPOSED),
    K.ORDER_NEW_SERVICE: (S.ORDER_NOT_SERVED,),
    K.ENFORCEMENT_NEW_SERVICE: (S.ENFORCEMENT_NOT_SERVED,),
    K.LITIGATION: (S.OPPOSED, S.PARTLY_OPPOSED),
    f"{K.WITHDRAWAL.value}:resolved": _RUNNING,
    f"{K.WITHDRAWAL.value}:withdrawal": _RUNNING,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One way to go on."""

    value: str
    label: str
    consequence: str


def steps_of(proceeding: Proceeding) -> list[Step]:
    """What may be decided now; nothing is chosen beforehand."""
    return [_step(str(value)) for value, states in OFFERED.items() if proceeding.state in states]


def _step(value: str) -> Step:
    words = {
        K.ENFORCEMENT_ORDER.value: (
            gettext("Apply for the enforcement order"),
            gettext("Lists all payments since the payment order (§ 699(1) ZPO)."),
        ),
        K.ORDER_NEW_SERVICE.value: (
            gettext("Have the payment order served again"),
            gettext("At an address that was found out."),
        ),
        K.ENFORCEMENT_NEW_SERVICE.value: (
            gettext("Have the enforcement order served again"),
            gettext("At an address that was found out."),
        ),
        K.LITIGATION.value: (
            gettext("Litigation"),
            gettext("The further court fee is due first; then our power ends (§ 79(2) ZPO)."),
        ),
        "25:resolved": (
            gettext("Declare resolved"),
            gettext("The matter is declared resolved with the court."),
        ),
        "25:withdrawal": (
            gettext("Withdrawal"),
            gettext("The application is taken back; the creditor bears the costs so far."),
        ),
    }
    label, consequence = words[value]
    return Step(value, label, consequence)
