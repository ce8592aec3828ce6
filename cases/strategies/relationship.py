"""How a client's relationship policy bears on the steps of a strategy. Pure.

A way that he does not want and a step firmer than his tone are left out. What he wants to be
asked about waits for him; once he has agreed to court, nothing on the way there is too firm.
"""

from cases.claims.asking.models import Asked, AskedFor
from cases.strategies.conditions import CaseFacts
from cases.strategies.steps import LAST, Step, StepChannel

#: The letter that announces the court.
BEFORE_COURT = "before_court"
_WAY = {
    StepChannel.CALL: "phone",
    StepChannel.VISIT: "visit",
    StepChannel.EMAIL: "email",
}
_NO = frozenset({Asked.REFUSED.value, Asked.SILENT.value})


def approval_for(step: Step, facts: CaseFacts) -> AskedFor | None:
    """What the client has to agree to before this step; None where nothing."""
    to_court = step.channel is StepChannel.COURT or step.template == BEFORE_COURT
    if to_court and facts.policy.needs_court_approval:
        return AskedFor.COURT
    if step.channel is StepChannel.VISIT and facts.policy.asks_visit:
        return AskedFor.VISIT
    return None


def unwanted_because(step: Step, facts: CaseFacts) -> str | None:
    """Why the client's policy leaves a step out."""
    if _WAY.get(step.channel) in facts.policy.without:
        return "policy_way"
    asked_for = approval_for(step, facts)
    if asked_for is not None and facts.asked(asked_for) in _NO:
        return "policy_refused"
    agreed = facts.asked(AskedFor.COURT) == Asked.AGREED.value
    too_firm = step.channel not in LAST and step.intensity > facts.policy.strongest
    if too_firm and asked_for is not AskedFor.COURT and not agreed:
        return "policy_tone"
    return None


def waits_for(step: Step, facts: CaseFacts) -> AskedFor | None:
    """Whose yes a step waits for: what the client was, or is to be, asked."""
    asked_for = approval_for(step, facts)
    if asked_for is None or facts.asked(asked_for) == Asked.AGREED.value:
        return None
    return asked_for
