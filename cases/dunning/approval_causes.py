"""What a client's answer puts on the worklist: where a person had asked, or legal waits for it."""

from collections.abc import Callable

from cases.claims.asking.models import AskedFor
from cases.claims.models import Case, Phase, TimelineEvent
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_reasons

OF_CLIENTS = ("client_agreed", "client_refused", "client_silent")


def _answered(reason: str) -> Callable[[Case, TimelineEvent], None]:
    def act(case: Case, event: TimelineEvent) -> None:
        finish_reasons(case, *OF_CLIENTS)
        court = event.params["asked_code"] == AskedFor.COURT.value and case.phase is Phase.COURT
        if court or event.params.get("by_person"):
            add_item(
                case,
                WorkQueue.TASK,
                reason,
                f"case:{case.id}:{reason}",
                owner_id=None if court else case.owner_id,
                asked_code=event.params["asked_code"],
            )

    return act


RULES: dict[str, Callable[[Case, TimelineEvent], None]] = {
    "client.asked": lambda case, _: finish_reasons(case, *OF_CLIENTS),
    "client.agreed": _answered("client_agreed"),
    "client.refused": _answered("client_refused"),
    "client.silent": _answered("client_silent"),
    "court.filed": lambda case, _: finish_reasons(case, *OF_CLIENTS),
}
